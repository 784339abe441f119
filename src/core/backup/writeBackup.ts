// Writes a backup as a stream of sections.
import type { Draft } from '../draft.ts';
import { KindredError } from '../errors.ts';
import { LARGEST_PAYLOAD, SectionWriter } from './container.ts';
import {
  encodeJson,
  encodeVectors,
  FORMAT,
  type BackedPassages,
  type BackedPost,
  type BackedSettings,
  type BackedVectors,
  type BackupSpace,
  type BackupTotals,
} from './records.ts';

/** Large enough that sections cost nothing, small enough that one in memory is nothing either. */
const SECTION_BYTES = 1024 * 1024;

/** The vectors of one post. */
export interface PostVectors {
  passages: BackedPassages;
  scales: Float32Array;
  codes: Int8Array;
}

export interface BackupInput {
  madeAt: number;
  vectors: BackupSpace | null;
  posts: AsyncIterable<readonly BackedPost[]>;
  /** Null for a post that has not all of its vectors, or where none are wanted. */
  vectorsOf: (post: BackedPost['post']) => PostVectors | null;
  drafts: readonly Draft[];
  settings: BackedSettings;
}

/** The bytes of a backup, a part at a time; returns what it holds. */
export async function* writeBackup(input: BackupInput): AsyncGenerator<Uint8Array<ArrayBuffer>, BackupTotals> {
  const writer = new SectionWriter();
  const totals: BackupTotals = { posts: 0, drafts: input.drafts.length, vectors: 0 };
  yield writer.start();
  yield await writer.section('HEAD', encodeJson({ format: FORMAT, madeAt: input.madeAt, vectors: input.vectors }));

  let lines: Uint8Array[] = [];
  let held: PostVectors[] = [];
  let bytes = 0;
  async function* flush(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    if (lines.length > 0) yield await writer.section('POST', joinLines(lines));
    if (held.length > 0) yield await writer.section('VECS', encodeVectors(joinVectors(held)));
    [lines, held, bytes] = [[], [], 0];
  }

  for await (const batch of input.posts) {
    for (const { importedAt, post } of batch) {
      const line = encodeJson({ importedAt, post });
      const own = input.vectors === null ? null : input.vectorsOf(post);
      const size = line.length + (own === null ? 0 : own.codes.length + own.scales.byteLength);
      if (bytes > 0 && bytes + size > SECTION_BYTES) yield* flush();
      // The vectors of the longest post that an import takes are a fifth of this.
      if (line.length > LARGEST_PAYLOAD) throw tooLong(post.title);
      lines.push(line);
      bytes += size;
      totals.posts++;
      if (own === null) continue;
      held.push(own);
      totals.vectors += own.scales.length;
    }
  }
  yield* flush();
  if (input.drafts.length > 0)
    yield await writer.section('DRFT', joinLines(input.drafts.map((draft) => encodeJson(draft))));
  yield await writer.section('SETS', encodeJson(input.settings));
  yield await writer.section('DONE', encodeJson(totals));
  return totals;
}

function tooLong(title: string): KindredError {
  const message = `The post “${title}” is too long for a backup. Split it into several posts, or take it out, then back up again.`;
  return new KindredError('post-too-long', message, { item: title });
}

function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, -1)).fill(0x0a);
  let at = 0;
  for (const line of lines) {
    joined.set(line, at);
    at += line.length + 1;
  }
  return joined;
}

function joinVectors(held: readonly PostVectors[]): BackedVectors {
  const scales = new Float32Array(held.reduce((sum, own) => sum + own.scales.length, 0));
  const codes = new Int8Array(held.reduce((sum, own) => sum + own.codes.length, 0));
  let [row, at] = [0, 0];
  for (const own of held) {
    scales.set(own.scales, row);
    codes.set(own.codes, at);
    row += own.scales.length;
    at += own.codes.length;
  }
  return { passages: held.map(({ passages }) => passages), scales, codes };
}
