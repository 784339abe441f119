// Another model reads every post, while the present one answers: how far it is, how long still, and the way back.
import { useServices } from '../../app/hooks.ts';
import { changePace } from '../../app/timeLeft.ts';
import type { LibraryStatus, ModelChange } from '../../core/index.ts';
import { timeLeft } from '../format/time.ts';
import { Button } from '../parts/Button.tsx';
import { Problem } from '../parts/Problem.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { text } from '../text.ts';
import { saidSize } from './bytes.ts';
import { nameOfId } from './modelWords.ts';

interface Props {
  change: ModelChange;
  status: LibraryStatus;
  ask: (call: Promise<void>) => void;
}

export function ModelChangeProgress({ change, status, ask }: Props) {
  const { library, announcer } = useServices();
  const words = text.model;
  const to = nameOfId(status, change.to);
  const present = nameOfId(status, status.models.choice?.model ?? null);
  const stay = (
    <Button
      onClick={() => {
        announcer.say(words.announceStay(present));
        ask(library.cancelModelChange());
      }}
    >
      {words.stay(present)}
    </Button>
  );
  if (change.state === 'failed') {
    const code = change.model.state === 'failed' ? change.model.code : 'unexpected';
    return (
      <Problem
        title={words.changeFailed(to)}
        code={code}
        {...(change.reason === null ? {} : { message: change.reason })}
      >
        <Button look="strong" onClick={() => ask(library.retryModel())}>
          {words.retry}
        </Button>
        {stay}
        <p className="status__note">{words.stillAnswers(present)}</p>
      </Problem>
    );
  }
  return (
    <div className="model-change">
      <Progress change={change} to={to} />
      <div className="model-change__actions">
        {stay}
        <p className="status__note">{words.meanwhileOther(present, to)}</p>
      </div>
    </div>
  );
}

function Progress({ change, to }: { change: ModelChange; to: string }) {
  const words = text.model;
  const { model, posts, waiting } = change;
  if (change.state === 'waiting-for-model') {
    if (model.state !== 'downloading') return <ProgressLine label={words.startingOther(to)} share={null} />;
    const { loadedBytes, totalBytes } = model;
    const share = totalBytes > 0 ? loadedBytes / totalBytes : null;
    const label = words.fetchingOther(to, saidSize(loadedBytes), saidSize(totalBytes));
    return <ProgressLine label={label} share={share} />;
  }
  const { fraction, leftMs } = changePace(change);
  const detail = change.state === 'paused' ? words.paused : timeLeft(leftMs);
  return <ProgressLine label={words.reading(to, posts - waiting, posts)} detail={detail} share={fraction} />;
}
