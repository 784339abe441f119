// What following needs, without a library: posts in a map, settings in another, a clock that a test moves, and a server that it plays.
import { emptyReport } from '../core/library/emptyReport.ts';
import { Follow } from '../core/library/follow/index.ts';
import { FeedRefused, type FetchedFeed } from '../core/library/follow/feedServer.ts';
import { refusedFeed } from '../core/library/follow/feedAddress.ts';
import type { FollowPorts } from '../core/library/follow/ports.ts';
import { importFiles, isConfigFile, isFolderOfPosts, isPostByItself, isPostFile } from '../core/importers/index.ts';
import type { FeedQuestion, FeedRefusal, FeedServer } from '../core/followApi.ts';
import type { ImportRun } from '../core/library/imports.ts';
import type { ImportReport } from '../core/libraryApi.ts';
import type { Post, PostId } from '../core/post.ts';
import type { Transaction } from '../core/store/backend.ts';

export type ServerAnswer = FetchedFeed | { refused: FeedRefusal; status?: number; retryAfterMs?: number };

export class FollowWorld {
  readonly posts = new Map<PostId, Post>();
  readonly settings = new Map<string, unknown>();
  /** Imports that were made: the paths or items of their posts. */
  readonly arrivals: ImportReport[] = [];
  readonly questions: FeedQuestion[] = [];
  server: FeedServer = 'on';
  /** What the server answers for an address. */
  readonly answers = new Map<string, ServerAnswer>();
  /** What is told of a change, by the name of a folder. */
  readonly observers = new Map<string, () => void>();
  /** Nothing more can be stored. */
  full = false;
  time = 1_000_000;
  changes = 0;
  #timers: { at: number; run: () => void }[] = [];
  readonly #removals = new Map<string, Post[]>();
  #ids = 0;

  /** Over what is remembered by now. */
  async open(): Promise<Follow> {
    const follow = new Follow(this.ports());
    await follow.open();
    return follow;
  }

  /** Moves the clock on, and runs what is due. */
  pass(ms: number): void {
    this.time += ms;
    const due = this.#timers.filter(({ at }) => at <= this.time);
    this.#timers = this.#timers.filter(({ at }) => at > this.time);
    for (const { run } of due) run();
  }

  titles(): string[] {
    return [...this.posts.values()].map(({ title }) => title).sort();
  }

  remove(...titles: string[]): void {
    for (const post of this.posts.values()) if (titles.includes(post.title)) this.posts.delete(post.id);
  }

  ports(): FollowPorts {
    return {
      reading: { importFiles, isConfigFile, isFolderOfPosts, isPostByItself, isPostFile },
      note: async (_transaction, key, value) => void this.settings.set(key, value),
      settings: {
        get: async (key, parse) => (this.settings.has(key) ? parse(this.settings.get(key)) : null),
        put: async (key, value) => void this.settings.set(key, value),
      },
      server: {
        ask: async () => this.server,
        fetch: async (question) => {
          this.questions.push(question);
          const answer = this.answers.get(question.address) ?? { refused: 'unreachable' };
          if ('kind' in answer) return answer;
          const error = refusedFeed(question.address, answer.refused, answer.status ?? null);
          throw new FeedRefused(error, answer.retryAfterMs ?? null);
        },
      },
      has: (id) => this.posts.has(id),
      arrive: (run) => this.#arrive(run),
      remove: async (ids, request) => {
        const id = request ?? `removal ${++this.#ids}`;
        const gone = this.#removals.get(id) ?? ids.flatMap((one) => this.posts.get(one) ?? []);
        this.#removals.set(id, gone);
        for (const post of gone) this.posts.delete(post.id);
        return { id, count: gone.length };
      },
      restore: async (removal) => {
        for (const post of this.#removals.get(removal) ?? []) this.posts.set(post.id, post);
      },
      now: () => this.time,
      random: () => 0.5,
      observe: (handle, onChange) => {
        this.observers.set(handle.name, onChange);
        return () => this.observers.delete(handle.name);
      },
      newId: () => `place ${++this.#ids}`,
      after: (ms, run) => {
        const timer = { at: this.time + ms, run };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((one) => one !== timer);
        };
      },
      onChange: () => {
        this.changes++;
      },
    };
  }

  async #arrive(run: ImportRun): Promise<ImportReport> {
    const report = emptyReport(`import ${++this.#ids}`);
    const fresh: Post[] = [];
    for await (const event of run.events(
      run.signal ?? new AbortController().signal,
      run.onProgress ?? (() => undefined),
    )) {
      if (event.kind === 'issue') report.issues.push(event.issue);
      if (event.kind !== 'post') continue;
      const { post } = event;
      if (this.full) {
        report.issues.push({ code: 'storage-failed', item: post.title, message: 'No room.' });
        continue;
      }
      const before = this.posts.get(post.id);
      if (before === undefined) report.added.push(post.id);
      else if (JSON.stringify(before) === JSON.stringify(post)) report.unchanged++;
      else report.changed.push(post.id);
      fresh.push(post);
    }
    run.signal?.throwIfAborted();
    await run.alongside?.({} as Transaction, { ...report, before: { posts: [], passages: [] } });
    for (const post of fresh) this.posts.set(post.id, post);
    this.arrivals.push(report);
    return report;
  }
}

/** A folder of this device, which a test changes as another program would. */
export class FakeFolder {
  readonly kind = 'directory';
  readonly name: string;
  permission: PermissionState = 'granted';
  /** Thrown by whatever looks into it. */
  broken: DOMException | null = null;
  readonly entries = new Map<string, FakeFolder | FakeFile>();

  constructor(name: string) {
    this.name = name;
  }

  /** The same, as what takes a folder sees it. */
  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }

  /** Writes a file, with the folders on its way. */
  write(path: string, text: string, at = 1): void {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    parts
      .reduce<FakeFolder>((folder, part) => folder.folder(part), this)
      .entries.set(name, new FakeFile(name, text, at));
  }

  erase(path: string): void {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    parts.reduce<FakeFolder>((folder, part) => folder.folder(part), this).entries.delete(name);
  }

  folder(name: string): FakeFolder {
    const known = this.entries.get(name);
    if (known instanceof FakeFolder) return known;
    const made = new FakeFolder(name);
    this.entries.set(name, made);
    return made;
  }

  async *values(): AsyncGenerator<FakeFolder | FakeFile> {
    if (this.broken !== null) throw this.broken;
    for (const entry of [...this.entries.values()]) yield entry;
  }

  queryPermission(): Promise<PermissionState> {
    return Promise.resolve(this.permission);
  }

  isSameEntry(other: unknown): Promise<boolean> {
    return Promise.resolve(other === this);
  }

  getDirectoryHandle(name: string): Promise<FakeFolder> {
    return this.#entry(name, FakeFolder);
  }

  getFileHandle(name: string): Promise<FakeFile> {
    return this.#entry(name, FakeFile);
  }

  async #entry<T>(name: string, kind: abstract new (...args: never[]) => T): Promise<T> {
    if (this.broken !== null) throw this.broken;
    const found = this.entries.get(name);
    if (found === undefined) throw new DOMException('none', 'NotFoundError');
    if (!(found instanceof kind)) throw new DOMException('another kind', 'TypeMismatchError');
    return found;
  }
}

class FakeFile {
  readonly kind = 'file';
  readonly name: string;
  readonly #text: string;
  readonly #at: number;

  constructor(name: string, text: string, at: number) {
    this.name = name;
    this.#text = text;
    this.#at = at;
  }

  getFile(): Promise<File> {
    return Promise.resolve(new File([this.#text], this.name, { lastModified: this.#at }));
  }
}
