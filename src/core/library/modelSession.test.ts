// What the last visit left is opened before its model has started, and after the question that somebody asked meanwhile.
import { expect, it } from 'vitest';
import { COSINES } from '../../testing/cosines.ts';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import type { ModelListener, ModelPort } from './modelPort.ts';
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
  return { session, done, last, becomeReady: () => say(ready), settled: () => session.between(() => Promise.resolve()) };
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
