// Reads what is new or changed in a watched folder, beside all that its posts may name: captions, tables, how addresses are made.
import type { ImportReport } from '../../libraryApi.ts';
import type { ImportEvent } from '../../importers/index.ts';
import type { PostId } from '../../post.ts';
import type { ImportRun } from '../imports.ts';
import { hashOf, type FolderChanges, type Listing } from './folderListing.ts';
import type { KnownFiles } from './followRows.ts';
import type { FileReading } from './ports.ts';
import { wasStored } from './wasStored.ts';

export interface FolderReading {
  reading: FileReading;
  /** Name of the folder, which is the source of its posts. */
  name: string;
  /** As they were read last; brought up to date. */
  files: KnownFiles;
  listing: Listing;
  changes: FolderChanges;
  has: (post: PostId) => boolean;
  arrive: (run: Pick<ImportRun, 'events'>) => Promise<ImportReport>;
}

/** Null where there was nothing to read. Rejects as `arrive` does; `files` is then as it was. */
export async function readFolder(given: FolderReading): Promise<ImportReport | null> {
  const { reading, name, files, listing, changes, has, arrive } = given;
  const bringsOthers = (paths: readonly string[]): boolean => !paths.every(reading.isPostByItself);
  const { touched, altered, hashes } = await onlyAltered(given);
  const toRead = [...changes.fresh, ...altered];
  const report = toRead.length === 0 && !bringsOthers(changes.missing) ? null : await read();
  for (const path of touched) note(path, files.get(path)?.posts ?? []);
  return report;

  async function read(): Promise<ImportReport> {
    // What is no post by itself may belong to any: then all are read, and those that are the same stay as they are.
    const all = bringsOthers([...toRead, ...changes.missing]);
    const only = new Set(all ? listing.files.keys() : toRead);
    const found = new Map([...only].map((path): [string, PostId[]] => [path, []]));
    const chosen = Array.from(listing.files, ([path, blob]) => ({ path, blob }));

    async function* allowed(events: AsyncIterable<ImportEvent>): AsyncGenerator<ImportEvent> {
      for await (const event of events) {
        if (event.kind === 'post') {
          const { id } = event.post;
          found.get(event.file)?.push(id);
          // What was deleted stays away, though its file changes.
          if (files.get(event.file)?.posts.includes(id) === true && !has(id)) continue;
        }
        yield event;
      }
    }
    const came = await arrive({
      events: (signal, onProgress) => allowed(reading.importFiles(chosen, { source: name, only, signal, onProgress })),
    });
    if (!wasStored(came)) return came;
    for (const [path, posts] of found) {
      const before = files.get(path)?.posts ?? [];
      // A list of posts that has fewer than before, such as a feed, has not deleted them.
      note(path, [...new Set([...posts, ...before.filter((post) => posts.length !== 1 && has(post))])]);
    }
    return came;
  }

  function note(path: string, posts: PostId[]): void {
    const file = listing.files.get(path);
    if (file === undefined) return;
    const { size, lastModified: modified } = file;
    files.set(path, { size, modified, hash: hashes.get(path) ?? files.get(path)?.hash ?? null, posts });
  }
}

/** Of the files with another size or time, those that are not the same to the last byte. */
async function onlyAltered({ files, listing, changes }: FolderReading) {
  const hashes = new Map<string, string>();
  const touched: string[] = [];
  const altered: string[] = [];
  for (const path of changes.altered) {
    const file = listing.files.get(path);
    const hash = file === undefined ? null : await hashOf(file);
    if (hash !== null) hashes.set(path, hash);
    (hash !== null && hash === files.get(path)?.hash ? touched : altered).push(path);
  }
  return { hashes, touched, altered };
}
