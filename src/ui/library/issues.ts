// Files that could not be read, grouped by why, and as text for a bug report.
import type { ErrorCode, ImportIssue } from '../../core/index.ts';
import { text } from '../text.ts';

export interface IssueGroup {
  code: ErrorCode;
  what: string;
  remedy: string;
  issues: ImportIssue[];
}

/** The reason that most files share comes first; within it, files stay in their order. */
export function issuesByReason(issues: readonly ImportIssue[]): IssueGroup[] {
  const groups = new Map<ErrorCode, IssueGroup>();
  for (const issue of issues) {
    const group = groups.get(issue.code);
    if (group === undefined) groups.set(issue.code, { code: issue.code, ...text.errors[issue.code], issues: [issue] });
    else group.issues.push(issue);
  }
  return [...groups.values()].sort((a, b) => b.issues.length - a.issues.length);
}

/** The list names the file beside its message: there is no need to begin with it again. */
export const messageWithoutItem = ({ item, message }: ImportIssue): string =>
  message.startsWith(`${item}: `) ? sentence(message.slice(item.length + 2)) : message;

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** One line per file: path, code, message, divided by tabs, so that a spreadsheet takes it too. */
export const issuesAsText = (issues: readonly ImportIssue[]): string =>
  issues.map(({ item, code, message }) => [item, code, message.replace(/\s+/g, ' ')].join('\t')).join('\n');
