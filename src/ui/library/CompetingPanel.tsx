// Posts that say the same: an offer to look for them, how far the look is, and what it found, with advice.
import { useState } from 'react';
import X from 'lucide-react/icons/x';
import type { CompetingState } from '../../app/competing.ts';
import { useCompeting, useServices } from '../../app/hooks.ts';
import { comparingPace } from '../../app/timeLeft.ts';
import { timeLeft } from '../format/time.ts';
import { Button } from '../parts/Button.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Problem } from '../parts/Problem.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { useKeptFocus } from '../parts/useKeptFocus.ts';
import { text } from '../text.ts';
import { CompetingPairItem } from './CompetingPairItem.tsx';
import './CompetingPanel.css';

const words = text.library.competing;

export function CompetingPanel() {
  const { competing } = useServices();
  const compare = useCompare();
  const current = useCompeting();
  // The controls of one state are replaced by those of the next: the keyboard keeps its place.
  const box = useKeptFocus(current.state);
  return (
    <div ref={box} role="region" aria-label={words.region} tabIndex={-1} className="competing">
      {current.state === 'idle' ? (
        <div className="library__line library__offer">
          <p>
            {words.ask} <span className="library__aside">{words.why}</span>
          </p>
          <Button onClick={compare}>{words.compare}</Button>
        </div>
      ) : current.state === 'comparing' ? (
        <Comparing progress={current.progress} />
      ) : current.state === 'failed' ? (
        <Problem title={words.failed} code={current.error.code} message={current.error.message}>
          <Button onClick={compare}>{words.tryAgain}</Button>
          <Button look="quiet" onClick={() => competing.close()}>
            {words.close}
          </Button>
        </Problem>
      ) : (
        <Report report={current} />
      )}
    </div>
  );
}

/** Compares, and tells what was found. */
function useCompare(): () => void {
  const { competing, announcer } = useServices();
  return () =>
    void competing.compare().then(() => {
      const now = competing.getState();
      if (now.state === 'done') announcer.say(headlineOf(now));
    });
}

type Done = Extract<CompetingState, { state: 'done' }>;

/** Pairs that were ignored before are no news; one that is ignored now still counts until the report is made anew. */
function headlineOf({ pairs, posts }: Pick<Done, 'pairs' | 'posts'>): string {
  if (pairs.length === 0) return words.none(posts);
  const open = pairs.filter(({ ignored }) => !ignored).length;
  return open === 0 ? words.allIgnored : words.found(open);
}

function Comparing({ progress }: { progress: Extract<CompetingState, { state: 'comparing' }>['progress'] }) {
  const { competing } = useServices();
  const pace = progress === null ? null : comparingPace(progress);
  return (
    <div className="library__line">
      {progress === null || pace === null ? (
        <ProgressLine label={words.starting} share={null} />
      ) : (
        <ProgressLine
          label={words.comparing(progress.postsDone, progress.postsTotal)}
          detail={timeLeft(pace.leftMs)}
          share={pace.fraction}
        />
      )}
      <Button onClick={() => competing.cancel()}>{words.cancel}</Button>
    </div>
  );
}

function Report({ report }: { report: Done }) {
  const { competing } = useServices();
  const compare = useCompare();
  const { pairs, stale, failure } = report;
  // What was ignored when the report was opened is out of sight; what is ignored now keeps its place, with Undo.
  const [before] = useState(() => new Set(pairs.filter(({ ignored }) => ignored).map(keyOf)));
  const [all, setAll] = useState(false);
  const hidden = pairs.filter((pair) => pair.ignored && before.has(keyOf(pair))).length;
  const shown = all ? pairs : pairs.filter((pair) => !(pair.ignored && before.has(keyOf(pair))));
  return (
    <>
      <div className="library__line competing__head">
        <h2>{headlineOf(report)}</h2>
        {stale ? (
          <p className="competing__stale">
            {words.stale}
            <Button look="quiet" onClick={compare}>
              {words.again}
            </Button>
          </p>
        ) : null}
        <IconButton label={words.close} icon={<X aria-hidden />} onClick={() => competing.close()} />
      </div>
      {failure === null ? null : <Problem title={words.ignoreFailed} code={failure.code} message={failure.message} />}
      {shown.length === 0 ? null : (
        <ul className="competing__pairs">
          {shown.map((pair) => (
            <CompetingPairItem key={keyOf(pair)} pair={pair} />
          ))}
        </ul>
      )}
      {hidden === 0 && !all ? null : (
        <Button look="quiet" aria-expanded={all} className="competing__more" onClick={() => setAll(!all)}>
          {all ? words.hideIgnored : words.showIgnored(hidden)}
        </Button>
      )}
    </>
  );
}

const keyOf = ({ posts: [first, second] }: Done['pairs'][number]): string => JSON.stringify([first.id, second.id]);
