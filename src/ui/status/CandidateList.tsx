// Every way of running the model that was considered, and why it was chosen or refused; what was found out can be tried again.
import { useState } from 'react';
import Check from 'lucide-react/icons/check';
import Minus from 'lucide-react/icons/minus';
import { useServices } from '../../app/hooks.ts';
import type { PlanCandidate, Refusable } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';
import './CandidateList.css';

export function CandidateList({ candidates, posts }: { candidates: PlanCandidate[]; posts: number }) {
  const words = text.status.device;
  return (
    <table className="candidate-list">
      <caption className="unseen">{words.candidates}</caption>
      <tbody>
        {candidates.map(({ provider, chosen, reason, again }) => (
          <tr key={provider} className={chosen ? 'candidate-list__chosen' : ''}>
            <th scope="row">{words.candidate[provider]}</th>
            <td className="candidate-list__verdict">
              {chosen ? (
                <Check size={15} strokeWidth={2} aria-hidden />
              ) : (
                <Minus size={15} strokeWidth={2} aria-hidden />
              )}
              {chosen ? words.chosen : words.refused}
            </td>
            <td>
              <p className="candidate-list__reason">{reason}</p>
              {again === null ? null : <Again what={again} posts={posts} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Says what would happen before it does. */
function Again({ what, posts }: { what: Refusable; posts: number }) {
  const { library, announcer } = useServices();
  const [state, setState] = useState<'closed' | 'asked' | 'left'>('closed');
  const words = text.status.device;
  if (state !== 'asked') {
    return (
      <Button
        look="quiet"
        className="candidate-list__try"
        aria-label={words.againLabel[what]}
        autoFocus={state === 'left'}
        onClick={() => setState('asked')}
      >
        {words.again}
      </Button>
    );
  }

  function go(): void {
    setState('closed');
    announcer.say(words.againBegun);
    // A start that fails is a state of the model, and is told there.
    void library.tryBackendAgain(what);
  }

  return (
    <div className="candidate-list__again" role="group" aria-label={words.againLabel[what]}>
      <p>{words.againWhat[what](posts)}</p>
      <Button autoFocus onClick={go}>
        {words.againGo}
      </Button>
      <Button look="quiet" onClick={() => setState('left')}>
        {words.againStay}
      </Button>
    </div>
  );
}
