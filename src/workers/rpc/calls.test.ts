// Remote calls over a MessageChannel: what goes across and how it comes back.
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { KindredError, isAbort } from '../../core/errors.ts';
import { closeChannels, openChannel, pair, settle } from '../../testing/rpcServed.ts';
import type { Served, WaitOptions } from '../../testing/rpcServed.ts';
import { connect, serve, transfer } from './index.ts';
import type { Remote } from './index.ts';

afterEach(closeChannels);

describe('calls', () => {
  test('return what the method returns, whether it is synchronous or not', async () => {
    const { remote } = pair();
    expect(await remote.add(2, 3)).toBe(5);
    expect(await remote.echo({ a: [1, { b: 'x' }], when: new Date(5), none: undefined })).toEqual({
      a: [1, { b: 'x' }],
      when: new Date(5),
      none: undefined,
    });
  });

  test('may overlap and settle each with its own answer', async () => {
    const { remote } = pair();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => remote.add(n, n)));
    expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => 2 * n));
  });

  test('are typed from the served object, and only its methods are there', () => {
    type Proxy = Remote<Served>;
    expectTypeOf<Proxy['add']>().toEqualTypeOf<(a: number, b: number) => Promise<number>>();
    expectTypeOf<Proxy['progress']>().toEqualTypeOf<(total: number, options?: WaitOptions) => Promise<number>>();
    expectTypeOf<Proxy>().not.toHaveProperty('label');
  });

  test('to a method that is not there are refused by name, inherited ones included', async () => {
    const { connection } = pair();
    const remote = connection.remote as unknown as Record<string, () => Promise<unknown>>;
    for (const name of ['nothing', 'hasOwnProperty', 'constructor', 'label']) {
      await expect(remote[name]?.()).rejects.toMatchObject({ code: 'unexpected', item: name });
    }
  });

  test('the proxy can be awaited without calling the worker', async () => {
    const { remote } = pair();
    expect(await Promise.resolve(remote)).toBe(remote);
  });

  test('with an argument that can not be cloned reject and leave the connection usable', async () => {
    const { remote } = pair();
    await expect(remote.echo([() => 1])).rejects.toMatchObject({ name: 'DataCloneError' });
    expect(await remote.add(1, 1)).toBe(2);
  });

  test('with a result that can not be cloned reject and leave the connection usable', async () => {
    const { remote } = pair();
    await expect(remote.unclonable()).rejects.toMatchObject({ name: 'DataCloneError' });
    expect(await remote.add(1, 1)).toBe(2);
  });

  test('ignore other traffic on the same endpoint', async () => {
    const { remote, port } = pair();
    port.postMessage({ type: 'hot-update' });
    port.postMessage('text');
    port.postMessage(null);
    port.postMessage({ rpc: 'result', id: 999, value: 1 });
    expect(await remote.add(1, 2)).toBe(3);
  });

  test('run in both directions over one channel', async () => {
    const [port1, port2] = openChannel();
    serve({ name: () => 'one' }, port1);
    serve({ name: () => 'two' }, port2);
    expect(await connect<{ name(): string }>(port1).remote.name()).toBe('two');
    expect(await connect<{ name(): string }>(port2).remote.name()).toBe('one');
  });
});

describe('errors', () => {
  test('keep code, message, item, stack and the chain of causes', async () => {
    const { remote } = pair();
    const error = await remote.failWithCause().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KindredError);
    expect(error).toMatchObject({ code: 'storage-full', message: 'No room for a.md; remove posts.', item: 'a.md' });
    const { stack, cause } = error as KindredError;
    expect(stack).toContain('failWithCause');
    expect(cause).toMatchObject({ name: 'TypeError', message: 'disk gone' });
    expect((cause as Error).cause).toBeInstanceOf(DOMException);
    expect((cause as Error).cause).toMatchObject({ name: 'QuotaExceededError', message: 'no room' });
  });

  test('an abort thrown by the served side is still an abort', async () => {
    const { remote } = pair();
    const error = await remote.failAborted().catch((thrown: unknown) => thrown);
    expect(isAbort(error)).toBe(true);
  });

  test.each([['text'], [42], [null], [undefined], [false]])('a thrown %j arrives as it is', async (thrown) => {
    const { remote } = pair();
    await expect(remote.fail(thrown)).rejects.toBe(thrown);
  });

  test('causes that form a cycle end', async () => {
    const [port1, port2] = openChannel();
    const error: Error = new Error('round');
    error.cause = error;
    serve({ fail: () => Promise.reject(error) }, port2);
    await expect(connect<{ fail(): Promise<never> }>(port1).remote.fail()).rejects.toThrow('round');
  });
});

describe('callbacks', () => {
  test('are called in order, with all arguments, before the call settles', async () => {
    const { remote } = pair();
    const seen: [number, number][] = [];
    const total = await remote.progress(3, { onProgress: (done, of) => void seen.push([done, of]) });
    expect(total).toBe(3);
    expect(seen).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  test('are dead once the call has settled', async () => {
    const { api, remote } = pair();
    const onTick = vi.fn();
    await remote.watch(onTick);
    api.late?.(1);
    await settle();
    expect(onTick).not.toHaveBeenCalled();
  });

  test('the caller keeps its own options object untouched', async () => {
    const { remote } = pair();
    const options: WaitOptions = { onProgress: vi.fn(), signal: new AbortController().signal };
    const before = { ...options };
    await remote.progress(1, options);
    expect(options).toEqual(before);
  });
});

describe('transfer', () => {
  test('moves a result', async () => {
    const { remote } = pair();
    expect(await remote.fill(3)).toEqual(new Uint8Array([7, 7, 7]));
  });

  test('moves an argument, which is empty here afterwards', async () => {
    const { remote } = pair();
    const bytes = new Uint8Array([1, 2, 3]);
    const sum = remote.sum(transfer(bytes, [bytes.buffer]));
    expect(bytes.byteLength).toBe(0);
    expect(await sum).toBe(6);
  });
});
