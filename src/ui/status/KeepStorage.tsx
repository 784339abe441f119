// Browsers clear what they did not promise to keep: what was promised here, and what can be done about it.
import { useState } from 'react';
import { useKeeping, useServices } from '../../app/hooks.ts';
import { clearsAfterSevenDays, lookOf } from '../../app/sevenDays.ts';
import { exactDate } from '../format/dates.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';

const words = text.status.storage;

export function KeepStorage() {
  const { promise, askedAt, modelCleared } = useKeeping();
  const [sevenDays] = useState(() => clearsAfterSevenDays(lookOf(window)));
  return (
    <>
      {promise === 'impossible' ? <p className="status__note">{words.impossible}</p> : null}
      {sevenDays ? <p className="status__note">{words.sevenDays}</p> : null}
      {modelCleared ? <p className="status__note">{words.modelCleared}</p> : null}
      {promise === 'refused' || promise === 'unasked' ? (
        <Ask refusedAt={promise === 'refused' ? askedAt : null} />
      ) : null}
    </>
  );
}

function Ask({ refusedAt }: { refusedAt: number | null }) {
  const { keeping, announcer } = useServices();
  const [asking, setAsking] = useState(false);
  const note = refusedAt === null ? words.unasked : words.refused(exactDate(new Date(refusedAt)));

  async function ask(): Promise<void> {
    setAsking(true);
    await keeping.ask();
    setAsking(false);
    const { promise, askedAt } = keeping.getState();
    announcer.say(promise === 'kept' ? words.asked : words.refused(exactDate(new Date(askedAt ?? 0))));
  }

  return (
    <>
      <p className="status__note">{note}</p>
      <p className="status__ask">
        <Button disabled={asking} onClick={() => void ask()}>
          {refusedAt === null ? words.ask : words.askAgain}
        </Button>
      </p>
    </>
  );
}
