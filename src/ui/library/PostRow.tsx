// One post of the list. A press anywhere on it opens the post, except on its own buttons.
import { memo, type MouseEvent } from 'react';
import Check from 'lucide-react/icons/check';
import Clock from 'lucide-react/icons/clock-3';
import Trash from 'lucide-react/icons/trash-2';
import type { PostId, PostSummary } from '../../core/index.ts';
import { DateText } from '../parts/DateText.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { KindIcon } from '../parts/KindIcon.tsx';
import { text } from '../text.ts';
import { figure } from '../text/count.ts';

export interface RowPlace {
  index: number;
  /** Counted from 1, the column heads included. */
  rowIndex: number;
  active: boolean;
  /** Pixels from the top of the list. */
  top: number;
  height: number;
  onFocus: (id: PostId) => void;
}

export interface PostRowProps extends RowPlace {
  post: PostSummary;
  selected: boolean;
  onOpen: () => void;
  onRemove: () => void;
  onToggle: (id: PostId) => void;
}

/** Same row as before, whatever its callbacks: they do the same for the same post. */
const sameRow = (a: PostRowProps, b: PostRowProps): boolean =>
  a.post === b.post &&
  a.selected === b.selected &&
  a.index === b.index &&
  a.active === b.active &&
  a.top === b.top &&
  a.height === b.height;

export const PostRow = memo(function PostRow(props: PostRowProps) {
  const { post, index, rowIndex, active, top, height, selected, onFocus, onOpen, onRemove, onToggle } = props;
  const words = text.library.list;
  const title = post.title === '' ? words.untitled : post.title;
  const reachable = active ? 0 : -1;

  function onClick(event: MouseEvent): void {
    const own = event.target instanceof Element && event.target.closest('[data-own]') !== null;
    if (!own && document.getSelection()?.isCollapsed !== false) onOpen();
  }

  return (
    <div
      role="row"
      className="post-row"
      aria-rowindex={rowIndex}
      aria-selected={selected}
      aria-label={title}
      tabIndex={reachable}
      data-index={index}
      style={{ blockSize: height, transform: `translateY(${top}px)` }}
      onFocus={() => onFocus(post.id)}
      onClick={onClick}
    >
      <div role="gridcell" className="post-row__select" data-own>
        <input
          type="checkbox"
          tabIndex={reachable}
          checked={selected}
          aria-label={words.select(title)}
          onChange={() => onToggle(post.id)}
        />
      </div>
      <div role="gridcell" className="post-row__title">
        {post.kind === 'post' ? null : <KindIcon kind={post.kind} />}
        <button type="button" tabIndex={-1} title={title}>
          {title}
        </button>
      </div>
      <div role="gridcell" className="post-row__tags" title={post.tags.join(', ')}>
        {post.tags.join(', ')}
      </div>
      <div role="gridcell" className="post-row__source" title={post.source}>
        {post.source}
      </div>
      <div role="gridcell" className="post-row__date">
        <DateText iso={post.date} />
      </div>
      <div role="gridcell" className="post-row__words figures" aria-label={words.words(post.words)}>
        {figure(post.words)}
        <span className="post-row__unit"> {words.wordsUnit(post.words)}</span>
      </div>
      <div role="gridcell" className="post-row__state figures">
        <EmbeddedState post={post} />
      </div>
      <div role="gridcell" className="post-row__delete" data-own>
        <IconButton tabIndex={reachable} label={words.remove(title)} icon={<Trash aria-hidden />} onClick={onRemove} />
      </div>
    </div>
  );
}, sameRow);

function EmbeddedState({ post: { embedded, passages } }: { post: PostSummary }) {
  const words = text.library.list;
  if (passages > 0 && embedded >= passages) {
    return (
      <span className="post-row__embedded" role="img" aria-label={words.embedded} title={words.embedded}>
        <Check size={15} strokeWidth={2} aria-hidden />
      </span>
    );
  }
  if (embedded > 0) {
    const all = words.partly(embedded, passages);
    return (
      <span role="img" aria-label={all} title={all}>
        {words.partlyShort(embedded, passages)}
      </span>
    );
  }
  return (
    <span role="img" aria-label={words.waiting} title={words.waiting}>
      <Clock size={15} strokeWidth={1.75} aria-hidden />
    </span>
  );
}
