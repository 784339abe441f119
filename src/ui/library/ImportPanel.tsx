// The import under way, or what came of the last one.
import type { ImportProgress } from '../../core/index.ts';
import { importPace } from '../../app/timeLeft.ts';
import { useImports, useServices } from '../../app/hooks.ts';
import { timeLeft } from '../format/time.ts';
import { Button } from '../parts/Button.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { text } from '../text.ts';
import { ImportResultLine } from './ImportResultLine.tsx';
import { RoomQuestion } from './RoomQuestion.tsx';
import './ImportPanel.css';

export function ImportPanel() {
  const { imports } = useServices();
  const current = useImports();
  const words = text.library.importing;
  if (current.state === 'idle') return null;
  if (current.state === 'done') return <ImportResultLine result={current.result} undo={current.undo} />;
  if (current.state === 'asking') return <RoomQuestion room={current.room} />;

  const cancelling = current.state === 'importing' && current.cancelling;
  return (
    <section className="import-panel import-panel--running" aria-label={words.region}>
      {current.state === 'gathering' ? (
        <ProgressLine label={words.gathering(current.found)} share={null} />
      ) : (
        <Reading progress={current.progress} />
      )}
      <Button disabled={cancelling} onClick={() => imports.cancel()}>
        {cancelling ? words.cancelling : words.cancel}
      </Button>
    </section>
  );
}

function Reading({ progress }: { progress: ImportProgress | null }) {
  const words = text.library.importing;
  if (progress === null) return <ProgressLine label={words.starting} share={null} />;
  const { perSecond, leftMs, fraction } = importPace(progress);
  const details = [
    words.found(progress.postsFound),
    progress.failed === 0 ? null : words.failed(progress.failed),
    perSecond === null ? null : words.rate(perSecond),
    timeLeft(leftMs),
  ];
  return (
    <ProgressLine
      label={words.reading(progress.filesDone, progress.filesTotal)}
      detail={details.filter((detail) => detail !== null).join(', ')}
      share={fraction}
    />
  );
}
