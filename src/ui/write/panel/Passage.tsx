// The passage that matches, its shared terms marked.
import type { MatchedPassage } from '../../../core/index.ts';
import { excerpt } from './excerpt.ts';

const SHOWN_CHARACTERS = 230;

export function Passage({ passage }: { passage: MatchedPassage }) {
  const { runs, cutBefore, cutAfter } = excerpt(passage.text, passage.marks, SHOWN_CHARACTERS);
  return (
    <blockquote className="suggestion__passage">
      {cutBefore ? '…\u00a0' : ''}
      {runs.map(({ text, marked }, index) =>
        marked ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
      )}
      {cutAfter ? '\u00a0…' : ''}
    </blockquote>
  );
}
