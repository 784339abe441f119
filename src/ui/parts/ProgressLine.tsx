// Progress with a number and an end: one line of words over a thin bar.
import './ProgressLine.css';

export interface ProgressLineProps {
  /** "Reading 31 of 104 posts" */
  label: string;
  /** "about 20 s left", where it is known. */
  detail?: string | null;
  /** 0 to 1, or null while the end is not known. */
  share: number | null;
}

export function ProgressLine({ label, detail = null, share }: ProgressLineProps) {
  const known = share === null ? {} : { 'aria-valuenow': Math.round(Math.min(1, Math.max(0, share)) * 100) };
  return (
    <div className="progress-line">
      <p className="progress-line__words figures">
        {label}
        {detail === null ? '' : `, ${detail}`}
      </p>
      <div
        className={`progress-line__bar ${share === null ? 'progress-line__bar--open' : ''}`}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...known}
      >
        <span style={{ inlineSize: share === null ? '30%' : `${share * 100}%` }} />
      </div>
    </div>
  );
}
