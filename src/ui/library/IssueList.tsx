// Files that could not be read, under the reason they share: what it means, what to do, which files.
import { useState } from 'react';
import ClipboardCopy from 'lucide-react/icons/clipboard-copy';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ImportIssue } from '../../core/index.ts';
import { useServices } from '../../app/hooks.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';
import { issuesAsText, issuesByReason, messageWithoutItem } from './issues.ts';

export function IssueList({ issues }: { issues: ImportIssue[] }) {
  const { announcer, imports } = useServices();
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const words = text.library.result;

  function copy(): void {
    const settle = (outcome: 'yes' | 'refused'): void => {
      setCopied(outcome);
      announcer.say(outcome === 'yes' ? words.copied : words.copyFailed);
    };
    navigator.clipboard.writeText(issuesAsText(issues)).then(
      () => settle('yes'),
      () => settle('refused'),
    );
  }

  return (
    <details className="issue-list">
      <summary>
        <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
        {words.issues(issues.length)}
      </summary>
      {issuesByReason(issues).map(({ code, what, remedy, issues: same }) => (
        <section key={code} className="issue-list__reason">
          <h3>{what}</h3>
          <p className="issue-list__remedy">{remedy}</p>
          <ul>
            {same.map((issue, index) => (
              <li key={`${issue.item} ${index}`}>
                <span className="issue-list__item">{issue.item}</span>
                <span className="issue-list__message">{messageWithoutItem(issue)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="issue-list__copy">
        <Button title={words.retryWhy} icon={<RotateCcw aria-hidden />} onClick={() => void imports.retry()}>
          {words.retry}
        </Button>
        <Button icon={<ClipboardCopy aria-hidden />} onClick={copy}>
          {words.copy}
        </Button>
        {copied === 'no' ? null : <span>{copied === 'yes' ? words.copied : words.copyFailed}</span>}
      </p>
    </details>
  );
}
