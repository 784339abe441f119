// The constant mark: the draft stays on this device; what runs here; how many posts. One click shows the proof.
import { useStatusState } from '../../app/hooks.ts';
import type { StatusState } from '../../app/status.ts';
import { ViewLink } from '../parts/ViewLink.tsx';
import { text } from '../text.ts';

export function DeviceMark() {
  const state = useStatusState();
  const words = text.shell.mark;
  const { where, plan, posts } = describe(state);
  return (
    <ViewLink view="status" className={`device-mark device-mark--${state.state}`} title={text.shell.promise}>
      <span className="device-mark__dot" aria-hidden />
      <span className="device-mark__words">{where}</span>
      {plan === null ? null : <span className="device-mark__more device-mark__plan">{plan}</span>}
      {posts === null ? null : <span className="device-mark__more device-mark__posts figures">{posts}</span>}
      <span className="unseen">{words.opens}</span>
    </ViewLink>
  );
}

function describe(state: StatusState): { where: string; plan: string | null; posts: string | null } {
  const words = text.shell.mark;
  if (state.state !== 'open') {
    return { where: state.state === 'failed' ? words.failed : words.opening, plan: null, posts: null };
  }
  const { plan, posts } = state.status;
  return {
    where: words.onDevice,
    plan: plan === null ? null : text.shell.plan(plan.provider, plan.threads, plan.workers),
    posts: words.posts(posts),
  };
}
