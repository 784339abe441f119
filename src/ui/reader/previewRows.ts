// Passages and what is left out between them, in the order of the post.
import type { LeftOutReason, Post, PostPreview } from '../../core/index.ts';

type LeftOutRow = { kind: 'left-out'; start: number; text: string; why: LeftOutReason; posts: number };

export type PreviewRow =
  | {
      kind: 'passage';
      start: number;
      text: string;
      /** Counted from 1; null for title and summary. */
      number: number | null;
      embedded: boolean;
      startS: number | null;
    }
  | LeftOutRow;

/** What is left out within a passage follows it. Neighbours that are left out for one reason, in as many posts, are one row. */
export function previewRows(post: Pick<Post, 'text'>, { passages, leftOut }: PostPreview): PreviewRow[] {
  const rows: PreviewRow[] = [];
  let number = 0;
  for (const { start, end, text, embedded, startS } of passages ?? []) {
    rows.push({ kind: 'passage', start, text, number: end === 0 ? null : ++number, embedded, startS });
  }
  let last: { end: number; row: LeftOutRow } | null = null;
  for (const { start, end, why, posts } of leftOut) {
    const text = post.text.slice(start, end);
    const between = last === null ? 'more' : post.text.slice(last.end, start).trim();
    if (last !== null && between === '' && last.row.why === why && last.row.posts === posts) {
      last.row.text += `\n\n${text}`;
      last.end = end;
      continue;
    }
    const row: LeftOutRow = { kind: 'left-out', start, text, why, posts };
    last = { end, row };
    rows.push(row);
  }
  // The sort is stable: of rows of one place, title and summary stay first and what is left out last.
  return rows.sort((a, b) => a.start - b.start);
}
