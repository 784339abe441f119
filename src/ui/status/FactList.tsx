// Facts as a definition list, numbers flush right in one column.
import type { Fact } from './facts.ts';
import './FactList.css';

export function FactList({ facts }: { facts: Fact[] }) {
  return (
    <dl className="fact-list">
      {facts.map(({ term, figure, words }) => (
        <div key={term} className={figure === undefined ? 'fact-list__words' : 'fact-list__figure'}>
          <dt>{term}</dt>
          <dd>
            {figure === undefined ? null : <span className="figures">{figure}</span>}
            {words === undefined ? null : <span>{figure === undefined ? words : ` ${words}`}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
