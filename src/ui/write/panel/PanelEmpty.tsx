// What the panel says when it shows no post: silence is an answer, and never a spinner.
import { useLibraryStatus, usePreferences, useServices, useSuggestions } from '../../../app/hooks.ts';
import { anyPost } from '../../../core/index.ts';
import { Button } from '../../parts/Button.tsx';
import { Calm } from '../../parts/Calm.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { ViewLink } from '../../parts/ViewLink.tsx';
import { text } from '../../text.ts';
import { chosenWords } from './chosenWords.ts';
import { useChoose } from './useChoose.ts';

export function PanelEmpty() {
  const words = text.write.panel;
  const state = useSuggestions((all) => all.state);
  const error = useSuggestions((all) => (all.state === 'failed' ? all.error : null));
  const only = useSuggestions((all) => all.only);
  const amount = usePreferences((preferences) => preferences.amount);
  const choose = useChoose();
  const status = useLibraryStatus();
  const { suggestions } = useServices();
  if (error !== null) {
    return (
      <Problem title={words.failed} code={error.code} message={error.message}>
        <Button onClick={() => suggestions.refresh()}>{words.again}</Button>
      </Problem>
    );
  }
  if (status?.posts === 0) {
    return (
      <Calm line={words.noPosts} more={words.noPostsMore}>
        <ViewLink view="library" className="button button--strong">
          {words.addPosts}
        </ViewLink>
      </Calm>
    );
  }
  if (state === 'empty-draft') return <Calm line={words.emptyDraft} />;
  if (state !== 'ready') return null;
  if (chosenWords(only).length > 0) {
    return (
      <Calm line={words.nothingChosen} more={words.nothingChosenMore}>
        <Button onClick={() => choose({ only: anyPost })}>{words.showAll}</Button>
      </Calm>
    );
  }
  if (amount === 'fewer') {
    return (
      <Calm line={words.nothingSure} more={words.nothingSureMore}>
        <Button onClick={() => choose({ amount: 'usual' })}>{words.showUsual}</Button>
      </Calm>
    );
  }
  return <Calm line={words.nothing} more={words.nothingMore} />;
}
