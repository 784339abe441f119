// An error as the author needs it: what happened, to what, what to do, and the details for whoever asks.
import type { ReactNode } from 'react';
import CircleAlert from 'lucide-react/icons/circle-alert';
import type { ErrorCode } from '../../core/index.ts';
import { text } from '../text.ts';
import './Problem.css';

export interface ProblemProps {
  /** What could not be done, in the view's own words. */
  title: string;
  code: ErrorCode;
  /** The error's own message: names the item. */
  message?: string;
  /** Buttons. */
  children?: ReactNode;
}

export function Problem({ title, code, message, children }: ProblemProps) {
  const { what, remedy } = text.errors[code];
  return (
    <div className="problem" role="group" aria-label={title}>
      <CircleAlert className="problem__icon" size={17} strokeWidth={1.75} aria-hidden />
      <div>
        <p className="problem__title">{title}</p>
        <p>
          {what} {remedy}
        </p>
        {message === undefined ? null : <p className="problem__message">{message}</p>}
        {children === undefined ? null : <div className="problem__actions">{children}</div>}
      </div>
    </div>
  );
}
