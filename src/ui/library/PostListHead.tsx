// The column heads: each that can be sorted by is a button, and a second press turns the order round.
import type { Ref } from 'react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import type { PostQuery } from '../../core/index.ts';
import { text } from '../text.ts';
import { descendsFirst, type SortKey } from './sortOrder.ts';

interface Props {
  ref: Ref<HTMLDivElement>;
  query: PostQuery;
  onSort: (sort: SortKey, descending: boolean) => void;
}

export function PostListHead({ ref, query, onSort }: Props) {
  const words = text.library.list;
  const sorted = (sort: SortKey) => (
    <SortHead sort={sort} query={query} onSort={onSort}>
      {words.columns[sort]}
    </SortHead>
  );
  return (
    <div ref={ref} role="rowgroup" className="post-list__head">
      <div role="row" className="post-list__columns" aria-rowindex={1}>
        <div role="columnheader">
          <span className="unseen">{words.columns.select}</span>
        </div>
        {sorted('title')}
        <div role="columnheader" className="post-list__tags">
          {words.columns.tags}
        </div>
        {sorted('source')}
        {sorted('date')}
        {sorted('words')}
        <div role="columnheader" className="post-list__state">
          {words.columnState}
        </div>
        <div role="columnheader">
          <span className="unseen">{words.columnDelete}</span>
        </div>
      </div>
    </div>
  );
}

interface SortHeadProps {
  sort: SortKey;
  query: PostQuery;
  onSort: (sort: SortKey, descending: boolean) => void;
  children: string;
}

function SortHead({ sort, query, onSort, children }: SortHeadProps) {
  const current = query.sort === sort;
  const Arrow = query.descending ? ChevronDown : ChevronUp;
  return (
    <div
      role="columnheader"
      className={`post-list__${sort}`}
      aria-sort={current ? (query.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="post-list__sort"
        onClick={() => onSort(sort, current ? !query.descending : descendsFirst(sort))}
      >
        {children}
        {current ? <Arrow size={14} strokeWidth={2} aria-hidden /> : null}
      </button>
    </div>
  );
}
