// The cells of one post.
import { memo } from 'react';
import Check from 'lucide-react/icons/check';
import Clock from 'lucide-react/icons/clock-3';
import Trash from 'lucide-react/icons/trash-2';
import type { PostId, PostSummary } from '../../core/index.ts';
import { DateText } from '../parts/DateText.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { KindIcon } from '../parts/KindIcon.tsx';
import { text } from '../text.ts';
import { figure } from '../text/count.ts';
import { focusRowOf } from './ListRow.tsx';
import { SourceBadge } from './SourceBadge.tsx';

export interface PostCellsProps {
  post: PostSummary;
  selected: boolean;
  /** Whether Tab reaches its controls: only in the row that has the focus. */
  reachable: boolean;
  onRemove: () => void;
  onToggle: (id: PostId) => void;
}

export const titleOf = ({ title }: PostSummary): string => (title === '' ? text.library.list.untitled : title);

/** Drawn again only for another post or state: the callbacks do the same for the same post. */
const sameCells = (a: PostCellsProps, b: PostCellsProps): boolean =>
  a.post === b.post && a.selected === b.selected && a.reachable === b.reachable;

export const PostCells = memo(function PostCells({ post, selected, reachable, onRemove, onToggle }: PostCellsProps) {
  const words = text.library.list;
  const title = titleOf(post);
  const tags = post.tags.join(', ');
  const tabIndex = reachable ? 0 : -1;
  return (
    <>
      <div role="gridcell" className="post-row__select" data-own>
        <input
          type="checkbox"
          tabIndex={tabIndex}
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
        {post.places === undefined ? null : (
          <span className="post-row__places figures">{words.places(post.places + 1)}</span>
        )}
      </div>
      <div role="gridcell" className="post-row__tags" title={tags}>
        {tags}
      </div>
      <div role="gridcell" className="post-row__source">
        <SourceBadge source={post.source} />
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
        <IconButton
          tabIndex={tabIndex}
          label={words.remove(title)}
          icon={<Trash aria-hidden />}
          onClick={(event) => {
            focusRowOf(event);
            onRemove();
          }}
        />
      </div>
    </>
  );
}, sameCells);

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
