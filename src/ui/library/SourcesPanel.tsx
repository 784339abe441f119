// Where the posts came from, how many from each, and which of them are never suggested.
import Eye from 'lucide-react/icons/eye';
import Trash from 'lucide-react/icons/trash-2';
import { usePosts, usePreferences, useServices } from '../../app/hooks.ts';
import type { Exception } from '../../core/index.ts';
import { languageName } from '../format/languages.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { text } from '../text.ts';
import { ExceptMore } from './ExceptMore.tsx';
import { SourceBadge } from './SourceBadge.tsx';
import { useExcept } from './useExcept.ts';
import './SourcesPanel.css';

const bySource = (value: string): Exception => ({ by: 'source', value });

export function SourcesPanel() {
  const { posts } = useServices();
  const sources = usePosts((state) => state.sources);
  const except = usePreferences((state) => state.except);
  const { isExcepted, toggle } = useExcept();
  const words = text.library.sources;
  return (
    <details className="sources-panel">
      <summary className="figures">{words.summary(sources.length, except.length)}</summary>
      <p className="sources-panel__explain">{words.explain}</p>
      <ul className="sources-panel__list" aria-label={words.region}>
        {sources.map(({ source, kinds, languages }) => (
          <li key={source}>
            <label>
              <input
                type="checkbox"
                checked={!isExcepted(bySource(source))}
                aria-label={words.suggest(source)}
                onChange={() => toggle(bySource(source))}
              />
              <SourceBadge source={source} />
            </label>
            <span className="sources-panel__count figures">
              {words.counts(kinds)}
              {languages.length === 0 ? null : (
                <span className="sources-panel__languages">{languages.map(languageName).join(', ')}</span>
              )}
            </span>
            <IconButton label={words.show(source)} icon={<Eye aria-hidden />} onClick={() => posts.setSearch(source)} />
            <IconButton
              label={words.remove(source)}
              icon={<Trash aria-hidden />}
              onClick={() => void posts.removeSource(source)}
            />
          </li>
        ))}
      </ul>
      <ExceptMore />
    </details>
  );
}
