// Facts as a definition list.
import type { Fact } from './facts.ts';
import './FactList.css';

/** @param column numbers flush right in a column of their own, for lists that are all numbers */
export function FactList({ facts, column = false }: { facts: Fact[]; column?: boolean }) {
  return (
    <dl className={`fact-list ${column ? 'fact-list--column' : ''}`}>
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
