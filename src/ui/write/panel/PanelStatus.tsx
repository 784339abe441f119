// The line under the panel's name: how closely posts are read, and how far that has come. Its height is always reserved.
import { useImports, useKeeping, useLibraryStatus, useServices, useSuggestions } from '../../../app/hooks.ts';
import { queuePace } from '../../../app/timeLeft.ts';
import type { LibraryStatus } from '../../../core/index.ts';
import { timeLeft } from '../../format/time.ts';
import { Button } from '../../parts/Button.tsx';
import { ProgressLine } from '../../parts/ProgressLine.tsx';
import { ViewLink } from '../../parts/ViewLink.tsx';
import { saidSize } from '../../status/bytes.ts';
import { text } from '../../text.ts';

const words = text.write.panel;

export function PanelStatus() {
  return (
    <div className="panel__status">
      <Line />
    </div>
  );
}

function Line() {
  const status = useLibraryStatus();
  const imports = useImports();
  const { library } = useServices();
  const { lost } = useKeeping();
  const byWords = useSuggestions((state) => state.state === 'ready' && state.basis === 'words');
  if (imports.state === 'importing') {
    const { progress } = imports;
    if (progress === null || progress.filesTotal === 0)
      return <ProgressLine label={words.importingSome} share={null} />;
    const { filesDone, filesTotal } = progress;
    return <ProgressLine label={words.importing(filesDone, filesTotal)} share={filesDone / filesTotal} />;
  }
  if (status === null) return null;
  if (lost !== null) {
    return (
      <p className="panel__basis">
        {words.cleared} <ViewLink view="library">{words.clearedMore}</ViewLink>
      </p>
    );
  }
  if (status.model.state === 'failed') {
    return (
      <p className="panel__basis">
        {words.modelFailed} <ViewLink view="status">{words.why}</ViewLink>
        {' · '}
        <Button look="quiet" className="panel__inline" onClick={() => void library.retryModel()}>
          {words.retryModel}
        </Button>
      </p>
    );
  }
  if (status.model.state === 'held') {
    return (
      <p className="panel__basis">
        {words.byWordsOnly}
        {' · '}
        <Button look="quiet" className="panel__inline" onClick={() => void library.retryModel()}>
          {words.fetchModel(saidSize(status.model.bytes))}
        </Button>
      </p>
    );
  }
  return <Reading status={status} byWords={byWords} />;
}

function Reading({ status, byWords }: { status: LibraryStatus; byWords: boolean }) {
  const { model, queue } = status;
  if (model.state === 'downloading') {
    const share = model.totalBytes === 0 ? 0 : model.loadedBytes / model.totalBytes;
    return <ProgressLine label={words.byWords} detail={words.modelLoading(Math.floor(share * 100))} share={share} />;
  }
  if (queue.state === 'working' && queue.waiting > 0) {
    const { fraction, leftMs } = queuePace(queue);
    const total = queue.done + queue.waiting;
    return <ProgressLine label={words.reading(queue.done, total)} detail={timeLeft(leftMs)} share={fraction} />;
  }
  if (status.posts === 0) return null;
  return <p className="panel__basis">{byWords ? words.byWords : words.byMeaning}</p>;
}
