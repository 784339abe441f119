// Posts that wait to be embedded: how many, how long, and why not if not.
import { queuePace } from '../../app/timeLeft.ts';
import { useLibraryStatus, useServices } from '../../app/hooks.ts';
import type { LibraryStatus } from '../../core/index.ts';
import { timeLeft } from '../format/time.ts';
import { Button } from '../parts/Button.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { ViewLink } from '../parts/ViewLink.tsx';
import { text } from '../text.ts';

export function QueueLine() {
  const { library } = useServices();
  const status = useLibraryStatus();
  const words = text.library.queue;
  if (status === null || status.queue.waiting === 0) return null;

  const { model, queue } = status;
  // While the model is on its way the queue counts as paused; that is no trouble to report.
  const stopped = model.state === 'ready' && (queue.state === 'failed' || queue.state === 'paused');
  if (model.state === 'failed' || stopped) {
    const line = model.state === 'failed' ? words.modelFailed : queue.state === 'paused' ? words.paused : words.failed;
    return (
      <section className="library__line">
        <p>
          {line} {model.state !== 'failed' && queue.reason !== null ? queue.reason : null}{' '}
          <ViewLink view="status">{words.why}</ViewLink>
        </p>
        {model.state === 'failed' ? (
          <Button onClick={() => void library.retryModel()}>{text.library.result.again}</Button>
        ) : null}
      </section>
    );
  }
  return (
    <section className="library__line library__queue">
      <Waiting status={status} />
      <p className="library__aside">{words.background}</p>
    </section>
  );
}

function Waiting({ status: { model, queue } }: { status: LibraryStatus }) {
  const words = text.library.queue;
  if (model.state === 'ready') {
    const { leftMs, fraction } = queuePace(queue);
    const label = words.working(queue.done, queue.done + queue.waiting);
    return <ProgressLine label={label} detail={timeLeft(leftMs)} share={fraction} />;
  }
  const share = model.state === 'downloading' && model.totalBytes > 0 ? model.loadedBytes / model.totalBytes : null;
  if (model.state === 'held') return <p>{words.waiting(queue.waiting) + words.modelHeld}</p>;
  const rest = share === null ? words.modelStarting : words.modelLoading(Math.floor(share * 100));
  return <ProgressLine label={words.waiting(queue.waiting) + rest} share={share} />;
}
