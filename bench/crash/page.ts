// What the crash test does in the page: the library in its own worker, as the app has it, with models that are small.
import type { RestoreMode } from '../../src/core/backupApi.ts';
import { anyPost, type LibraryApi } from '../../src/core/libraryApi.ts';
import { postId } from '../../src/core/post.ts';
import { connect, type Connection } from '../../src/workers/rpc/index.ts';
import { faultsOfDatabase, makeEarlier, vectorsByText } from './inspect.ts';
import { draftOf, fileOf, idOf, SOURCE, titleOf, type PostVersion } from './posts.ts';

const MODELS = new URL('/src/testing/models/models.json', location.href).href;
/** What a check waits for may take this long on a crowded machine. */
const PATIENCE_MS = 90_000;
/** So often in a row all must be well. */
const LOOKS = 3;

class CrashPage {
  #worker: Worker | null = null;
  #connection: Connection<LibraryApi> | null = null;
  #backup: Blob | null = null;

  async start(): Promise<void> {
    this.#worker = new Worker(new URL('../../src/workers/library.worker.ts', import.meta.url), { type: 'module' });
    this.#connection = connect<LibraryApi>(this.#worker, 'The library');
    await this.#library.open({ modelList: MODELS, provider: 'wasm' });
  }

  get #library(): Connection<LibraryApi>['remote'] {
    if (this.#connection === null) throw new Error('The library was not started.');
    return this.#connection.remote;
  }

  async put(posts: readonly PostVersion[]): Promise<void> {
    const files = posts.map(fileOf).map(({ path, text }) => ({ path, blob: new Blob([text]) }));
    const { issues } = await this.#library.importFiles(files, { source: SOURCE });
    if (issues.length > 0) throw new Error(JSON.stringify(issues));
  }

  async remove(posts: readonly number[]): Promise<void> {
    await this.#library.removePosts(posts.map((n) => postId(idOf(n))));
  }

  /** Asks for the other model; it takes over in the background. */
  async change(): Promise<void> {
    const { models } = await this.#library.status();
    const other = models.options.find(({ id }) => id !== models.choice?.model);
    if (other === undefined) throw new Error('There is no other model.');
    await this.#library.chooseModel(other.id);
  }

  /** Keeps a backup of the library as it is, for `restore`. */
  async backUp(): Promise<void> {
    this.#backup = (await this.#library.writeBackup({ vectors: true, page: null, to: null })).blob;
  }

  async restore(mode: RestoreMode): Promise<void> {
    if (this.#backup === null) throw new Error('There is no backup.');
    await this.#library.restoreBackup(this.#backup, { mode, vectors: true });
  }

  killWorker(): void {
    this.#worker?.terminate();
  }

  async close(): Promise<void> {
    await this.#library.close();
    this.#connection?.close();
    this.#worker?.terminate();
  }

  makeEarlier = makeEarlier;
  vectorsByText = vectorsByText;

  /** Which posts there are, by their titles. */
  async titles(): Promise<{ id: string; title: string }[]> {
    const posts = await this.#library.listPosts({ search: '', sort: 'title', descending: false });
    return posts.map(({ id, title }) => ({ id, title }));
  }

  /** Whether the library's worker says anything, if only that it is closed. */
  async answers(withinMs: number): Promise<boolean> {
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), withinMs));
    const said = this.#library.status().then(
      () => true,
      () => true,
    );
    return Promise.race([said, late]);
  }

  /** Those of the posts that a draft of their own words doesn't find. */
  async notFound(posts: readonly PostVersion[]): Promise<string[]> {
    const missing: string[] = [];
    for (const post of posts) {
      const query = { ...draftOf(post), caret: null, ownPost: null, amount: 'more', only: anyPost } as const;
      const { draft, basis } = await this.#library.suggest(query);
      if (basis !== 'words-and-meaning') missing.push(`${titleOf(post)}, by meaning`);
      if (!draft.some(({ title }) => title === titleOf(post))) missing.push(titleOf(post));
    }
    return missing;
  }

  /** Waits until nothing is left to do, and says what is wrong then. */
  async faultsAtRest(): Promise<string[]> {
    const until = Date.now() + PATIENCE_MS;
    for (let looks = 1; ;) {
      const { model, models, queue, vectors, passages } = await this.#library.status();
      const state = JSON.stringify({ model: model.state, change: models.change, queue, vectors, passages });
      const rests = model.state === 'ready' && models.change === null && queue.waiting === 0 && queue.state === 'idle';
      const faults = rests && vectors === passages ? await faultsOfDatabase() : [`The queue doesn't drain: ${state}`];
      // What another space has left is cleared a moment after, and a change that was cut off is taken up a moment after.
      if (Date.now() > until || (faults.length === 0 && looks++ === LOOKS)) return faults;
      if (faults.length > 0) looks = 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const crash = new CrashPage();

declare global {
  interface Window {
    crashPage: typeof crash;
  }
}

window.crashPage = crash;
