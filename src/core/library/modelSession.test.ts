// What the last visit left is opened before its model has started and after who asks meanwhile; what cannot be opened is said.
import { expect, it, vi } from 'vitest';
import { COSINES } from '../../testing/cosines.ts';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { KindredError } from '../errors.ts';
import type { ModelListener, ModelPort, ReadyModel } from './modelPort.ts';
import { ModelSession, type ModelSessionPorts } from './modelSession.ts';
import { ruleFor } from './preparePost.ts';

function setUp(atRest: Promise<void> = Promise.resolve()) {
  const embedder = fakeEmbedder();
  const ready = { embedder, maxTokens: 128, cosines: COSINES, tokensPerSecond: null };
  const done: string[] = [];
  const note = (what: string) => (): Promise<void> => {
    done.push(what);
    return Promise.resolve();
  };
  const space = {
    openPassages: note('passages'),
    vectors: { open: note('vectors') },
    opened: note('opened'),
    queueWaiting: () => void done.push('queued'),
    work: ({ isQueued }: { isQueued: boolean }) => void done.push(isQueued ? 'works' : 'queues and works'),
    queue: { pause: () => undefined },
  } as unknown as ModelSessionPorts['space'];
  const session = new ModelSession({ space, onChange: () => undefined, atRest: () => atRest });
  const last = { space: embedder.space, rule: ruleFor(ready) };
  let say: ModelListener['onReady'] = () => undefined;
  const model = { start: ({ onReady }: ModelListener) => void (say = onReady), close: () => Promise.resolve() };
  session.start(model as unknown as ModelPort);
  return {
    session,
    done,
    last,
    becomeReady: () => say(ready),
    settled: () => session.between(() => Promise.resolve()),
  };
}

it('waits until nobody waits for an answer', async () => {
  let rest: () => void = () => undefined;
  const { session, done, last, settled } = setUp(new Promise((resolve) => (rest = resolve)));
  session.recall(last);
  await new Promise((resolve) => setTimeout(resolve));
  expect(done).toEqual([]);
  rest();
  await settled();
  expect(done).toEqual(['passages', 'vectors', 'queued']);
});

it('queues what waits once, for the model of the last visit', async () => {
  const { session, done, last, becomeReady, settled } = setUp();
  session.recall(last);
  becomeReady();
  await settled();
  expect(done.slice(3)).toEqual(['passages', 'vectors', 'opened', 'works']);
  // Lost and started again: posts that could not be read are tried once more.
  becomeReady();
  await settled();
  expect(done.at(-1)).toBe('queues and works');
});

it('queues anew for a model that cuts otherwise, or is another', async () => {
  const { space } = fakeEmbedder();
  for (const other of [{ rule: 'other' }, { space: { ...space, model: 'other' } }]) {
    const { session, done, last, becomeReady, settled } = setUp();
    session.recall({ ...last, ...other });
    becomeReady();
    await settled();
    expect(done.at(-1)).toBe('queues and works');
  }
});

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
  const session = new ModelSession({
    space: space as unknown as ModelSessionPorts['space'],
    onChange,
    atRest: () => Promise.resolve(),
  });
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

it('what a model needs and cannot be opened is a failure with its reason, and a retry opens it', async () => {
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

it('a failure of a model that is no longer ready is not told of the next', async () => {
  const refusals: ((error: Error) => void)[] = [];
  const { session, becomeReady } = sessionWith(() => new Promise((_, refuse) => refusals.push(refuse)));
  becomeReady();
  await vi.waitFor(() => expect(refusals).toHaveLength(1));
  becomeReady();
  refusals[0]?.(new KindredError('unexpected', 'Too late.'));
  await vi.waitFor(() => expect(refusals).toHaveLength(2));
  expect(session.state).toMatchObject({ state: 'starting' });
});
