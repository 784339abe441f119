// Leaving out by tag, folder or language: one choice of each, and what is left out already.
import { useEffect, useState } from 'react';
import X from 'lucide-react/icons/x';
import { usePosts, usePreferences, useServices } from '../../app/hooks.ts';
import type { Exception, PostFacets } from '../../core/index.ts';
import { text } from '../text.ts';
import { nameOf, useExcept } from './useExcept.ts';

const kinds = ['tag', 'folder', 'language'] as const;

export function ExceptMore() {
  const { library } = useServices();
  const [facets, setFacets] = useState<Pick<PostFacets, 'tags' | 'folders' | 'languages'>>({
    tags: [],
    folders: [],
    languages: [],
  });
  const sources = usePosts((state) => state.sources);
  const except = usePreferences((state) => state.except);
  const { isExcepted, toggle } = useExcept();
  const words = text.library.sources;

  useEffect(() => {
    let isHere = true;
    library.postFacets().then(
      (found) => isHere && setFacets(found),
      () => undefined, // Without them there is only nothing to choose from.
    );
    return () => {
      isHere = false;
    };
  }, [library, sources]);

  // Where all posts are in one language there is nothing to choose.
  const languages = facets.languages.length > 1 ? facets.languages : [];
  const choices = { tag: facets.tags, folder: facets.folders, language: languages };
  const left = except.filter(({ by }) => by !== 'source');
  return (
    <div className="sources-panel__more">
      <p>{words.more}</p>
      {kinds.map((by) => (
        <label key={by}>
          <span>{words[by]}</span>
          <select
            value=""
            disabled={choices[by].length === 0}
            onChange={({ target }) => toggle({ by, value: target.value })}
          >
            <option value="">{words.pick}</option>
            {choices[by]
              .filter((value) => !isExcepted({ by, value }))
              .map((value) => (
                <option key={value} value={value}>
                  {nameOf({ by, value })}
                </option>
              ))}
          </select>
        </label>
      ))}
      {left.map((exception) => (
        <Chip key={`${exception.by} ${exception.value}`} exception={exception} onRemove={() => toggle(exception)} />
      ))}
    </div>
  );
}

function Chip({ exception, onRemove }: { exception: Exception; onRemove: () => void }) {
  const name = nameOf(exception);
  return (
    <button
      type="button"
      className="sources-panel__chip"
      aria-label={text.library.sources.back(name)}
      onClick={onRemove}
    >
      {name}
      <X size={14} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
