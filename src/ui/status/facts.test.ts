import { describe, expect, test } from 'vitest';
import type { LibraryStatus, ModelOption, Race } from '../../core/index.ts';
import { aloneInTab, type TabsState } from '../../core/tabs.ts';
import { START_TIMES } from '../../testing/startTimes.ts';
import { text } from '../text.ts';
import {
  demotionNotes,
  deviceFacts,
  modelFacts,
  postFacts,
  privacyFacts,
  raceFacts,
  raceNote,
  storageFacts,
  tabFacts,
  type Fact,
} from './facts.ts';
import { statusReport } from './report.ts';

const base: ModelOption = {
  id: 'all-minilm-l6-v2',
  name: 'all-MiniLM-L6-v2',
  size: 'base',
  bytes: 22_900_000,
  kept: true,
  keptBytes: 22_900_000,
  dimension: 384,
  msPerPost: 204,
};
const status: LibraryStatus = {
  posts: 508,
  passages: 2_140,
  vectors: 1_300,
  model: {
    state: 'ready',
    model: 'all-minilm-l6-v2',
    dimension: 384,
    width: 384,
    bytes: 22_900_000,
    fromCache: true,
    notKept: null,
    start: START_TIMES,
  },
  models: { options: [base], choice: { model: base.id, by: 'person', measured: null }, change: null },
  plan: {
    provider: 'wasm',
    format: 'int8',
    threads: 2,
    workers: 1,
    readers: null,
    threadsMeasured: true,
    batched: false,
    batchedMeasured: false,
    probeWorstCosine: 0.99913,
    device: 'Chromium 144, no graphics adapter, 2 cores',
    key: 'device | model',
    race: {
      contenders: [
        { provider: 'webgpu', threads: 1, batched: true, tokensPerSecond: 120.4, atMost: true },
        { provider: 'wasm', threads: 2, tokensPerSecond: 2_940.2, atMost: false },
      ],
      kept: { provider: 'wasm', threads: 2 },
      passages: 16,
      ms: 2_140,
      at: '2026-03-02T10:12:00.000Z',
    },
    demotions: [
      { what: 'webgpu', reason: 'lost 6 times, the last time because: gone.', at: '2026-03-02T10:12:00.000Z' },
    ],
    losses: { times: 3, last: 'The worker was killed.' },
    candidates: [
      { provider: 'webgpu', format: 'fp16', chosen: false, reason: 'No adapter.', again: null },
      { provider: 'wasm', format: 'int8', chosen: true, reason: 'All checks agree.', again: null },
    ],
  },
  queue: { waiting: 196, done: 312, msPerPost: 204, state: 'working', reason: null },
  storage: {
    kind: 'indexeddb',
    reason: null,
    usedBytes: 3_400_000,
    quotaBytes: null,
    databaseBytes: null,
    persisted: false,
    madeAt: null,
    damaged: [],
  },
  joined: 0,
  followed: 0,
  tabs: aloneInTab,
  embeddedThisSession: 1_300,
};
const quiet = { total: 23, elsewhere: new Map<string, number>(), refused: 0 };
const policy = "default-src 'none'; connect-src 'self'";

const said = (facts: Fact[], term: string): string | undefined => {
  const fact = facts.find((one) => one.term === term);
  return fact && [fact.figure, fact.words].filter((part) => part !== undefined).join(' ');
};

describe('postFacts', () => {
  test('says how many posts wait, how long that takes and the time a post takes', () => {
    const facts = postFacts(status);
    expect(said(facts, 'Waiting')).toBe('196 about 40 s left');
    expect(said(facts, 'Time a post')).toBe('204 ms, over the last ones');
    expect(said(facts, 'Vectors')).toBe('1,300 840 passages to go');
  });

  test('does not call vectors complete while posts wait to be cut into passages', () => {
    expect(said(postFacts({ ...status, passages: 60, vectors: 60 }), 'Vectors')).toBe('60');
    expect(said(postFacts({ ...status, passages: 60, vectors: 60 }), 'Passages')).toBe('60 so far');
    const done = { ...status, vectors: status.passages, queue: { ...status.queue, waiting: 0 } };
    expect(said(postFacts(done), 'Vectors')).toBe('2,140 every passage has one');
  });

  test('says why the queue stands still and claims no time for it', () => {
    const queue = { ...status.queue, state: 'failed', reason: 'The model is not there.' } as const;
    expect(said(postFacts({ ...status, queue }), 'Waiting')).toBe('196 Stopped. The model is not there.');
  });

  test('claims no pace before a post was embedded', () => {
    const queue = { ...status.queue, msPerPost: null };
    expect(said(postFacts({ ...status, queue }), 'Time a post')).toBe('–');
  });
});

describe('deviceFacts', () => {
  test('shows four digits of the worst agreement, so that 0.9991 is not 1', () => {
    expect(said(deviceFacts(status.plan), 'Agreement')).toMatch(/^0\.9991 /);
  });

  test('names the device, whether threads were measured, and what was lost', () => {
    expect(said(deviceFacts(status.plan), 'Threads')).toBe('2 the fastest here, as measured');
    expect(said(deviceFacts(status.plan), 'Device')).toBe('Chromium 144, no graphics adapter, 2 cores');
    expect(said(deviceFacts(status.plan), 'Restarted')).toBe(
      '3 since this page was opened. The last time: The worker was killed.',
    );
  });

  test('tells what was timed, the fastest first, what is in use, and what did not finish', () => {
    const { race } = status.plan as NonNullable<LibraryStatus['plan']>;
    expect(raceFacts(race as Race)).toEqual([
      { term: 'The processor, 2 threads', figure: '2,940', words: 'tokens a second, in use' },
      {
        term: 'The graphics processor, several texts at a time',
        figure: '120',
        words: 'tokens a second at most; it did not finish in its time',
      },
    ]);
    expect(raceNote(race as Race)).toMatch(/16 passages of your posts, which waited 2\.1\ss /);
  });

  test('says what was given up, why and what happens now', () => {
    const [note] = demotionNotes(status.plan);
    expect(note).toMatchObject({
      title: 'The graphics processor was given up on this device',
      why: 'It was lost 6 times, the last time because: gone. (Monday, 2 March 2026)',
    });
    expect(note?.remedy).toContain('nothing lost');
    expect(demotionNotes(null)).toEqual([]);
  });

  test('leaves threads out on the graphics processor and says that nothing is decided without a plan', () => {
    const gpu = deviceFacts({ ...status.plan, provider: 'webgpu' } as NonNullable<LibraryStatus['plan']>);
    expect(said(gpu, 'Threads')).toBeUndefined();
    expect(said(deviceFacts(null), 'Computes on')).toBe('Decided once the model starts.');
  });
});

describe('modelFacts', () => {
  test('tells a cached model from one that was downloaded', () => {
    expect(said(modelFacts(status), 'Size')).toBe('22.9 MB, from this browser’s cache');
  });

  test('names the model by its size and its own name, and by its id where the list has it no more', () => {
    expect(said(modelFacts(status), 'Name')).toBe('Base (all-MiniLM-L6-v2)');
    const gone = { ...status, models: { ...status.models, options: [] } };
    expect(said(modelFacts(gone), 'Name')).toBe('all-minilm-l6-v2');
  });

  test('says how many of a vector’s numbers are kept', () => {
    expect(said(modelFacts(status), 'Dimensions')).toBe('384 numbers for each passage');
    const cut = { ...status, model: { ...status.model, dimension: 128 } } as LibraryStatus;
    expect(said(modelFacts(cut), 'Dimensions')).toBe('128 of 384 numbers, for each passage');
  });
});

test('storageFacts says what the browser keeps silent about, and why memory is all there is', () => {
  expect(said(storageFacts(status.storage), 'Allowed')).toBe('The browser does not say.');
  expect(said(storageFacts(status.storage), 'Of it your library')).toBeUndefined();
  expect(said(storageFacts({ ...status.storage, databaseBytes: 1_300_000 }), 'Of it your library')).toBe('1.3 MB');
  const memory = { ...status.storage, kind: 'memory', reason: 'Private browsing.' } as const;
  expect(said(storageFacts(memory), 'Kept in')).toBe('memory only, until this page closes. Private browsing.');
});

describe('privacyFacts', () => {
  test('counts requests and says that none went elsewhere', () => {
    expect(said(privacyFacts(quiet, policy), 'Requests of this page')).toBe('23 all to its own address');
    expect(said(privacyFacts(quiet, policy), 'To other addresses')).toBe('0');
  });

  test('names every other address, and does not claim a policy that is not there', () => {
    const facts = privacyFacts({ total: 25, elsewhere: new Map([['https://cdn.example', 2]]), refused: 1 }, null);
    expect(said(facts, 'To other addresses')).toBe('2 https://cdn.example (2)');
    expect(said(facts, 'Requests of this page')).toBe('25');
    expect(said(facts, 'Stopped by the policy')).toBe('1');
    expect(said(facts, 'How this is held')).toContain('no content security policy');
  });
});

test('the report holds the same facts, the refused candidates and the model’s error', () => {
  const around = { userAgent: 'Browser/1', crossOriginIsolated: true, cores: 2, now: new Date(0) };
  const model = { state: 'failed', model: 'm', code: 'model-truncated', message: 'Ended early.' } as const;
  const report = statusReport({ ...status, model }, quiet, policy, around);
  for (const line of [
    'Kindred status, 1970-01-01T00:00:00.000Z',
    'Browser: Browser/1',
    'Cross-origin isolated: yes',
    'The graphics processor (webgpu, fp16): Not used: No adapter.',
    'model-truncated: Ended early.',
    'The processor, 2 threads: 2,940 tokens a second, in use',
    'Waiting: 196 about 40 s left',
    `The policy: ${policy}`,
  ]) {
    expect(report.split('\n')).toContain(line);
  }
});

test('tells which tab does the work and why', () => {
  const said = (tabs: Partial<TabsState>): string[] =>
    tabFacts({ ...aloneInTab, ...tabs }).map(({ words, figure }) => words ?? figure ?? '');
  const words = text.status.tabs;
  expect(said({ why: 'first', open: 3 })).toEqual([words.here, words.reasons.here.first, '3']);
  expect(said({ here: false, why: 'stopped', open: 2 })).toEqual([
    words.elsewhere,
    words.reasons.elsewhere.stopped,
    '2',
  ]);
  expect(said({})).toEqual([words.alone, words.reasons.here['cannot-share']]);
});
