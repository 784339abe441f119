// What --model and --dim mean on the command line.
import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { MODEL_LIST_FILE, parseModelList, starter } from '../src/core/model/modelList.ts';

/** Root of this repository. */
export const ROOT = resolve(import.meta.dirname, '..');

/** Vectors that commands keep between runs. */
export const EVAL_CACHE = resolve(ROOT, 'node_modules/.cache/kindred-eval');

const MODELS = resolve(ROOT, 'public/models');

/** A name is a folder in public/models, in the list or not; anything with a slash, or a dot in front, is a path. */
export function modelDir(model: string = firstModel()): string {
  const isPath = model.includes('/') || model.includes(sep) || model.startsWith('.');
  return isPath ? resolve(model) : resolve(MODELS, model);
}

/** The model that a new library in the browser begins with. */
function firstModel(): string {
  const path = resolve(MODELS, MODEL_LIST_FILE);
  return starter(parseModelList(readFileSync(path, 'utf8'), path)).id;
}

/** For `createNodeEmbedder`: nothing without --dim, so that the manifest's stored dimension is taken. */
export function dimOption(value: string | undefined, usage: string): { dim?: number } {
  if (value === undefined) return {};
  const dim = Number(value);
  if (!Number.isInteger(dim) || dim < 1) throw new Error(`--dim must be a whole number, not ${value}. ${usage}`);
  return { dim };
}
