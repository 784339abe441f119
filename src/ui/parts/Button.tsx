// A button with words. The platform's own: it needs no help with keys, focus or roles.
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import './Button.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `strong` is the one main thing of a view, `quiet` stands within text or lists. */
  look?: 'plain' | 'strong' | 'quiet' | 'danger';
  icon?: ReactNode;
}

export function Button({ look = 'plain', icon, children, className = '', ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button button--${look} ${className}`} {...rest}>
      {icon}
      {children}
    </button>
  );
}
