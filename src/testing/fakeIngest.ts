// The library that an ingest queue works for, in memory.
import type { SpaceKey } from '../core/embedding.ts';
import type { IngestPorts } from '../core/ingest/ingestQueue.ts';
import { IngestWork } from '../core/ingest/ingestWork.ts';
import type { OpenPassage } from '../core/ingest/passagePool.ts';
import { postId, type PostId } from '../core/post.ts';

const SPACE = 'space' as SpaceKey;

/**
 * A library of posts in memory: what is embedded, saved and searchable, and how often each text went to the model. Of each post the number
 * of passages, or the tokens of each.
 */
export function fakeLibrary(passagesOf: Record<string, number | readonly number[]>, batches = false, workers = 1) {
  let id = 0;
  const passages = new Map<PostId, OpenPassage[]>();
  for (const [post, count] of Object.entries(passagesOf)) {
    const tokens = typeof count === 'number' ? new Array<number>(count).fill(4) : count;
    passages.set(
      postId(post),
      tokens.map((each, n) => ({ id: ++id, text: `${post} ${n}`, tokens: each })),
    );
  }
  const saved = new Set<number>();
  const searchable = new Set<number>();
  const embedded: string[] = [];
  const waits: number[] = [];
  let completed = 0;
  let clock = 0;
  const ports: IngestPorts = {
    work: (host) => Promise.resolve(new IngestWork(host)),
    prepare: async (post) => passages.get(post)?.filter((passage) => !searchable.has(passage.id)) ?? null,
    batches: () => batches,
    workers: () => workers,
    embed: async (texts, signal) => {
      await Promise.resolve();
      signal.throwIfAborted();
      clock += 10 * texts.length;
      embedded.push(...texts);
      return { space: SPACE, rows: new Float32Array(texts.length * 2) };
    },
    found: (ids) => ids.forEach((one) => searchable.add(one)),
    save: async (ids) => ids.forEach((one) => saved.add(one)),
    onEmbedded: () => undefined,
    onComplete: () => completed++,
    onChange: () => undefined,
    now: () => clock,
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
    },
  };
  return { ports, passages, saved, searchable, embedded, waits, completed: () => completed };
}
