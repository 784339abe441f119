// The list of models that can be chosen (public/models/models.json): a line for each, everything else is in its folder's manifest.
import { KindredError } from '../errors.ts';
import type { ModelSize } from '../modelChoice.ts';

export const MODEL_LIST_FILE = 'models.json';

export interface ListedModel {
  /** Name of its folder, beside the list. */
  id: string;
  size: ModelSize;
  /** Of one width in all models: what an embedding costs grows with them. */
  layers: number;
}

const SIZES: readonly ModelSize[] = ['quick', 'thorough', 'base'];

/** Checks what was read; `item` names it in the error (`manifest-invalid`). Never empty, each id once. */
export function parseModelList(text: string, item: string): ListedModel[] {
  const value = parseJson(text, item);
  if (!Array.isArray(value) || value.length === 0) throw invalid(item, 'is not a list of models');
  const models = value.map((entry: unknown) => parseModel(entry, item));
  if (new Set(models.map(({ id }) => id)).size < models.length) throw invalid(item, 'names a model twice');
  return models;
}

/** The model that a new library begins with, before the device was measured. @throws RangeError for an empty list. */
export function starter(list: readonly ListedModel[]): ListedModel {
  const first = list.find(({ size }) => size === 'quick') ?? list[0];
  if (first === undefined) throw new RangeError('The list of models is empty.');
  return first;
}

function parseModel(entry: unknown, item: string): ListedModel {
  const { id, size, layers } = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {};
  // It becomes part of an address.
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9._-]*$/i.test(id)) throw invalid(item, 'has a model without an id');
  const known = SIZES.find((name) => name === size);
  if (known === undefined) throw invalid(item, `gives ${id} none of the sizes ${SIZES.join(', ')}`);
  if (typeof layers !== 'number' || !Number.isSafeInteger(layers) || layers < 1) {
    throw invalid(item, `does not say how many layers ${id} has`);
  }
  return { id, size: known, layers };
}

function parseJson(text: string, item: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new KindredError('manifest-invalid', `${item} is not JSON. Correct the list of models.`, { item, cause });
  }
}

function invalid(item: string, what: string): KindredError {
  return new KindredError('manifest-invalid', `${item} ${what}. Correct the list of models.`, { item });
}
