// What came of an import: one line of counts with Undo, then what could not be read and why.
import { useEffect } from 'react';
import CircleCheck from 'lucide-react/icons/circle-check';
import X from 'lucide-react/icons/x';
import type { ImportResult, UndoState } from '../../app/importStore.ts';
import { useServices } from '../../app/hooks.ts';
import { Button } from '../parts/Button.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Problem } from '../parts/Problem.tsx';
import { text } from '../text.ts';
import { IssueList } from './IssueList.tsx';
import { LeftOutLine } from './LeftOutLine.tsx';
import { UnclearTables } from './UnclearTables.tsx';

const cameToNothing = ({ added, changed, unchanged, issues }: ImportResult): boolean =>
  added + changed + unchanged + issues.length === 0;

/** The line of counts; empty when an error says all there is to say. */
function summaryOf(result: ImportResult): string {
  const words = text.library.result;
  if (result.demo && result.added > 0 && result.issues.length === 0) return words.demo(result.added);
  const { added, changed, unchanged, issues } = result;
  const nothing = cameToNothing(result);
  if (nothing && (result.error !== null || result.tables.length > 0)) return '';
  const counts =
    nothing && result.skipped > 0 ? words.nothing : words.summary(added, changed, unchanged, issues.length);
  return result.cancelled ? words.cancelled + (nothing ? '' : counts) : counts;
}

export function ImportResultLine({ result, undo }: { result: ImportResult; undo: UndoState }) {
  const { imports, announcer } = useServices();
  const words = text.library.result;
  const line = undo === 'undone' ? words.undone : summaryOf(result);
  useEffect(() => {
    announcer.say(undo === 'undone' ? line : words.announce(line === '' ? words.stopped : line));
  }, [announcer, line, undo, words]);

  const trouble =
    result.error === null ? null : (
      <Problem title={words.stopped} code={result.error.code} message={result.error.message} />
    );
  return (
    <section className="import-panel" aria-label={text.library.importing.region}>
      <div className="import-panel__result">
        {line === '' ? null : <CircleCheck className="import-panel__done" size={17} strokeWidth={1.75} aria-hidden />}
        <div className="import-panel__summary figures" data-testid="import-result">
          {line === '' ? trouble : line}
        </div>
        {undo === 'offered' || undo === 'undoing' || undo === 'failed' ? (
          <Button disabled={undo === 'undoing'} onClick={() => void imports.undo()}>
            {undo === 'undoing' ? words.undoing : undo === 'failed' ? words.again : words.undo}
          </Button>
        ) : null}
        <IconButton label={words.close} icon={<X aria-hidden />} onClick={() => imports.clear()} />
      </div>
      {undo === 'failed' ? <p className="import-panel__trouble">{words.undoFailed}</p> : null}
      {line === '' ? null : trouble}
      <UnclearTables tables={result.tables} />
      <LeftOutLine leftOut={result.leftOut} />
      {result.skipped > 0 ? <p className="import-panel__more">{words.skipped(result.skipped)}</p> : null}
      {result.issues.length > 0 ? <IssueList issues={result.issues} /> : null}
    </section>
  );
}
