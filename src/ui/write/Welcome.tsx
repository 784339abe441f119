// One line for whoever comes for the first time: what this is, and how to make it their own.
import X from 'lucide-react/icons/x';
import { useLibraryStatus, usePreferences, useServices } from '../../app/hooks.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { ViewLink } from '../parts/ViewLink.tsx';
import { text } from '../text.ts';

export function Welcome() {
  const words = text.write.welcome;
  const { preferences } = useServices();
  const demo = usePreferences((state) => state.demoOffered && !state.welcomed);
  const posts = useLibraryStatus()?.posts ?? 0;
  if (!demo || posts === 0) return null;
  return (
    <aside className="welcome" aria-label={words.label}>
      <p>
        {words.line} {text.shell.promise} <ViewLink view="library">{words.own}</ViewLink>
      </p>
      <IconButton
        label={words.close}
        icon={<X aria-hidden />}
        onClick={() => preferences.setState({ welcomed: true })}
      />
    </aside>
  );
}
