// Where the model runs and why: what was considered, what was timed, what was given up.
import CircleAlert from 'lucide-react/icons/circle-alert';
import type { DevicePlan } from '../../core/index.ts';
import { text } from '../text.ts';
import { CandidateList } from './CandidateList.tsx';
import './DeviceSection.css';
import { FactList } from './FactList.tsx';
import { demotionNotes, deviceFacts, raceFacts, raceNote } from './facts.ts';

export function DeviceSection({ plan, posts }: { plan: DevicePlan | null; posts: number }) {
  const words = text.status.device;
  const race = plan?.race ?? null;
  return (
    <>
      {demotionNotes(plan).map(({ title, why, remedy }) => (
        <div key={title} className="device-note" role="group" aria-label={title}>
          <CircleAlert className="device-note__icon" size={17} strokeWidth={1.75} aria-hidden />
          <div>
            <p className="device-note__title">{title}</p>
            <p>{remedy}</p>
            <p className="status__note">{why}</p>
          </div>
        </div>
      ))}
      <FactList facts={deviceFacts(plan)} />
      {plan === null ? null : <CandidateList candidates={plan.candidates} posts={posts} />}
      {race === null ? null : (
        <div className="device-race">
          <h3>{words.race}</h3>
          <FactList column facts={raceFacts(race)} />
          <p className="status__note">{raceNote(race)}</p>
        </div>
      )}
    </>
  );
}
