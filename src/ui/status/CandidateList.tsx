// Every way of running the model that was considered, and why it was chosen or refused.
import Check from 'lucide-react/icons/check';
import Minus from 'lucide-react/icons/minus';
import type { PlanCandidate } from '../../core/index.ts';
import { text } from '../text.ts';
import './CandidateList.css';

export function CandidateList({ candidates }: { candidates: PlanCandidate[] }) {
  const words = text.status.device;
  return (
    <table className="candidate-list">
      <caption className="unseen">{words.candidates}</caption>
      <tbody>
        {candidates.map(({ provider, format, chosen, reason }) => (
          <tr key={`${provider} ${format}`} className={chosen ? 'candidate-list__chosen' : ''}>
            <th scope="row">{words.candidate(provider, format)}</th>
            <td className="candidate-list__verdict">
              {chosen ? (
                <Check size={15} strokeWidth={2} aria-hidden />
              ) : (
                <Minus size={15} strokeWidth={2} aria-hidden />
              )}
              {chosen ? words.chosen : words.refused}
            </td>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
