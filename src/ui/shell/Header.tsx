// The name, the views, and what is at hand everywhere: search, keys, appearance, where it runs.
import Contrast from 'lucide-react/icons/contrast';
import Keyboard from 'lucide-react/icons/keyboard';
import Search from 'lucide-react/icons/search';
import { useRoute } from '../../app/hooks.ts';
import { views } from '../../app/route.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { Keys } from '../parts/Keys.tsx';
import { ViewLink } from '../parts/ViewLink.tsx';
import { text } from '../text.ts';
import { DeviceMark } from './DeviceMark.tsx';
import { useOverlays } from './overlaysContext.ts';
import './Header.css';

export function Header() {
  const { view: shown } = useRoute();
  const { open } = useOverlays();
  const words = text.shell;
  return (
    <header className="header">
      <ViewLink view="write" className="header__name">
        {words.name}
      </ViewLink>
      <nav aria-label={words.navigation} className="header__views">
        <ul>
          {views.map((view) => (
            <li key={view}>
              <ViewLink view={view} aria-current={view === shown ? 'page' : undefined}>
                {words.views[view]}
              </ViewLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="header__tools">
        <button
          type="button"
          className="header__search"
          title={words.search.open}
          aria-keyshortcuts="Control+K Meta+K"
          onClick={() => open('commands')}
        >
          <Search size={16} strokeWidth={1.75} aria-hidden />
          <span className="unseen">{words.search.open}</span>
          <span className="header__search-hint">
            <Keys chord="Mod K" />
          </span>
        </button>
        <IconButton
          className="header__keys"
          label={words.keys.open}
          tip={`${words.keys.open} (?)`}
          icon={<Keyboard aria-hidden />}
          onClick={() => open('keys')}
        />
        <IconButton
          className="header__appearance"
          label={words.appearance.button}
          icon={<Contrast aria-hidden />}
          onClick={() => open('appearance')}
        />
        <DeviceMark />
      </div>
    </header>
  );
}
