// Parts of the library that no first suggestion needs: loaded when first asked for, and fetched ahead once the page is at rest.
import { KindredError } from '../errors.ts';

const parts = {
  competing: () => import('./competing.ts'),
  language: () => import('./tellLanguages.ts'),
  reading: () => import('./reading.ts'),
  preview: () => import('./preview.ts'),
  backup: () => import('./backup/index.ts'),
  room: () => import('./room.ts'),
  follow: () => import('./follow/index.ts'),
} as const;

type Parts = typeof parts;

/** Rejects with `unexpected` when the part is not there yet and cannot be fetched; the next call asks for it again. */
export async function latePart<Name extends keyof Parts>(name: Name): Promise<Awaited<ReturnType<Parts[Name]>>> {
  try {
    return (await parts[name]()) as Awaited<ReturnType<Parts[Name]>>;
  } catch (cause) {
    const message = `A part of Kindred (${name}) did not load. Connect to the network and try again.`;
    throw new KindredError('unexpected', message, { item: name, cause });
  }
}

/** Fetches every part, so that all of it works when the network is gone. */
export async function prefetchLateParts(): Promise<void> {
  await Promise.allSettled(Object.values(parts).map((load): Promise<unknown> => load()));
}
