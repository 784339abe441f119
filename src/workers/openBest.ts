// The first start: on the best backend that a device has, or the next one that starts.
import { isKindredError, toKindredError } from '../core/errors.ts';
import { refuse, type DeviceMemory, type Refusable } from '../core/model/deviceVerdicts.ts';
import type { DevicePlan } from '../core/status.ts';
import { causeOf, failed, isBackendFailure, refusalLine } from './failures.ts';
import { openSession, StartFailure, type Session } from './openSession.ts';
import type { StartEmbedderOptions } from './runningEmbedder.ts';

/**
 * A worker in which what fails is all or nothing: where only several texts at once fail, that is remembered, and a fresh one takes one
 * at a time. Rejects as `openSession`.
 */
export async function openProved(options: StartEmbedderOptions, memory: DeviceMemory): Promise<Session> {
  try {
    return await openSession({ ...options, verdicts: await memory.verdicts() });
  } catch (failure) {
    const plan = failure instanceof StartFailure ? failure.plan : null;
    const cause = causeOf(failure);
    // The probes had passed before.
    const onlyTogether = plan?.batched === true && plan.probeWorstCosine !== null && isBackendFailure(cause);
    if (!onlyTogether || options.signal?.aborted === true) throw failure;
    await noteRefusal(memory, plan, 'batches', cause);
    return openSession({ ...options, verdicts: await memory.verdicts() });
  }
}

async function noteRefusal(memory: DeviceMemory, plan: DevicePlan, what: Refusable, cause: unknown): Promise<void> {
  const refusal = { reason: refusalLine(cause), at: new Date().toISOString(), demoted: false };
  // A crash may have been the moment's; numbers that disagree will disagree again.
  const lasting = !isKindredError(cause, 'worker-crashed');
  await memory.note(plan.key, (verdict) => refuse(verdict, what, refusal), lasting);
}

/** From the best backend down to the one that starts. */
export async function openBest(options: StartEmbedderOptions, memory: DeviceMemory): Promise<Session> {
  for (;;) {
    try {
      return await openProved(options, memory);
    } catch (failure) {
      const cause = causeOf(failure);
      const plan = failure instanceof StartFailure ? failure.plan : null;
      const what = plan === null ? null : refusedBy(plan, cause, options);
      if (plan === null || what === null || options.signal?.aborted === true) {
        if (options.signal?.aborted !== true) options.onState?.(failed(toKindredError(cause)));
        throw cause;
      }
      await noteRefusal(memory, plan, what, cause);
    }
  }
}

/** What a failed start is a reason to try without; null when it must be told. */
function refusedBy(plan: DevicePlan, cause: unknown, { provider, threads }: StartEmbedderOptions): Refusable | null {
  if (plan.provider === 'webgpu') return provider === undefined && isBackendFailure(cause) ? 'webgpu' : null;
  const disagrees = isKindredError(cause, 'probes-disagree');
  return plan.threads > 1 && threads === undefined && isBackendFailure(cause) && !disagrees ? 'threads' : null;
}
