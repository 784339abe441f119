// Posts that come one after the other: how many passages are embedded in all, against how many there are in the end.
import { Repetition } from '../../../src/core/library/repetition.ts';
import { postId, type PostId } from '../../../src/core/post.ts';
import type { PassageRecord } from '../../../src/core/store/schema.ts';
import { outlineParts, packOutline } from '../../../src/core/text/cleaning/outline.ts';
import { cutPassages } from '../../../src/core/text/passages.ts';
import { textHash } from '../../../src/core/text/textHash.ts';
import type { TokenLimits } from '../../../src/core/text/tokenCounts.ts';
import type { SitePost } from '../site.ts';

export interface Arrivals {
  /** Passages with a vector in the end. */
  passages: number;
  /** Passages embedded on the way. */
  embedded: number;
  /** Posts cut again because of what came later. */
  cutAgain: number;
}

/** `together` come between two pauses of the queue. */
export async function arrive(posts: readonly SitePost[], together: number, limits: TokenLimits): Promise<Arrivals> {
  const repetition = new Repetition();
  await repetition.ready();
  const records = new Map<PostId, PassageRecord>();
  const byId = new Map(posts.map((post) => [postId(post.id), post]));
  const report: Arrivals = { passages: 0, embedded: 0, cutAgain: 0 };

  async function cut(id: PostId): Promise<void> {
    const post = byId.get(id);
    if (post === undefined) return;
    const leftOut = repetition.leftOutOf(id);
    const passages = await cutPassages({ ...post, repeated: leftOut.repeated }, limits);
    const hashes = Float64Array.from(passages, ({ text }) => textHash(text));
    const before = new Set(records.get(id)?.hashes);
    report.embedded += hashes.filter((hash) => !before.has(hash)).length;
    records.set(id, { ...EMPTY, post: id, hashes, leftOut });
  }

  const dated = [...posts].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  for (let from = 0; from < dated.length; from += together) {
    const batch = dated.slice(from, from + together);
    for (const post of batch) {
      const head = {
        post: { ...HEAD, id: postId(post.id) },
        id: postId(post.id),
        outline: packOutline(outlineParts(post)),
      };
      repetition.put(head);
    }
    for (const { id } of batch) await cut(postId(id));
    if (!repetition.renew()) continue;
    for (const record of [...records.values()]) {
      if (!repetition.isStale(record)) continue;
      report.cutAgain++;
      await cut(record.post);
    }
  }
  report.passages = [...records.values()].reduce((sum, { hashes }) => sum + hashes.length, 0);
  return report;
}

const EMPTY: Omit<PassageRecord, 'post' | 'hashes'> = {
  revision: '',
  rule: '',
  ids: new Uint32Array(0),
  starts: new Uint32Array(0),
  ends: new Uint32Array(0),
  startS: new Float64Array(0),
};

const HEAD = {
  kind: 'post',
  title: '',
  summary: '',
  date: null,
  url: null,
  tags: [],
  series: null,
  source: 'site',
  links: [],
} satisfies Omit<Parameters<Repetition['put']>[0]['post'], 'id'>;
