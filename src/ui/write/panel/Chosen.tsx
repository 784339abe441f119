// That only some posts are shown is never hidden: which, and the way back.
import { useSuggestions } from '../../../app/hooks.ts';
import { anyPost } from '../../../core/index.ts';
import { Button } from '../../parts/Button.tsx';
import { text } from '../../text.ts';
import { chosenWords } from './chosenWords.ts';
import { useChoose } from './useChoose.ts';

export function Chosen() {
  const only = useSuggestions((state) => state.only);
  const choose = useChoose();
  const parts = chosenWords(only);
  if (parts.length === 0) return null;
  const words = text.write.panel;
  return (
    <p className="panel__chosen">
      <span>{words.chosen(parts)}</span>
      <Button look="quiet" className="panel__inline" onClick={() => choose({ only: anyPost })}>
        {words.showAll}
      </Button>
    </p>
  );
}
