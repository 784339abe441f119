// Browsers clear what they did not promise to keep; only the page may ask for that promise.
import { useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';

export function KeepStorage() {
  const [answer, setAnswer] = useState<'none' | 'kept' | 'refused'>('none');
  const words = text.status.storage;
  if (answer !== 'none') {
    return (
      <p className="status__note" role="status">
        {answer === 'kept' ? words.asked : words.refused}
      </p>
    );
  }
  return (
    <p className="status__ask">
      <Button
        onClick={() =>
          void navigator.storage.persist().then(
            (kept) => setAnswer(kept ? 'kept' : 'refused'),
            () => setAnswer('refused'),
          )
        }
      >
        {words.ask}
      </Button>
    </p>
  );
}
