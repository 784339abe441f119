// The posts: what is looked for and in which order, what is selected, and the list itself.
import { useEffect, useRef, useState } from 'react';
import { usePosts, useServices } from '../../app/hooks.ts';
import { rowId } from '../../app/ghosts.ts';
import type { PostId } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { Calm } from '../parts/Calm.tsx';
import { Problem } from '../parts/Problem.tsx';
import { text } from '../text.ts';
import { ListTools } from './ListTools.tsx';
import { PostList } from './PostList.tsx';
import './PostsPanel.css';

const none: ReadonlySet<PostId> = new Set();

export function PostsPanel() {
  const { posts, announcer } = useServices();
  const { query, list, rows, failure } = usePosts((state) => state);
  const [chosen, setChosen] = useState(none);
  const top = useRef<HTMLDivElement>(null);
  const words = text.library;

  const there = new Set(rows.flatMap((row) => (row.kind === 'post' ? [rowId(row)] : [])));
  const selected = new Set([...chosen].filter((id) => there.has(id)));
  const found = there.size;
  const searching = query.search.trim() !== '';

  useEffect(() => {
    if (searching) announcer.say(words.list.found(found));
  }, [announcer, searching, found, words]);

  function toggle(id: PostId): void {
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  }
  function removeSelected(): void {
    void posts.removeMany([...selected]);
    setChosen(none);
  }

  return (
    <section className="posts-panel" aria-label={words.list.label}>
      <div ref={top} className="posts-panel__top">
        <ListTools
          found={found}
          selected={selected.size}
          onRemoveSelected={removeSelected}
          onSelectNone={() => setChosen(none)}
        />
      </div>
      {failure === null ? null : (
        <Problem title={words.notices.deleteFailed} code={failure.code} message={failure.message} />
      )}
      {list.state === 'failed' ? (
        <Problem title={words.notices.failed} code={list.error.code} message={list.error.message}>
          <Button onClick={() => void posts.refresh()}>{words.notices.again}</Button>
        </Problem>
      ) : rows.length > 0 ? (
        <PostList
          rows={rows}
          query={query}
          selected={selected}
          onToggle={toggle}
          onSelect={(ids) => setChosen(new Set(ids))}
          above={top}
        />
      ) : searching ? (
        <div className="posts-panel__nothing">
          <Calm line={words.list.nothing(query.search.trim())} more={words.list.nothingMore}>
            <Button onClick={() => posts.setSearch('')}>{words.list.clearSearch}</Button>
          </Calm>
        </div>
      ) : null}
    </section>
  );
}
