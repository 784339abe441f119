// A source by its letters and its name: found again by eye in a long list.
import { monogram } from './monogram.ts';
import './SourceBadge.css';

export function SourceBadge({ source }: { source: string }) {
  return (
    <span className="source-badge" title={source}>
      <span className="source-badge__letters" aria-hidden>
        {monogram(source)}
      </span>
      <span className="source-badge__name">{source}</span>
    </span>
  );
}
