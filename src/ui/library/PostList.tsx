// The list of posts as a grid: only the rows in sight are in the document, however many there are.
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { postOf, rowId, type Ghost, type Row } from '../../app/ghosts.ts';
import { usePosts, useServices } from '../../app/hooks.ts';
import type { PostId, PostQuery } from '../../core/index.ts';
import { text } from '../text.ts';
import { GhostCells } from './GhostCells.tsx';
import { ListRow } from './ListRow.tsx';
import { PostCells, titleOf } from './PostCells.tsx';
import { PostListHead } from './PostListHead.tsx';

import { useGridKeys } from './useGridKeys.ts';
import { useListPlace } from './useListPlace.ts';
import './PostList.css';

/** Rows drawn beyond the edge, so that a fast scroll shows no gap. */
const OVERSCAN = 12;
/** The row of the column heads is the first. */
const HEAD_ROWS = 1;

export interface PostListProps {
  rows: Row[];
  query: PostQuery;
  selected: ReadonlySet<PostId>;
  onToggle: (id: PostId) => void;
  onSelect: (ids: PostId[]) => void;
  /** What stays in sight above the list while it scrolls. */
  above: RefObject<HTMLElement | null>;
}

export function PostList({ rows, query, selected, onToggle, onSelect, above }: PostListProps) {
  const { posts, reader, announcer } = useServices();
  const newest = usePosts((state) => state.ghosts.at(-1) ?? null);
  const body = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const place = useListPlace(body, [above, head]);
  const [active, setActive] = useState<PostId | null>(null);
  const words = text.library;

  const found = rows.findIndex((row) => rowId(row) === active);
  const activeIndex = found === -1 ? 0 : found;
  // The active row stays in the document while it is out of sight: it holds the focus.
  const rangeExtractor = useCallback(
    (range: Range) => [...new Set([...defaultRangeExtractor(range), activeIndex])].sort((a, b) => a - b),
    [activeIndex],
  );
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => place.rowHeight,
    getItemKey: (index) => (rows[index] === undefined ? index : rowId(rows[index])),
    overscan: OVERSCAN,
    scrollMargin: place.top,
    scrollPaddingStart: place.covered,
    rangeExtractor,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, place.rowHeight]);

  function open(row: Row | undefined): void {
    if (row?.kind === 'post') void reader.open(row.post.id, row.post.title);
  }
  function restore(ghost: Ghost): void {
    void posts.restoreGhost(ghost.removal).then(() => announcer.say(words.removed.announceBack(titleOf(ghost.post))));
  }
  function remove(row: Row | undefined): void {
    if (row?.kind !== 'post') return;
    void posts.removeOne(row.post.id);
    announcer.say(words.removed.one(titleOf(row.post)));
  }

  const onKeyDown = useGridKeys(body, {
    count: rows.length,
    active: activeIndex,
    page: Math.max(1, Math.floor((window.innerHeight - place.covered) / place.rowHeight) - 1),
    onMove: (index) => {
      const row = rows[index];
      if (row !== undefined) setActive(rowId(row));
      virtualizer.scrollToIndex(index);
    },
    onOpen: (index) => {
      const row = rows[index];
      if (row?.kind === 'ghost') restore(row.ghost);
      else open(row);
    },
    onToggle: (index) => rows[index]?.kind === 'post' && onToggle(rowId(rows[index])),
    onRemove: (index) => remove(rows[index]),
    onSelectAll: () => onSelect(rows.flatMap((row) => (row.kind === 'post' ? [row.post.id] : []))),
    onSelectNone: () => selected.size > 0 && onSelect([]),
    onUndo: () => newest !== null && restore(newest),
  });

  return (
    <div
      role="grid"
      className={`post-list ${place.narrow ? 'post-list--narrow' : ''}`}
      aria-label={words.list.label}
      aria-describedby="post-list-keys"
      aria-rowcount={rows.length + HEAD_ROWS}
      aria-multiselectable
      onKeyDown={onKeyDown}
    >
      <p id="post-list-keys" hidden>
        {words.list.keys}
      </p>
      <PostListHead ref={head} query={query} onSort={(sort, descending) => posts.sortBy(sort, descending)} />
      <div ref={body} role="rowgroup" className="post-list__body" style={{ blockSize: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start, size }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const ghost = row.kind === 'ghost';
          const title = titleOf(postOf(row));
          const reachable = index === activeIndex;
          return (
            <ListRow
              key={key}
              id={rowId(row)}
              index={index}
              rowIndex={index + HEAD_ROWS + 1}
              active={reachable}
              top={start - place.top}
              height={size}
              label={ghost ? words.removed.one(title) : title}
              selected={ghost ? null : selected.has(rowId(row))}
              ghost={ghost}
              onFocus={setActive}
              onPress={ghost ? null : () => open(row)}
            >
              {ghost ? (
                <GhostCells ghost={row.ghost} reachable={reachable} onRestore={() => restore(row.ghost)} />
              ) : (
                <PostCells
                  post={row.post}
                  selected={selected.has(row.post.id)}
                  reachable={reachable}
                  onRemove={() => remove(row)}
                  onToggle={onToggle}
                />
              )}
            </ListRow>
          );
        })}
      </div>
    </div>
  );
}
