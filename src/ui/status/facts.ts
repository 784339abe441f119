// What the status view says, as data: shown as definition lists and copied as text from the same source.
import type { OfflineState } from '../../app/offline.ts';
import { queuePace } from '../../app/timeLeft.ts';
import { keepsInside, type Requests } from '../../app/requestLog.ts';
import { sameRunner } from '../../core/index.ts';
import type { DevicePlan, LibraryStatus, ModelState, Race, StorageState, TabsState } from '../../core/index.ts';
import { exactDate } from '../format/dates.ts';
import { saidSeconds, timeLeft } from '../format/time.ts';
import { text } from '../text.ts';
import { figure } from '../text/count.ts';
import { sizeParts } from './bytes.ts';
import { nameOf, reason } from './modelWords.ts';

export interface Fact {
  term: string;
  /** A number, set flush right in its column so that they can be compared. */
  figure?: string;
  words?: string;
}

const size = (term: string, bytes: number | null, more = ''): Fact => {
  if (bytes === null) return { term, words: text.status.storage.unknown };
  const { value, unit } = sizeParts(bytes);
  return { term, figure: value, words: more === '' ? unit : `${unit}, ${more}` };
};

export function privacyFacts({ total, elsewhere, refused }: Requests, policy: string | null): Fact[] {
  const words = text.status.privacy;
  const away = [...elsewhere.values()].reduce((sum, times) => sum + times, 0);
  const where = [...elsewhere].map(([origin, times]) => `${origin} (${figure(times)})`).join(', ');
  const held = policy === null ? words.policyMissing : keepsInside(policy) ? words.policyHolds : words.policyOpen;
  return [
    { term: words.requests, figure: figure(total), ...(away === 0 && total > 0 ? { words: words.toItself } : {}) },
    { term: words.elsewhere, figure: figure(away), ...(away === 0 ? {} : { words: where }) },
    ...(refused > 0 ? [{ term: words.refused, figure: figure(refused) }] : []),
    { term: words.policy, words: held },
  ];
}

export function deviceFacts(plan: DevicePlan | null): Fact[] {
  const words = text.status.device;
  if (plan === null) return [{ term: words.backend, words: words.none }];
  const { provider, format, threads, workers, readers, threadsMeasured, probeWorstCosine, device, losses } = plan;
  return [
    { term: words.backend, words: words.provider[provider] },
    ...(provider === 'webgpu' ? [{ term: words.batches, words: batchWords(plan) }] : []),
    ...(workers > 1 ? [{ term: words.workers, figure: figure(workers), words: words.workersWhy }] : []),
    ...(provider === 'wasm' && workers === 1
      ? [
          {
            term: words.threads,
            figure: figure(threads),
            words: threadsMeasured ? words.threadsMeasured : words.threadsGuessed,
          },
        ]
      : []),
    ...(readers !== null && readers > 1
      ? [{ term: words.readers, figure: figure(readers), words: words.readersWhy }]
      : []),
    { term: words.format, words: words.formats[format] },
    probeWorstCosine === null
      ? { term: words.probes, words: words.probesNone }
      : { term: words.probes, figure: probeWorstCosine.toFixed(4), words: words.probesWhy },
    { term: words.device, words: device },
    ...(losses.times === 0
      ? []
      : [{ term: words.losses, figure: figure(losses.times), words: words.lossesWhy(losses.last ?? '') }]),
  ];
}

function batchWords({ batched, batchedMeasured }: DevicePlan): string {
  const words = text.status.device;
  if (!batched) return words.batchesOne;
  return batchedMeasured ? words.batchesMeasured : words.batchesTogether;
}

/** Each way of running the model that was timed, the fastest first. */
export function raceFacts({ contenders, kept }: Race): Fact[] {
  const words = text.status.device;
  return [...contenders]
    .sort((a, b) => b.tokensPerSecond - a.tokensPerSecond)
    .map(({ tokensPerSecond, atMost, ...runner }) => {
      const unit = atMost ? words.atMost : words.tokensPerSecond;
      const inUse = sameRunner(runner, kept);
      return {
        term: words.runner(runner),
        figure: figure(Math.round(tokensPerSecond)),
        words: inUse ? `${unit}, ${words.kept}` : unit,
      };
    });
}

/** On what it was timed, and what that took. */
export const raceNote = ({ passages, ms }: Race): string => text.status.device.raceWhy(passages, saidSeconds(ms));

/** What was given up on this device: title, cause and remedy. */
export function demotionNotes(plan: DevicePlan | null): { title: string; why: string; remedy: string }[] {
  const { demoted, demotedWhy, demotedRemedy } = text.status.device;
  return (plan?.demotions ?? []).map(({ what, reason, at }) => ({
    title: demoted[what],
    why: demotedWhy(reason, exactDate(new Date(at))),
    remedy: demotedRemedy[what],
  }));
}

export function modelFacts({ model, models }: Pick<LibraryStatus, 'model' | 'models'>): Fact[] {
  const words = text.model;
  const { choice } = models;
  const present = models.options.find(({ id }) => id === choice?.model);
  const id = 'model' in model && model.model !== null ? model.model : '–';
  const name = { term: words.name, words: present === undefined ? id : `${nameOf(present)} (${present.name ?? id})` };
  const chosen = choice === null ? [] : [{ term: words.chosen, words: reason(choice) }];
  switch (model.state) {
    case 'idle':
      return [{ term: words.state, words: words.states.idle }];
    case 'downloading':
      return [name, ...chosen];
    case 'starting':
    case 'held':
    case 'failed':
      return [name, { term: words.state, words: words.states[model.state] }, ...chosen];
    case 'ready':
      return [
        name,
        { term: words.state, words: words.states.ready },
        ...chosen,
        {
          term: words.dimension,
          figure: figure(model.dimension),
          words: model.dimension < model.width ? words.dimensionOf(model.width) : words.dimensionWhy,
        },
        size(words.size, model.bytes, whence(model)),
      ];
  }
}

export function tabFacts({ here, why, open }: TabsState): Fact[] {
  const words = text.status.tabs;
  const where = here ? 'here' : 'elsewhere';
  const alone = why === 'cannot-share';
  return [
    { term: words.work, words: alone ? words.alone : words[where] },
    { term: words.why, words: words.reasons[where][why] },
    ...(alone ? [] : [{ term: words.open, figure: figure(open) }]),
  ];
}

function whence({ fromCache, notKept }: Extract<ModelState, { state: 'ready' }>): string {
  const words = text.model;
  if (fromCache) return words.fromCache;
  return notKept === null ? words.downloaded : words.notKept[notKept];
}

/** The parts of the model's last start; nothing before it was ready. */
export function startFacts({ model }: Pick<LibraryStatus, 'model'>): Fact[] {
  if (model.state !== 'ready') return [];
  const words = text.status.start;
  const { fetch, verify, instantiate, create, firstRun, warmMedian } = model.start;
  const ms = (term: string, time: number, why: string): Fact => ({
    term,
    figure: figure(time < 10 ? Math.round(time * 10) / 10 : Math.round(time)),
    words: `${words.unit}, ${why}`,
  });
  return [
    ms(words.fetch, fetch, model.fromCache ? words.fetchKept : words.fetchWhy),
    ms(words.verify, verify, words.verifyWhy),
    ms(words.instantiate, instantiate, words.instantiateWhy),
    ms(words.create, create, words.createWhy),
    ms(words.firstRun, firstRun, words.firstRunWhy),
    ms(words.warmMedian, warmMedian, words.warmMedianWhy),
  ];
}

export function postFacts({ posts, passages, vectors, queue, embeddedThisSession }: LibraryStatus): Fact[] {
  const words = text.status.posts;
  const left = queue.state === 'working' ? timeLeft(queuePace(queue).leftMs) : null;
  const stopped = queue.state === 'paused' ? words.paused : queue.state === 'failed' ? words.failed : null;
  const why = queue.waiting === 0 ? null : stopped === null ? left : [stopped, queue.reason].filter(Boolean).join(' ');
  // Posts are cut into passages as their turn comes, so both counts grow while posts wait.
  const complete = queue.waiting === 0 && vectors >= passages;
  const missing = Math.max(0, passages - vectors);
  return [
    { term: words.posts, figure: figure(posts) },
    { term: words.passages, figure: figure(passages), ...(queue.waiting > 0 ? { words: words.soFar } : {}) },
    {
      term: words.vectors,
      figure: figure(vectors),
      ...(passages === 0 || (!complete && missing === 0)
        ? {}
        : { words: complete ? words.allEmbedded : words.toCompute(missing) }),
    },
    { term: words.waiting, figure: figure(queue.waiting), ...(why === null ? {} : { words: why }) },
    queue.msPerPost === null
      ? { term: words.perPost, figure: words.unknown }
      : { term: words.perPost, figure: figure(Math.round(queue.msPerPost)), words: words.perPostUnit },
    { term: words.session, figure: figure(embeddedThisSession), words: words.sessionWhy },
  ];
}

export function offlineFacts(offline: OfflineState, isolated: boolean): Fact[] {
  const words = text.status.offline;
  const impossible = offline.state === 'impossible';
  const page = impossible ? words.impossible[offline.why] : words.states[offline.state];
  const threads = isolated ? words.isolated : impossible ? words.notIsolated : words.notYetIsolated;
  return [
    { term: words.page, words: page },
    ...(offline.state === 'kept' ? [{ term: words.version, words: offline.newer ? words.newer : words.newest }] : []),
    { term: words.isolation, words: threads },
  ];
}

/** As many as can be read; the rest are alike. */
const DAMAGE_SAID = 3;

function saidDamage(damaged: StorageState['damaged']): string {
  const words = text.status.storage;
  return damaged
    .slice(0, DAMAGE_SAID)
    .map(({ what, block, reason }) => words.damagedBlock(words.parts[what], block + 1, reason))
    .join('; ');
}

export function storageFacts(storage: StorageState): Fact[] {
  const { kind, reason, usedBytes, databaseBytes, quotaBytes, persisted, damaged } = storage;
  const words = text.status.storage;
  const kept = kind === 'indexeddb' ? words.indexeddb : [`${words.memory}.`, reason].filter(Boolean).join(' ');
  return [
    { term: words.kept, words: kept },
    size(words.used, usedBytes),
    ...(databaseBytes === null ? [] : [size(words.library, databaseBytes)]),
    size(words.quota, quotaBytes),
    ...(kind === 'memory' ? [] : [{ term: words.lasting, words: persisted ? words.persisted : words.notPersisted }]),
    ...(damaged.length === 0
      ? []
      : [{ term: words.damaged, figure: figure(damaged.length), words: words.damagedWhy(saidDamage(damaged)) }]),
  ];
}
