// A model that is ready while the library can't open what it needs: said, and tried again when asked for.
import { expect, test, vi } from 'vitest';
import { KindredError } from '../errors.ts';
import type { ModelListener, ReadyModel } from './modelPort.ts';
import { ModelSession, type ModelSessionPorts } from './modelSession.ts';

const READY = { state: 'ready', model: 'One', backend: 'wasm' } as never;

function sessionWith(openPassages: () => Promise<void>) {
  const space = {
    catalogue: { counts: { posts: 2 } },
    openPassages: vi.fn(openPassages),
    vectors: { open: vi.fn(() => Promise.resolve()) },
    opened: vi.fn(() => Promise.resolve()),
    queueWaiting: vi.fn(),
    queue: { pause: vi.fn(), state: () => ({ waiting: 2 }) },
    work: vi.fn(),
  };
  const onChange = vi.fn();
  const session = new ModelSession({ space: space as unknown as ModelSessionPorts['space'], onChange });
  let heard: ModelListener | null = null;
  const becomeReady = (): void => {
    heard?.onState(READY);
    heard?.onReady({ embedder: { space: { tokenizerHash: 'abc' } }, maxTokens: 256 } as unknown as ReadyModel);
  };
  const model = {
    start: (listener: ModelListener) => void (heard = listener),
    retry: vi.fn(becomeReady),
    hold: () => undefined,
    close: () => Promise.resolve(),
  };
  session.start(model);
  return { session, space, becomeReady, onChange };
}

test('what a model needs and cannot be opened is a failure with its reason, and a retry opens it', async () => {
  const missing = new KindredError('unexpected', 'A part of Kindred (reading) did not load.');
  let there = false;
  const { session, space, becomeReady } = sessionWith(() => (there ? Promise.resolve() : Promise.reject(missing)));
  becomeReady();
  await session.settled;
  expect(session.state).toEqual({ state: 'failed', model: null, code: 'unexpected', message: missing.message });
  expect(session.ready).toBeNull();
  expect(space.work).not.toHaveBeenCalled();

  there = true;
  session.retry();
  await vi.waitFor(() => expect(session.ready).not.toBeNull());
  expect(session.state).toBe(READY);
  expect(space.work).toHaveBeenCalledOnce();
});

test('a failure of a model that is no longer ready is not told of the next', async () => {
  const refusals: ((error: Error) => void)[] = [];
  const { session, becomeReady } = sessionWith(() => new Promise((_, refuse) => refusals.push(refuse)));
  becomeReady();
  await vi.waitFor(() => expect(refusals).toHaveLength(1));
  becomeReady();
  refusals[0]?.(new KindredError('unexpected', 'Too late.'));
  await vi.waitFor(() => expect(refusals).toHaveLength(2));
  expect(session.state).toMatchObject({ state: 'starting' });
});
