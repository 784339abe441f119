// What is said of models: their names, what choosing one costs, and why the present one is it.
import type { LibraryStatus, ModelChoice, ModelOption } from '../../core/index.ts';
import { duration, saidSeconds } from '../format/time.ts';
import { text } from '../text.ts';
import { saidSize } from './bytes.ts';

/** "Thorough": a list has one model of each size. */
export const nameOf = ({ size }: ModelOption): string => text.model.sizes[size];

/** Of the present model, or one that is to take over; its id where the list has it no more. */
export function nameOfId(status: LibraryStatus, id: string | null): string {
  const option = status.models.options.find((one) => one.id === id);
  return option === undefined ? (id ?? text.model.unnamed) : nameOf(option);
}

/** "33.4 MB to fetch"; null while it is not known. */
export function sizeNote({ bytes, kept }: ModelOption): string | null {
  if (bytes === null) return null;
  const { here, toFetch } = text.model;
  return kept ? here(saidSize(bytes)) : toFetch(saidSize(bytes));
}

/** How long all posts would take; null while nothing was measured. */
export function expectation({ msPerPost }: ModelOption, posts: number): string | null {
  if (msPerPost === null || posts === 0) return null;
  return text.model.forYours(posts, duration(msPerPost * posts));
}

/** Why the library is read with this model. */
export function reason({ by, measured }: ModelChoice): string {
  const words = text.model.why;
  if (by === 'person') return words.person;
  if (by === 'library') return words.library;
  if (measured === null) return by === 'only' ? words.only : words.unmeasured;
  const { msPerPost, posts, ms, thoroughMs, limitMs } = measured;
  const rate = words.rate(saidSeconds(msPerPost), posts, duration(ms));
  if (by === 'only') return `${words.only} ${rate}`;
  if (thoroughMs === null) return rate;
  if (thoroughMs <= limitMs) return `${rate} ${words.thorough}`;
  return `${rate} ${words.quick(duration(thoroughMs), duration(limitMs))}`;
}
