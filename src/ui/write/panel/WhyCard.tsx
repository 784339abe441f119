// What the place of a suggestion is made of: what speaks for it and against it, the shared words, and why the next one comes after it.
import type { Suggestion } from '../../../core/index.ts';
import { Popup } from '../../parts/Popup.tsx';
import { text } from '../../text.ts';
import { Bars } from './Bars.tsx';
import { leadOver } from './leadOver.ts';
import { shownFactors } from './shownFactors.ts';
import './WhyCard.css';

export interface WhyCardProps {
  suggestion: Suggestion;
  /** What follows in its list. */
  next: Suggestion | null;
  anchor: HTMLElement;
  onClose: () => void;
}

export function WhyCard({ suggestion, next, anchor, onClose }: WhyCardProps) {
  const words = text.write.why;
  const { title, sharedTerms } = suggestion;
  const lead = next === null ? null : leadOver(suggestion, next);
  const { raising, lowering } = shownFactors(suggestion.factors);
  const heaviest = sharedTerms[0]?.weight ?? 1;
  return (
    <Popup label={words.label(title)} anchor={anchor} placement="bottom end" onClose={onClose}>
      <div className="why">
        <Bars
          title={words.speaksFor}
          bars={raising.map(({ factor, share }) => ({ name: words.raises[factor], share }))}
        />
        <Bars
          title={words.speaksAgainst}
          against
          bars={lowering.map(({ factor, share }) => ({ name: words.lowers[factor], share }))}
        />
        <Bars
          title={words.terms}
          bars={sharedTerms.map(({ text: name, weight }) => ({ name, share: weight / heaviest }))}
        />
        {lead === null || next === null ? null : (
          <p className="why__lead">{words.lead(next.title, words.leads[lead])}</p>
        )}
        <p className="why__compared">{words.compared}</p>
      </div>
    </Popup>
  );
}
