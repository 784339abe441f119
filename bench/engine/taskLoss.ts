// What 8 bits cost where it counts: similarity as people judge it, and posts that their author linked, by the int8 network and by the fp32 one.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { judgeSite } from '../../cli/eval/judgeSite.ts';
import { readSite } from '../../cli/eval/site.ts';
import { judgeSts, readSts } from '../../cli/eval/sts.ts';
import { VectorCache } from '../../cli/eval/vectorCache.ts';
import { EVAL_CACHE, modelDir } from '../../cli/modelOptions.ts';
import { createNodeEmbedder } from '../../cli/nodeEmbedder.ts';
import { nodeModelFiles } from '../../cli/nodeModelFiles.ts';
import { swappedNetwork } from '../../cli/swappedNetwork.ts';

/** Points, of a hundred. */
export const MOST_LOST = 0.5;
const STS = 'stsb-dev';

export interface TaskLoss {
  model: string;
  task: string;
  /** Times 100. */
  int8: number;
  fp32: number;
}

export interface TaskOptions {
  /** Models by the names of their folders, each with its fp32 network. */
  models: readonly { id: string; fp32: string }[];
  data: string;
  /** The name of what is embedded, and how far that is. */
  onProgress: (said: string) => void;
  /** What can't be measured, and why. */
  onMissing: (what: string) => void;
}

/** Only tasks whose data are there. Vectors are kept between runs. */
export async function measureTasks({ models, data, onProgress, onMissing }: TaskOptions): Promise<TaskLoss[]> {
  const sts = readSts(data).find(({ name }) => name === STS);
  if (sts === undefined) onMissing(`${STS}: ${data} has no sts-for-developers/${STS}.tsv`);
  const folder = join(data, 'blog-18f');
  const site = existsSync(join(folder, 'posts.jsonl')) ? readSite(folder) : null;
  if (site === null) onMissing(`18F: ${folder} is not there`);
  const losses: TaskLoss[] = [];
  for (const { id, fp32 } of models) {
    const files = nodeModelFiles(modelDir(id));
    const scores = new Map<string, { int8: number; fp32: number }>();
    for (const format of ['int8', 'fp32'] as const) {
      const network = format === 'fp32' ? { path: fp32, format } : null;
      const { embedder, manifest } = await createNodeEmbedder({
        modelDir: modelDir(id),
        files: await swappedNetwork(files, network),
        overlong: 'cut',
      });
      const cache = new VectorCache(embedder, EVAL_CACHE);
      const embed = (texts: readonly string[]): Promise<Float32Array> =>
        cache.embed(texts, (done, total) => onProgress(`${id}, ${format}: ${done} of ${total} texts`));
      const { dimension } = embedder.space;
      const note = (task: string, score: number): void => {
        const both = scores.get(task) ?? { int8: NaN, fp32: NaN };
        scores.set(task, { ...both, [format]: score });
      };
      if (sts !== undefined) note('STSb dev, Spearman', await judgeSts(sts, dimension, embed));
      if (site !== null) {
        const limits = {
          maxTokens: manifest.maxTokens,
          countTokens: (texts: readonly string[]) => embedder.countTokens(texts),
        };
        const { cosine, ranked } = await judgeSite(site, manifest.cosines, { limits, dimension, embed });
        note('18F, nDCG@10 by cosine alone', cosine);
        note('18F, nDCG@10 as suggested', ranked);
      }
      await embedder.dispose();
    }
    for (const [task, both] of scores) losses.push({ model: id, task, ...both });
  }
  return losses;
}
