// How strong a match is: a thin bar to see, a word to hear. Never a number.
import { text } from '../text.ts';
import './Strength.css';

/** @param value 0 to 1 */
export function Strength({ value }: { value: number }) {
  const { strength, strengths } = text.write.suggestion;
  const share = Math.min(1, Math.max(0, value));
  const word = share >= 0.66 ? strengths.strong : share >= 0.33 ? strengths.fair : strengths.faint;
  return (
    <span
      className="strength"
      role="meter"
      aria-label={strength}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Math.round(share * 100) / 100}
      aria-valuetext={word}
      title={`${strength}: ${word}`}
    >
      <span className="strength__fill" style={{ inlineSize: `${Math.round(share * 100)}%` }} />
    </span>
  );
}
