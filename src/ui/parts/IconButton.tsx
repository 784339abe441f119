// A button that shows an icon alone; its label is its name and its tooltip.
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import './Button.css';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  label: string;
  icon: ReactNode;
  /** Shown on hover where the label is too long for it. */
  tip?: string;
}

export function IconButton({ label, icon, tip = label, className = '', ...rest }: IconButtonProps) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={tip} {...rest}>
      {icon}
    </button>
  );
}
