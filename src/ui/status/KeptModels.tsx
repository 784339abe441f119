// Which models this browser keeps, what room each takes, and a way to be rid of those that aren't in use.
import { useServices } from '../../app/hooks.ts';
import { toKindredError, type LibraryStatus, type ModelOption } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { useKeptFocus } from '../parts/useKeptFocus.ts';
import { text } from '../text.ts';
import { saidSize } from './bytes.ts';
import './KeptModels.css';
import { nameOf } from './modelWords.ts';

export function KeptModels({ status }: { status: LibraryStatus }) {
  const { library, announcer, notices } = useServices();
  const { options, choice, change } = status.models;
  const kept = options.filter(({ keptBytes }) => keptBytes > 0);
  const box = useKeptFocus(String(kept.length));
  const words = text.status.storage;
  if (kept.length === 0) return null;

  function forget(model: ModelOption): void {
    const said = words.forgotten(nameOf(model), saidSize(model.keptBytes));
    library.forgetModelFiles(model.id).then(
      () => announcer.say(said),
      (error: unknown) => notices.add({ message: toKindredError(error).message, tone: 'problem' }),
    );
  }

  return (
    <div ref={box} tabIndex={-1} className="kept-models">
      <h3>{words.models}</h3>
      <ul>
        {kept.map((model) => (
          <li key={model.id}>
            <span className="kept-models__name">{nameOf(model)}</span>
            <span className="figures">{saidSize(model.keptBytes)}</span>
            {model.id === choice?.model || model.id === change?.to ? (
              <span className="kept-models__used">{words.inUse}</span>
            ) : (
              <Button look="quiet" aria-label={words.forgetLabel(nameOf(model))} onClick={() => forget(model)}>
                {words.forget}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
