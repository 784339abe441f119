// What an import left out on purpose, and the way to have it all the same.
import type { ImportResult } from '../../app/importStore.ts';
import { leftOutReasons } from '../../app/importStore.ts';
import { useServices } from '../../app/hooks.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';

export function LeftOutLine({ leftOut }: { leftOut: ImportResult['leftOut'] }) {
  const { imports } = useServices();
  const words = text.library.result;
  const reasons = leftOutReasons.filter((reason) => leftOut[reason] > 0);
  if (reasons.length === 0) return null;
  return (
    <p className="import-panel__more import-panel__left-out figures">
      {words.leftOut(leftOut.draft, leftOut.private, leftOut.reply)}
      {reasons.map((reason) => (
        <Button key={reason} look="quiet" onClick={() => void imports.importAgain({ include: [reason] })}>
          {words.include[reason]}
        </Button>
      ))}
    </p>
  );
}
