// The first start: on the best backend that a device has, or the next one that starts.
import { isKindredError, toKindredError } from '../core/errors.ts';
import { refuse, type DeviceMemory, type Refusable } from '../core/model/deviceVerdicts.ts';
import type { DevicePlan } from '../core/status.ts';
import { causeOf, failed, isBackendFailure, refusalLine } from './failures.ts';
import { openSession, StartFailure, type Session } from './openSession.ts';
import type { StartEmbedderOptions } from './runningEmbedder.ts';

/** From the best backend down to the one that starts. */
export async function openBest(options: StartEmbedderOptions, memory: DeviceMemory): Promise<Session> {
  for (;;) {
    try {
      return await openSession({ ...options, verdicts: await memory.verdicts() });
    } catch (failure) {
      const cause = causeOf(failure);
      const plan = failure instanceof StartFailure ? failure.plan : null;
      const what = plan === null ? null : refusedBy(plan, cause, options);
      if (plan === null || what === null || options.signal?.aborted === true) {
        if (options.signal?.aborted !== true) options.onState?.(failed(toKindredError(cause)));
        throw cause;
      }
      const refusal = { reason: refusalLine(cause), at: new Date().toISOString(), demoted: false };
      // A crash may have been the moment's; numbers that disagree will disagree again.
      const lasting = !isKindredError(cause, 'worker-crashed');
      await memory.note(plan.key, (verdict) => refuse(verdict, what, refusal), lasting);
    }
  }
}

/** What a failed start is a reason to try without; null when it must be told. */
function refusedBy(plan: DevicePlan, cause: unknown, { provider, threads }: StartEmbedderOptions): Refusable | null {
  if (plan.provider === 'webgpu') return provider === undefined && isBackendFailure(cause) ? 'webgpu' : null;
  const disagrees = isKindredError(cause, 'probes-disagree');
  return plan.threads > 1 && threads === undefined && isBackendFailure(cause) && !disagrees ? 'threads' : null;
}
