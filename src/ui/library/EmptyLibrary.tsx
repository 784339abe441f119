// An empty library: what to do, with what, and a demo for whoever has nothing at hand.
import { useServices } from '../../app/hooks.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';
import { AddButtons } from './AddButtons.tsx';
import './EmptyLibrary.css';

export function EmptyLibrary() {
  const { imports } = useServices();
  const words = text.library;
  return (
    <section className="empty-library" aria-labelledby="empty-library-title">
      <svg className="empty-library__picture" viewBox="0 0 120 84" aria-hidden>
        <g className="empty-library__back">
          <rect x="14" y="14" width="52" height="64" rx="3" transform="rotate(-7 40 46)" />
          <rect x="52" y="12" width="52" height="64" rx="3" transform="rotate(6 78 44)" />
        </g>
        <rect className="empty-library__front" x="34" y="9" width="52" height="66" rx="3" />
        <path className="empty-library__title" d="M42 21h26" />
        <path className="empty-library__text" d="M42 31h36M42 38h36M42 45h30M42 56h36M42 63h22" />
      </svg>
      <h2 id="empty-library-title" className="empty-library__heading">
        {words.empty.title}
      </h2>
      <p className="empty-library__body">{words.empty.body}</p>
      <AddButtons busy={false} strong />
      <p className="empty-library__drop">{words.empty.drop}</p>
      <p className="empty-library__formats">{words.add.formats}</p>
      <p className="empty-library__demo">
        {words.empty.demoWhy}{' '}
        <Button look="quiet" onClick={() => void imports.importDemo()}>
          {words.empty.demo}
        </Button>
      </p>
    </section>
  );
}
