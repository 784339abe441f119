import { expect, test } from 'vitest';
import type { ErrorCode, ImportIssue } from '../../core/index.ts';
import { issuesAsText, issuesByReason, messageWithoutItem } from './issues.ts';

const issue = (item: string, code: ErrorCode, message = 'Why.'): ImportIssue => ({ item, code, message });

test('files stand under the reason they share, the most common first, each reason with its remedy', () => {
  const groups = issuesByReason([
    issue('a.md', 'file-empty'),
    issue('b.md', 'front-matter-broken'),
    issue('c.md', 'front-matter-broken'),
  ]);
  expect(groups.map(({ code, issues }) => [code, issues.map(({ item }) => item)])).toEqual([
    ['front-matter-broken', ['b.md', 'c.md']],
    ['file-empty', ['a.md']],
  ]);
  expect(groups.every(({ what, remedy }) => what.length > 0 && remedy.length > 0)).toBe(true);
});

test('the copied list has one line a file whatever the message holds', () => {
  const copied = issuesAsText([issue('a.md', 'file-empty', 'Two\nlines\there.'), issue('b.md', 'file-encoding')]);
  expect(copied.split('\n')).toEqual(['a.md\tfile-empty\tTwo lines here.', 'b.md\tfile-encoding\tWhy.']);
});

test('a message does not repeat the path that stands beside it', () => {
  expect(messageWithoutItem(issue('a.md', 'file-empty', 'a.md: no bytes in it.'))).toBe('No bytes in it.');
  expect(messageWithoutItem(issue('a.md', 'file-empty', 'It is empty.'))).toBe('It is empty.');
});
