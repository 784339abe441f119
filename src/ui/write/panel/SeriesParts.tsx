// The other parts of a series that one suggestion stands for: how many, and on demand which.
import { useId, useState } from 'react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import type { OtherPost } from '../../../core/index.ts';
import { Button } from '../../parts/Button.tsx';
import { DateText } from '../../parts/DateText.tsx';
import { text } from '../../text.ts';
import './SeriesParts.css';

export interface SeriesPartsProps {
  parts: readonly OtherPost[];
  /** Title of the suggestion. */
  of: string;
  now: Date;
  onRead: (part: OtherPost) => void;
}

export function SeriesParts({ parts, of, now, onRead }: SeriesPartsProps) {
  const words = text.write.suggestion;
  const [open, setOpen] = useState(false);
  const list = useId();
  if (parts.length === 0) return null;
  return (
    <div className="series">
      <Button
        look="quiet"
        className="series__toggle"
        aria-expanded={open}
        aria-controls={list}
        icon={<ChevronDown aria-hidden />}
        onClick={() => setOpen(!open)}
      >
        {words.series(parts.length)}
      </Button>
      <div id={list} role="group" aria-label={words.seriesLabel(of)} hidden={!open}>
        {parts.map((part) => (
          <p key={part.post} className="series__part">
            <button type="button" title={words.open(part.title)} onClick={() => onRead(part)}>
              {part.title}
            </button>
            <DateText iso={part.date} now={now} />
          </p>
        ))}
      </div>
    </div>
  );
}
