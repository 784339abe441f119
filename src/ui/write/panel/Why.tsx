// The button that tells why a post is suggested; what it opens is fetched when first wanted.
import { Suspense, useState } from 'react';
import type { Suggestion } from '../../../core/index.ts';
import { lazyPart } from '../../parts/lazyPart.ts';
import { text } from '../../text.ts';

const loadCard = () => import('./WhyCard.tsx').then((file) => file.WhyCard);
const WhyCard = lazyPart(loadCard);

export function Why({ suggestion, next }: { suggestion: Suggestion; next: Suggestion | null }) {
  const words = text.write.why;
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  // As it was when asked: the answer may change meanwhile, and what is read keeps still.
  const [shown, setShown] = useState<{ suggestion: Suggestion; next: Suggestion | null } | null>(null);
  return (
    <>
      {' '}
      <button
        ref={setAnchor}
        type="button"
        className="suggestion__why"
        aria-haspopup="dialog"
        aria-expanded={shown !== null}
        aria-label={words.label(suggestion.title)}
        onPointerEnter={() => void loadCard()}
        onClick={() => setShown({ suggestion, next })}
      >
        {words.button}
      </button>
      {shown !== null && anchor !== null ? (
        <Suspense>
          <WhyCard {...shown} anchor={anchor} onClose={() => setShown(null)} />
        </Suspense>
      ) : null}
    </>
  );
}
