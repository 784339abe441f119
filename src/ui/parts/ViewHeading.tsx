// The first heading of a view: takes the focus when the author comes from another view, so that a screen reader says where.
import { useEffect, useRef } from 'react';
import { useRoute } from '../../app/hooks.ts';
import './ViewHeading.css';

export function ViewHeading({ children, unseen = false }: { children: string; unseen?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { moves } = useRoute();
  const arrived = moves > 0;
  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true });
  }, [arrived]);
  return (
    <h1 ref={heading} tabIndex={-1} className={unseen ? 'unseen' : 'view-heading'}>
      {children}
    </h1>
  );
}
