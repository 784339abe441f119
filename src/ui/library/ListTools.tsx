// Search, order, and what can be done with all or the selected posts.
import { useRef } from 'react';
import ArrowDown from 'lucide-react/icons/arrow-down-wide-narrow';
import ArrowUp from 'lucide-react/icons/arrow-up-narrow-wide';
import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { usePosts, useServices } from '../../app/hooks.ts';
import type { PostQuery } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { text } from '../text.ts';
import { descendsFirst, sortKeys } from './sortOrder.ts';

export interface ListToolsProps {
  found: number;
  selected: number;
  onRemoveSelected: () => void;
  onSelectNone: () => void;
}

export function ListTools({ found, selected, onRemoveSelected, onSelectNone }: ListToolsProps) {
  const { posts } = useServices();
  const { search, sort, descending } = usePosts((state) => state.query);
  const words = text.library.list;
  const searching = search.trim() !== '';
  return (
    <div className="list-tools">
      <SearchBox search={search} onSearch={(next) => posts.setSearch(next)} />
      <div className="list-tools__order">
        <label>
          <span className="unseen">{words.sort}</span>
          <select
            value={sort}
            onChange={({ target }) => {
              const next = target.value as PostQuery['sort'];
              posts.sortBy(next, descendsFirst(next));
            }}
          >
            {sortKeys.map((key) => (
              <option key={key} value={key}>
                {words.sorts[key]}
              </option>
            ))}
          </select>
        </label>
        <IconButton
          label={words.reverse(words.directions[sort][descending ? 'down' : 'up'])}
          icon={descending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />}
          onClick={() => posts.sortBy(sort, !descending)}
        />
      </div>
      <div className="list-tools__what">
        {selected > 0 ? (
          <>
            <span className="figures">{words.selected(selected)}</span>
            <Button look="danger" onClick={onRemoveSelected}>
              {words.removeSelected}
            </Button>
            <Button look="quiet" onClick={onSelectNone}>
              {words.unselect}
            </Button>
          </>
        ) : searching && found > 0 ? (
          <span className="figures">{words.found(found)}</span>
        ) : null}
      </div>
    </div>
  );
}

function SearchBox({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const words = text.library.list;
  return (
    <div className="search-box" role="search">
      <Search size={16} strokeWidth={1.75} aria-hidden />
      <input
        ref={input}
        type="search"
        value={search}
        aria-label={words.search}
        placeholder={words.search}
        spellCheck={false}
        onChange={({ target }) => onSearch(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || search === '') return;
          event.preventDefault();
          onSearch('');
        }}
      />
      {search === '' ? null : (
        <IconButton
          label={words.clearSearch}
          icon={<X aria-hidden />}
          onClick={() => {
            onSearch('');
            input.current?.focus();
          }}
        />
      )}
    </div>
  );
}
