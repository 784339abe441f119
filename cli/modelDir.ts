// Which folder a model's name means on the command line.
import { resolve, sep } from 'node:path';
import { DEFAULT_MODEL } from '../src/core/model/defaultModel.ts';

/** Root of this repository. */
export const ROOT = resolve(import.meta.dirname, '..');

/** A name is a folder in public/models; anything with a slash, or a dot in front, is a path. */
export function modelDir(model: string = DEFAULT_MODEL): string {
  const isPath = model.includes('/') || model.includes(sep) || model.startsWith('.');
  return isPath ? resolve(model) : resolve(ROOT, 'public/models', model);
}
