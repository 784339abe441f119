// Subscribed feeds: asked for over the server, what is new or changed brought in, what the author deleted left out.
import { isKindredError, KindredError, toKindredError } from '../../errors.ts';
import type { FeedServer, FollowedFeed, Unfollowed } from '../../followApi.ts';
import { InTurn } from '../inTurn.ts';
import type { ImportEvent } from '../../importers/index.ts';
import type { RequestOptions } from '../../libraryApi.ts';
import type { PostId } from '../../post.ts';
import { feedAddress, hostOf, pageWithoutFeed, serverProblem } from './feedAddress.ts';
import { FeedRefused, type FetchedFeed } from './feedServer.ts';
import { FEEDS_KEY } from './followKeys.ts';
import { newFeed, parseFeeds, type FeedRow, type FeedsRow } from './followRows.ts';
import { isStopped } from './isStopped.ts';
import { Looks } from './looks.ts';
import type { FollowPorts } from './ports.ts';
import { wasStored } from './wasStored.ts';
import { FEED_INTERVAL_MS, nextLook } from './whenToLook.ts';

/** Asked for side by side; their posts come in one feed after the other. */
const FEEDS_AT_ONCE = 4;
const NOTHING: FeedsRow = { whileOpen: true, feeds: [] };

/** What `addAgain` takes back. */
interface RemovedFeed {
  kind: 'feed';
  feed: FeedRow;
  /** Null where its posts were kept. */
  removal: string | null;
}

type Arrived = Extract<FetchedFeed, { kind: 'feed' }>;

export class Feeds {
  readonly #ports: FollowPorts;
  readonly #looks: Looks;
  readonly #saving = new InTurn();
  readonly #importing = new InTurn();
  readonly #lanes = Array.from({ length: FEEDS_AT_ONCE }, () => new InTurn());
  #row = NOTHING;
  #server: FeedServer | null = null;

  constructor(ports: FollowPorts) {
    this.#ports = ports;
    this.#looks = new Looks(() => ports.onChange());
  }

  async open(): Promise<void> {
    this.#row = (await this.#ports.settings.get(FEEDS_KEY, parseFeeds)) ?? NOTHING;
  }

  get server(): FeedServer | null {
    return this.#server;
  }

  get whileOpen(): boolean {
    return this.#row.whileOpen;
  }

  async setWhileOpen(whileOpen: boolean): Promise<void> {
    this.#row = { ...this.#row, whileOpen };
    await this.#save();
  }

  state(): FollowedFeed[] {
    const { whileOpen, feeds } = this.#row;
    return feeds.map((feed) => ({
      ...this.#looks.state(feed.id, feed, whileOpen ? feed.nextAt : null),
      id: feed.id,
      address: feed.address,
      title: feed.title,
      posts: feed.brought.filter((id) => this.#ports.has(id)).length,
    }));
  }

  /** Those that are to be looked at by now, or all. */
  ids(dueAt = Infinity): string[] {
    return this.#row.feeds.filter(({ nextAt }) => nextAt <= dueAt).map(({ id }) => id);
  }

  nextAt(): number {
    return Math.min(...this.#row.feeds.map(({ nextAt }) => nextAt));
  }

  async ask(): Promise<FeedServer> {
    this.#server = await this.#ports.server.ask();
    this.#ports.onChange();
    return this.#server;
  }

  /** Ids of all of them, new or known. */
  async add(given: readonly string[]): Promise<string[]> {
    const addresses = [...new Set(given.map(feedAddress))];
    const fresh = addresses.filter((address) => this.#byAddress(address) === undefined);
    this.#row = {
      ...this.#row,
      feeds: [...this.#row.feeds, ...fresh.map((address) => newFeed(this.#ports.newId(), address))],
    };
    await this.#save();
    return addresses.flatMap((address) => this.#byAddress(address)?.id ?? []);
  }

  /** Resolves when all were looked at; never rejects. */
  async look(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const known = ids.filter((id) => this.#find(id) !== undefined);
    if (known.length === 0) return;
    const asking = this.ask();
    const looks = known.map((id, n) =>
      this.#looks.at(id, () => {
        const look = async (): Promise<void> => this.#look(id, await asking, signal);
        return this.#lanes[n % FEEDS_AT_ONCE]?.run(look) ?? look();
      }),
    );
    await Promise.all(looks);
  }

  remove(id: string, options: { posts: 'keep' | 'delete' } & RequestOptions): Promise<Unfollowed | null> {
    return this.#importing.run(async () => {
      const feed = this.#find(id);
      if (feed === undefined) return null;
      const there = feed.brought.filter((post) => this.#ports.has(post));
      const removal = options.posts === 'delete' ? await this.#ports.remove(there, options.id) : null;
      this.#row = { ...this.#row, feeds: this.#row.feeds.filter((one) => one.id !== id) };
      this.#looks.forget(id);
      await this.#save();
      const undo: RemovedFeed = { kind: 'feed', feed, removal: removal?.id ?? null };
      return { deleted: removal?.count ?? 0, undo };
    });
  }

  /** False for what is no feed. */
  async addAgain(undo: unknown): Promise<boolean> {
    if (!isRemovedFeed(undo)) return false;
    const { feed, removal } = undo;
    if (removal !== null) await this.#ports.restore(removal);
    if (this.#find(feed.id) === undefined && this.#byAddress(feed.address) === undefined) {
      this.#row = { ...this.#row, feeds: [...this.#row.feeds, feed] };
      await this.#save();
    }
    return true;
  }

  settled(): Promise<void> {
    return this.#looks.settled();
  }

  async #look(id: string, server: FeedServer, signal: AbortSignal): Promise<void> {
    const { now, random } = this.#ports;
    const feed = this.#find(id);
    if (feed === undefined || signal.aborted) return;
    if (server !== 'on') {
      await this.#change(id, { problem: serverProblem(server), nextAt: now() + FEED_INTERVAL_MS });
      return;
    }
    try {
      const { answer, address } = await this.#fetch(feed, signal);
      const came = answer.kind === 'feed' ? await this.#importing.run(() => this.#take(id, answer, signal)) : {};
      const nextAt = nextLook({ now: now(), failures: 0, retryAfterMs: null, random: random() });
      await this.#change(id, { address, lookedAt: now(), problem: null, failures: 0, nextAt, ...came });
    } catch (error) {
      if (isStopped(signal)) return;
      const { error: cause, retryAfterMs } = error instanceof FeedRefused ? error : unforeseen(error);
      const { code, message } = cause;
      // That the server is not there says nothing of the feed.
      const failures = isKindredError(cause, 'feed-server') ? feed.failures : feed.failures + 1;
      const nextAt = nextLook({ now: now(), failures: Math.max(1, failures), retryAfterMs, random: random() });
      await this.#change(id, { problem: { code, message }, failures, nextAt }).catch(() => undefined);
    }
  }

  /** The answer, and the address that the feed has by it: another where it has moved, or a page has named it. */
  async #fetch(feed: FeedRow, signal: AbortSignal): Promise<{ answer: FetchedFeed; address: string }> {
    const { server } = this.#ports;
    const { etag, modified } = feed;
    let { address } = feed;
    let answer = await server.fetch({ address, etag, modified }, signal);
    if (answer.kind === 'page') {
      const named = answer.feeds.find((one) => this.#byAddress(one) === undefined);
      // What was a feed once and is a page now has gone, or is in the way of something.
      if (named === undefined || feed.lookedAt !== null) throw pageWithoutFeed(address);
      address = named;
      answer = await server.fetch({ address, etag: null, modified: null }, signal);
      if (answer.kind === 'page') throw pageWithoutFeed(address);
    }
    const moved = answer.kind === 'feed' ? answer.movedTo : null;
    return { answer, address: moved === null || this.#byAddress(moved) !== undefined ? address : moved };
  }

  /** Brings in what is new or changed. Throws what the feed as a whole is wrong with. */
  async #take(id: string, { body, type, etag, modified }: Arrived, signal: AbortSignal): Promise<Partial<FeedRow>> {
    const { now, arrive, has, reading } = this.#ports;
    const feed = this.#find(id);
    if (feed === undefined) return {};
    const brought = new Set(feed.brought);
    const known = new Set([...feed.brought, ...feed.seen]);
    const noted = new Set(feed.brought);
    const listed: PostId[] = [];
    let title = '';
    const source = hostOf(feed.address);
    const file = { path: `${source}.xml`, blob: new Blob([body], { type }) };
    const mayCome = (post: PostId): boolean =>
      // What was deleted stays away, and what came from elsewhere is not overwritten by what a feed says of it.
      known.has(post) ? brought.has(post) && has(post) : !has(post);

    async function* allowed(events: AsyncIterable<ImportEvent>): AsyncGenerator<ImportEvent> {
      for await (const event of events) {
        if (event.kind === 'post') {
          title ||= event.post.source;
          listed.push(event.post.id);
          if (!mayCome(event.post.id)) continue;
        }
        yield event;
      }
    }
    const report = await arrive({
      events: (stop, onProgress) => allowed(reading.importFiles([file], { source, signal: stop, onProgress })),
      signal,
      onProgress: (progress) => this.#looks.progress(id, progress),
      // That it brought a post is noted with the post itself.
      alongside: (transaction, { added }) => {
        for (const post of added) noted.add(post);
        return this.#ports.note(transaction, FEEDS_KEY, this.#with(id, { brought: [...noted] }));
      },
    });
    if (report.cancelled) throw new KindredError('feed-unreachable', `“${feed.address}” was not read to its end.`);
    this.#looks.found(id, report.issues);
    const [first] = report.issues;
    if (first !== undefined && listed.length === 0) throw new KindredError(first.code, first.message);
    for (const post of report.added) brought.add(post);
    // What could not be stored is no post that was deleted: it comes with the next answer, which must be a whole one.
    const isStored = wasStored(report);
    const counts = { at: now(), added: report.added.length, changed: report.changed.length };
    return {
      title: title || feed.title,
      etag: isStored ? etag : null,
      modified: isStored ? modified : null,
      brought: [...brought],
      seen: listed.filter((post) => !brought.has(post) && (known.has(post) || has(post))),
      ...(counts.added + counts.changed === 0 ? {} : { found: counts }),
    };
  }

  #find(id: string): FeedRow | undefined {
    return this.#row.feeds.find((feed) => feed.id === id);
  }

  #byAddress(address: string): FeedRow | undefined {
    return this.#row.feeds.find((feed) => feed.address === address);
  }

  #with(id: string, change: Partial<FeedRow>): FeedsRow {
    return { ...this.#row, feeds: this.#row.feeds.map((feed) => (feed.id === id ? { ...feed, ...change } : feed)) };
  }

  async #change(id: string, change: Partial<FeedRow>): Promise<void> {
    this.#row = this.#with(id, change);
    await this.#save();
  }

  #save(): Promise<void> {
    this.#ports.onChange();
    return this.#saving.run(() => this.#ports.settings.put(FEEDS_KEY, this.#row));
  }
}

const unforeseen = (error: unknown): FeedRefused => new FeedRefused(toKindredError(error, 'feed-unreachable'), null);

function isRemovedFeed(undo: unknown): undo is RemovedFeed {
  return (undo as Partial<RemovedFeed> | null)?.kind === 'feed';
}
