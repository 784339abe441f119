// How remote calls end early: cancelled by the caller, or because the other side died.
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { KindredError, isAbort } from '../../core/errors.ts';
import { nodeWorkerEndpoint } from '../../testing/nodeWorkerEndpoint.ts';
import { closeChannels, openChannel, pair, settle } from '../../testing/rpcServed.ts';
import type { Served } from '../../testing/rpcServed.ts';
import { connect } from './index.ts';
import type { Endpoint } from './index.ts';

afterEach(closeChannels);

describe('signals', () => {
  test('reject the caller at once with their reason and abort the served side with the same', async () => {
    const { api, remote } = pair();
    const controller = new AbortController();
    const call = remote.wait({ signal: controller.signal });
    await settle();
    const reason = new KindredError('disposed', 'closed by the author');
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await settle();
    expect(api.aborted).toMatchObject({ code: 'disposed', message: 'closed by the author' });
  });

  test('without a reason of their own abort as AbortError on both sides', async () => {
    const { api, remote } = pair();
    const controller = new AbortController();
    const call = remote.wait({ signal: controller.signal });
    controller.abort();
    expect(isAbort(await call.catch((error: unknown) => error))).toBe(true);
    await settle();
    expect(isAbort(api.aborted)).toBe(true);
  });

  test('already aborted, nothing is sent', async () => {
    const [port1] = openChannel();
    const post = vi.spyOn(port1, 'postMessage');
    const { remote } = connect<Served>(port1);
    await expect(remote.wait({ signal: AbortSignal.abort('no') })).rejects.toBe('no');
    expect(post).not.toHaveBeenCalled();
  });

  test('lose their listener when the call settles', async () => {
    const { remote } = pair();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await remote.progress(1, { signal });
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });

  test('one signal can stop several calls and leaves the others', async () => {
    const { remote } = pair();
    const controller = new AbortController();
    const stopped = [remote.wait({ signal: controller.signal }), remote.wait({ signal: controller.signal })];
    const other = remote.progress(5);
    controller.abort('enough');
    expect(await Promise.allSettled(stopped)).toEqual([
      { status: 'rejected', reason: 'enough' },
      { status: 'rejected', reason: 'enough' },
    ]);
    expect(await other).toBe(5);
  });
});

describe('the end of a connection', () => {
  test('close rejects every pending call with one worker-crashed error, and later calls too', async () => {
    const { connection, remote } = pair();
    const calls = [remote.wait({}), remote.wait({})];
    connection.close();
    const outcomes = await Promise.allSettled(calls);
    const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as unknown) : null));
    expect(reasons[0]).toMatchObject({ code: 'worker-crashed' });
    expect(reasons[1]).toBe(reasons[0]);
    expect(await connection.closed).toBe(reasons[0]);
    await expect(remote.add(1, 1)).rejects.toBe(reasons[0]);
  });

  test('close can say why', async () => {
    const { connection, remote } = pair();
    const call = remote.wait({});
    const why = new KindredError('disposed', 'The library was closed.');
    connection.close(why);
    await expect(call).rejects.toBe(why);
  });

  test('a message that can not be read rejects pending calls', async () => {
    const [port1] = openChannel();
    const { remote } = connect<Served>(port1);
    const call = remote.wait({});
    port1.dispatchEvent(new MessageEvent('messageerror'));
    await expect(call).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  test('serving can be stopped, which aborts what runs', async () => {
    const { api, remote, stop } = pair();
    remote.wait({ signal: new AbortController().signal }).catch(() => undefined);
    await settle();
    stop();
    expect(api.aborted).toMatchObject({ code: 'disposed' });
  });

  test.each([
    ['exits', 'process.exit(3)', 'exit code 3'],
    ['throws', 'throw new Error("out of memory")', 'out of memory'],
  ])('a thread that %s in the middle of a call rejects it with worker-crashed', async (_how, code, text) => {
    const worker = new Worker(`require('node:worker_threads').parentPort.on('message', () => { ${code} })`, {
      eval: true,
    });
    const connection = connect<Served>(nodeWorkerEndpoint(worker), 'The embedder');
    const calls = [connection.remote.wait({}), connection.remote.add(1, 2)];
    for (const call of calls) {
      await expect(call).rejects.toMatchObject({
        code: 'worker-crashed',
        message: expect.stringContaining(text) as string,
      });
    }
    await expect(connection.remote.add(1, 1)).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  test('terminating a thread in the middle of a call rejects it', async () => {
    const worker = new Worker('setInterval(() => undefined, 1000)', { eval: true });
    const connection = connect<Served>(nodeWorkerEndpoint(worker));
    const call = connection.remote.wait({});
    connection.close();
    await expect(call).rejects.toMatchObject({ code: 'worker-crashed' });
  });
});

test('the endpoint shape is met by Worker and MessagePort as they are', () => {
  expectTypeOf<globalThis.Worker>().toExtend<Endpoint>();
  expectTypeOf<MessagePort>().toExtend<Endpoint>();
});
