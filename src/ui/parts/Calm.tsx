// Nothing to show, said calmly: one line, perhaps a second, perhaps one thing to do.
import type { ReactNode } from 'react';
import './Calm.css';

export interface CalmProps {
  line: string;
  more?: string;
  children?: ReactNode;
}

export function Calm({ line, more, children }: CalmProps) {
  return (
    <div className="calm">
      <p className="calm__line">{line}</p>
      {more === undefined ? null : <p className="calm__more">{more}</p>}
      {children === undefined ? null : <div className="calm__actions">{children}</div>}
    </div>
  );
}
