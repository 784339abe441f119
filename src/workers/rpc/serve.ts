// The serving end: runs the calls that arrive on an endpoint against one object.
import { KindredError } from '../../core/errors.ts';
import { messageData } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { decodeError, encodeError } from './errors.ts';
import { fillSlot } from './slots.ts';
import type { Callback } from './slots.ts';
import { transferablesOf } from './transfer.ts';
import { isToServer } from './wire.ts';
import type { CallMessage, ToClient } from './wire.ts';

/**
 * Answers the calls of `connect<Api>` on the other side until the returned function is called, which also aborts what runs.
 * A signal argument arrives as a real AbortSignal, a function argument as a one-way callback that is dead once the call has settled.
 */
export function serve(api: object, endpoint: Endpoint): () => void {
  const running = new Map<number, AbortController[]>();

  function post(message: ToClient, transferables: Transferable[] = []): void {
    endpoint.postMessage(message, transferables);
  }

  async function answer(call: CallMessage): Promise<void> {
    const controllers = call.signals.map(() => new AbortController());
    running.set(call.id, controllers);
    call.signals.forEach((path, index) => fillSlot(call.args, path, controllers[index]?.signal));
    call.callbacks.forEach((path, index) => {
      const forward: Callback = (...args) => {
        if (running.get(call.id) === controllers) {
          post({ rpc: 'callback', id: call.id, callback: index, args }, transferablesOf(args));
        }
      };
      fillSlot(call.args, path, forward);
    });
    try {
      const value: unknown = await methodOf(api, call.method)(...call.args);
      if (running.delete(call.id)) post({ rpc: 'result', id: call.id, value }, transferablesOf([value]));
    } catch (error) {
      // Also reached when the result can't be cloned.
      running.delete(call.id);
      post({ rpc: 'error', id: call.id, error: encodeError(error) });
    }
  }

  function onMessage(event: Event): void {
    const data = messageData(event);
    if (!isToServer(data)) return;
    if (data.rpc === 'call') void answer(data);
    else running.get(data.id)?.[data.signal]?.abort(decodeError(data.reason));
  }

  endpoint.addEventListener('message', onMessage);
  endpoint.start?.();
  return () => {
    endpoint.removeEventListener('message', onMessage);
    const stopped = new KindredError('disposed', 'The worker stopped serving; open it again.');
    for (const controllers of running.values()) for (const controller of controllers) controller.abort(stopped);
    running.clear();
  };
}

function methodOf(api: object, name: string): Callback {
  const member: unknown = name in Object.prototype ? undefined : Reflect.get(api, name);
  if (typeof member !== 'function') {
    throw new KindredError('unexpected', `The worker has no method "${name}"; reload the page to update it.`, {
      item: name,
    });
  }
  return (...args) => Reflect.apply(member, api, args) as unknown;
}
