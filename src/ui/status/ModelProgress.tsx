// The model on its way, held, or why it did not start and what to do.
import { useServices } from '../../app/hooks.ts';
import type { ModelState } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { Problem } from '../parts/Problem.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { text } from '../text.ts';
import { saidSize } from './bytes.ts';

export function ModelProgress({ model }: { model: ModelState }) {
  const { library } = useServices();
  const words = text.model;
  if (model.state === 'downloading') {
    const share = model.totalBytes > 0 ? model.loadedBytes / model.totalBytes : null;
    return (
      <div className="status__progress">
        <ProgressLine
          label={words.downloading(saidSize(model.loadedBytes), saidSize(model.totalBytes))}
          detail={share === null ? null : words.percent(Math.floor(share * 100))}
          share={share}
        />
        <p className="status__note">{words.firstTime}</p>
        <Button onClick={() => void library.stopModel()}>{words.stop}</Button>
      </div>
    );
  }
  if (model.state === 'held') {
    return (
      <div className="status__progress">
        <p>
          {words.held[model.why](saidSize(model.bytes))} {words.heldMeanwhile}
        </p>
        <Button look="strong" onClick={() => void library.retryModel()}>
          {words.fetch}
        </Button>
      </div>
    );
  }
  if (model.state !== 'failed') return null;
  return (
    <div className="status__progress">
      <Problem title={words.failed} code={model.code} message={model.message}>
        <Button look="strong" onClick={() => void library.retryModel()}>
          {words.retry}
        </Button>
        <p className="status__note">{words.meanwhile}</p>
      </Problem>
    </div>
  );
}
