// The large parsers, which many an import never needs: loaded at the first file that does, and fetched ahead once the page is at rest.
import { KindredError } from '../errors.ts';

const parts = {
  feeds: () => import('./feeds.ts'),
  'front matter': () => import('./fieldLanguages.ts'),
} as const;

type Parts = typeof parts;

/** Rejects with `file-unreadable` when the part is not there yet and cannot be fetched. `item` is the file that wants it. */
export async function lazyPart<Name extends keyof Parts>(
  name: Name,
  item: string,
): Promise<Awaited<ReturnType<Parts[Name]>>> {
  try {
    return (await parts[name]()) as Awaited<ReturnType<Parts[Name]>>;
  } catch (cause) {
    throw new KindredError(
      'file-unreadable',
      `${item} could not be read: the part of Kindred that reads ${name} did not load. Connect to the network and import the file again.`,
      { item, cause },
    );
  }
}

/** Fetches every part, so that imports work when the network is gone. A part that can't be had now is asked for again when needed. */
export async function prefetchParts(): Promise<void> {
  await Promise.allSettled(Object.values(parts).map((load) => load()));
}
