// Keeping the library elsewhere: back it up, restore it, export it; how far that is, and what came of it.
import { useEffect, useRef, type ChangeEvent, type ReactNode } from 'react';
import CircleCheck from 'lucide-react/icons/circle-check';
import X from 'lucide-react/icons/x';
import type { BackupState } from '../../app/backupStore.ts';
import { useBackup, useServices } from '../../app/hooks.ts';
import type { BackupProgress, ExportFormat } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Problem } from '../parts/Problem.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { useKeptFocus } from '../parts/useKeptFocus.ts';
import { saidSize } from '../status/bytes.ts';
import { text } from '../text.ts';
import { RestoreQuestion } from './RestoreQuestion.tsx';
import './BackupPanel.css';

const words = text.backup;
const formats: readonly ExportFormat[] = ['json-lines', 'npy'];

export interface BackupPanelProps {
  /** There is nothing to back up. */
  empty: boolean;
  /** An import is under way. */
  busy: boolean;
}

export function BackupPanel({ empty, busy }: BackupPanelProps) {
  const { backup } = useServices();
  const current = useBackup();
  // The controls of one state are replaced by those of the next: the keyboard keeps its place.
  const box = useKeptFocus(current.state);
  return (
    <div ref={box} role="region" aria-label={words.region} tabIndex={-1} className="backup">
      {current.state === 'idle' ? (
        <Offer empty={empty} busy={busy} />
      ) : current.state === 'working' ? (
        <div className="library__line">
          <Working progress={current.progress} />
          <Button disabled={current.progress?.step === 'finishing'} onClick={() => backup.cancel()}>
            {words.cancel}
          </Button>
        </div>
      ) : current.state === 'asking' ? (
        <RestoreQuestion contents={current.contents} />
      ) : current.state === 'failed' ? (
        <Failed failed={current} />
      ) : current.state === 'written' ? (
        <Written written={current} />
      ) : (
        <>
          <Restored restored={current} />
          <Offer empty={empty} busy={busy} />
        </>
      )}
    </div>
  );
}

function Offer({ empty, busy }: BackupPanelProps) {
  const { backup } = useServices();
  return (
    <>
      <div className="library__line library__offer">
        <p>
          {empty ? words.askEmpty : words.ask} {empty ? null : <span className="library__aside">{words.why}</span>}
        </p>
        <div className="add-buttons">
          {empty ? null : (
            <Button disabled={busy} title={busy ? words.busy : undefined} onClick={() => void backup.write()}>
              {words.backUp}
            </Button>
          )}
          <ChooseBackup disabled={busy}>{words.restore}</ChooseBackup>
        </div>
      </div>
      {empty ? null : (
        <details className="backup__exports library__offer">
          <summary>{words.exportAs}</summary>
          <div className="add-buttons">
            {formats.map((format) => (
              <Button key={format} disabled={busy} onClick={() => void backup.export(format)}>
                {words.exports[format]}
              </Button>
            ))}
          </div>
          <p className="library__aside">{words.exportNote}</p>
        </details>
      )}
    </>
  );
}

function ChooseBackup({ disabled, children }: { disabled: boolean; children: ReactNode }) {
  const { backup } = useServices();
  const input = useRef<HTMLInputElement>(null);
  function onChosen({ target }: ChangeEvent<HTMLInputElement>): void {
    const file = target.files?.[0];
    // So that choosing the same file again is a change again.
    target.value = '';
    if (file !== undefined) void backup.check(file);
  }
  return (
    <>
      <Button disabled={disabled} title={disabled ? words.busy : undefined} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input ref={input} type="file" hidden onChange={onChosen} data-testid="choose-backup" />
    </>
  );
}

function Working({ progress }: { progress: BackupProgress | null }) {
  if (progress === null) return <ProgressLine label={words.starting} share={null} />;
  const { step, postsDone, postsTotal } = progress;
  // How many posts a file has is known only once it was read.
  const known = postsTotal > 0 && step !== 'checking' && step !== 'finishing';
  return (
    <ProgressLine label={words.steps[step](postsDone, postsTotal)} share={known ? postsDone / postsTotal : null} />
  );
}

function Failed({ failed: { task, error } }: { failed: Extract<BackupState, { state: 'failed' }> }) {
  const { backup, announcer } = useServices();
  const title = words.failed[task];
  useEffect(() => announcer.say(title), [announcer, title]);
  return (
    <Problem title={title} code={error.code} message={error.message}>
      {task === 'write' ? <Button onClick={() => void backup.write()}>{words.tryAgain}</Button> : null}
      {task === 'check' || task === 'restore' ? (
        <ChooseBackup disabled={false}>{words.chooseOther}</ChooseBackup>
      ) : null}
      <Button look="quiet" onClick={() => backup.close()}>
        {words.close}
      </Button>
    </Problem>
  );
}

function Written({ written: { task, file } }: { written: Extract<BackupState, { state: 'written' }> }) {
  const size = saidSize(file.bytes);
  const line =
    task === 'write' ? words.written(size, file.posts, file.drafts) : words.exported(size, file.posts, file.vectors);
  return (
    <Result line={line}>
      {file.unreadable === 0 ? null : <p className="backup__more">{words.unreadable(file.unreadable)}</p>}
    </Result>
  );
}

function Restored({ restored: { report, undo } }: { restored: Extract<BackupState, { state: 'restored' }> }) {
  const { backup } = useServices();
  const { added, changed, removed, drafts, queued } = report;
  const line = undo === 'undone' ? words.undone : words.done(added, changed, removed, drafts);
  return (
    <Result
      line={line}
      action={
        undo === 'undone' ? null : (
          <Button disabled={undo === 'undoing'} onClick={() => void backup.undo()}>
            {undo === 'undoing' ? words.undoing : undo === 'failed' ? words.tryAgain : words.undo}
          </Button>
        )
      }
    >
      {undo === 'failed' ? <p className="backup__more backup__trouble">{words.undoFailed}</p> : null}
      {queued === 0 || undo === 'undone' ? null : <p className="backup__more">{words.queued(queued)}</p>}
    </Result>
  );
}

function Result({ line, action = null, children }: { line: string; action?: ReactNode; children: ReactNode }) {
  const { backup, announcer } = useServices();
  useEffect(() => announcer.say(line), [announcer, line]);
  return (
    <>
      <div className="library__line backup__result">
        <p className="figures" data-testid="backup-result">
          <CircleCheck size={17} strokeWidth={1.75} aria-hidden />
          {line}
        </p>
        {action}
        <IconButton label={words.close} icon={<X aria-hidden />} onClick={() => backup.close()} />
      </div>
      {children}
    </>
  );
}
