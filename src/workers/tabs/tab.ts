// One tab among several: does the work itself when it leads, and asks the leader when it does not. Callers see one library.
import { KindredError } from '../../core/errors.ts';
import type { LibraryApi, OpenOptions } from '../../core/libraryApi.ts';
import type { WorkReason } from '../../core/tabs.ts';
import { connect, serve } from '../rpc/index.ts';
import { messageData } from '../rpc/endpoint.ts';
import { callAgain, type LibraryLink } from './callAgain.ts';
import { Followers } from './followers.ts';
import { Leadership, type Succession } from './leadership.ts';
import { LeaderWatch } from './leaderWatch.ts';
import { loopback } from './loopback.ts';
import { isTabMessage, type Leader, type TabMessage } from './messages.ts';
import { PAGES_CHANNEL, presenceLock, TABS_CHANNEL, type TabChannel, type TabPlatform } from './platform.ts';
import { SharedLibrary } from './sharedLibrary.ts';
import { newerThan, otherVersion } from './version.ts';

/** A leader hears from each tab at least this often, or takes it to be stopped. */
const SIGN_OF_LIFE_MS = 20_000;

/** A leader that is heard and has not let this tab in by then did not get its message. */
const REJOIN_MS = 1_000;

export interface TabOptions {
  platform: TabPlatform;
  /** A library over the database; `shared` when other tabs may take it over. */
  createLibrary: (use: { shared: boolean }) => LibraryApi;
}

export interface Tab {
  library: LibraryApi;
  /** Begins to look for the others. */
  start(): void;
}

interface Lead {
  me: Leader;
  library: LibraryApi;
  shared: SharedLibrary;
  followers: Followers;
  /** Ends what this tab itself calls. */
  stop: () => void;
}

export function createTab({ platform, createLibrary }: TabOptions): Tab {
  const { id, build, schema, startedAt } = platform;
  const version = { build, schema, startedAt };
  let control: TabChannel | null = null;
  let pages: TabChannel | null = null;
  let known: Leader | null = null;
  let lead: Lead | null = null;
  let link: LibraryLink | null = null;
  let joining: TabChannel | null = null;
  let joiningAt = -Infinity;
  let outdated: KindredError | null = null;
  let openOptions: OpenOptions | undefined;
  let waiting = 0;
  let saidAt = -Infinity;
  let endPresence = (): void => undefined;
  const arrivals = new Set<() => void>();

  const leadership = new Leadership({
    locks: platform.locks,
    ownLock: presenceLock(id),
    now: () => platform.now(),
    onLead: begin,
    onLost: () => {
      void giveUp();
      leadership.start();
      watch.start();
      say({ tabs: 'who', from: id });
    },
    onRefused: () => beginAlone(),
  });

  const watch = new LeaderWatch({
    now: () => platform.now(),
    after: (ms, run) => platform.after(ms, run),
    awaiting: () => waiting > 0 || link === null,
    ask: () => {
      say({ tabs: 'who', from: id });
      pages?.postMessage({ tabs: 'alive?', of: known?.tab ?? null } satisfies TabMessage, []);
      void leadership.suspect().catch(() => undefined);
    },
    onStopped: () => {
      const suspect = known?.since ?? 0;
      void leadership.takeOver(() => watch.stopped && (known?.since ?? 0) === suspect);
    },
  });

  function say(message: TabMessage): void {
    saidAt = platform.now();
    control?.postMessage(message, []);
  }

  /** What waits for a library looks again. */
  function arrived(): void {
    for (const wake of [...arrivals]) wake();
  }

  function dropLink(): void {
    joining?.close();
    joining = null;
    const lost = link;
    link = null;
    lost?.close(takenOver());
  }

  function begin(how: Succession): void {
    const why: WorkReason = how === 'taken' ? 'stopped' : known === null ? 'first' : 'closed';
    dropLink();
    watch.stop();
    leadership.settled();
    const since = Math.max(platform.now(), (known?.since ?? 0) + 1);
    known = { ...version, tab: id, since };
    use(createLibrary({ shared: true }), why, known);
    say({ tabs: 'leader', leader: known });
    platform.tellPage(true);
  }

  function beginAlone(): void {
    if (lead !== null || outdated !== null) return;
    watch.stop();
    use(createLibrary({ shared: false }), 'cannot-share', { ...version, tab: id, since: platform.now() });
  }

  function use(library: LibraryApi, why: WorkReason, me: Leader): void {
    const shared = new SharedLibrary({ library, why, since: me.since, onTakenOver: () => step(me) });
    const { api } = shared.join({ here: true, listens: () => true });
    const [near, far] = loopback();
    const stop = serve(api, far);
    lead = { me, library, shared, followers: new Followers(platform, shared), stop };
    link = connect<LibraryApi>(near, 'The library');
    // What others ask waits for it; a failure is told to whoever asks.
    if (openOptions !== undefined) void library.open(openOptions).catch(() => undefined);
    arrived();
  }

  /** Another tab writes: this one does not any more, whatever the lock says. */
  function step(from: Leader): void {
    if (lead?.me !== from) return;
    leadership.resign({ forGood: false });
    void giveUp();
    leadership.start();
    watch.start();
  }

  /** Stops doing the work. What was asked of it is asked of the next. Resolves when nothing of it is left in memory. */
  async function giveUp(): Promise<void> {
    const given = lead;
    if (given === null) return;
    lead = null;
    platform.tellPage(false);
    dropLink();
    given.followers.close();
    given.stop();
    await given.library.close().catch(() => undefined);
  }

  function beOutdated(error: KindredError): void {
    outdated = error;
    watch.stop();
    dropLink();
    void giveUp().finally(() => leadership.resign({ forGood: true }));
    arrived();
  }

  function meet(leader: Leader): void {
    if (outdated !== null || leader.tab === id) return;
    if (lead !== null) {
      if (leader.since > lead.me.since) step(lead.me);
      else return;
    }
    if (known !== null && leader.since < known.since) return;
    const before = known;
    known = leader;
    watch.heard();
    leadership.settled();
    if (leader.build !== build) {
      const mine = newerThan(version, leader);
      if (mine) say({ tabs: 'yield', to: leader.tab, version });
      else beOutdated(otherVersion(leader.schema > schema));
    } else if (!isSame(before, leader) || (link === null && (joining === null || joiningTooLong()))) join(leader);
  }

  const joiningTooLong = (): boolean => platform.now() - joiningAt > REJOIN_MS;

  function join(leader: Leader): void {
    dropLink();
    joiningAt = platform.now();
    const name = `${TABS_CHANNEL} ${crypto.randomUUID()}`;
    const channel = platform.openChannel(name);
    joining = channel;
    const onMessage = (event: Event): void => {
      watch.heard();
      const data = messageData(event);
      if (joining !== channel || !isTabMessage(data) || data.tabs !== 'welcome') return;
      joining = null;
      link = connect<LibraryApi>(channel, 'The library');
      arrived();
    };
    channel.addEventListener('message', onMessage);
    say({ tabs: 'join', from: id, to: leader.tab, since: leader.since, channel: name });
    // Not served in time: it may have stopped just now, or is too busy to have heard.
    watch.hurry();
  }

  function onControl(event: Event): void {
    const message = messageData(event);
    if (!isTabMessage(message)) return;
    switch (message.tabs) {
      case 'who':
        lead?.followers.heard(message.from);
        if (lead !== null && control !== null) say({ tabs: 'leader', leader: lead.me });
        break;
      case 'leader':
        meet(message.leader);
        if (lead === null && platform.now() - saidAt > SIGN_OF_LIFE_MS) say({ tabs: 'who', from: id });
        break;
      case 'join':
        if (lead !== null && message.to === id && message.since === lead.me.since)
          lead.followers.add(message.from, message.channel);
        break;
      case 'yield':
        if (lead !== null && message.to === id && newerThan(message.version, version))
          beOutdated(otherVersion(message.version.schema > schema));
        break;
      case 'welcome':
      case 'alive?':
      case 'alive':
      case 'leads':
        break;
    }
  }

  async function next(failed: LibraryLink | null): Promise<LibraryLink> {
    if (failed !== null && failed === link && failed.ended === null) {
      // It says itself that it has lost the work: another is about to be heard of.
      if (lead === null) dropLink();
      else step(lead.me);
    }
    for (;;) {
      if (outdated !== null) throw outdated;
      if (link !== null && link.ended === null) return link;
      if (link !== null && known !== null && lead === null) join(known);
      watch.hurry();
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          arrivals.delete(wake);
          resolve();
        };
        arrivals.add(wake);
      });
    }
  }

  const library = callAgain({
    next,
    asker: id,
    newId: () => crypto.randomUUID(),
    onOpen: (options) => {
      openOptions = options ?? openOptions ?? {};
    },
    onWaiting: (change) => {
      waiting += change;
      if (change > 0) watch.hurry();
    },
    close: async () => {
      outdated ??= new KindredError('disposed', 'The library is closed. Reload the page to open it again.');
      watch.stop();
      await giveUp();
      dropLink();
      leadership.resign({ forGood: true });
      arrived();
      endPresence();
      control?.close();
      pages?.close();
      control = pages = null;
    },
  });

  return {
    library,
    start: () => {
      control = platform.openChannel(TABS_CHANNEL);
      control.addEventListener('message', onControl);
      pages = platform.openChannel(PAGES_CHANNEL);
      pages.addEventListener('message', (event) => {
        const message = messageData(event);
        if (isTabMessage(message) && message.tabs === 'alive') watch.heardPage();
      });
      platform.locks
        .request(presenceLock(id), {}, () => {
          say({ tabs: 'who', from: id });
          leadership.start();
          watch.start();
          return new Promise<void>((resolve) => (endPresence = resolve));
        })
        .catch(() => beginAlone());
    },
  };
}

const isSame = (a: Leader | null, b: Leader): boolean => a?.since === b.since && a.tab === b.tab;

const takenOver = (): KindredError =>
  new KindredError('taken-over', 'Another tab has taken over the library; what was asked is sent to it.');
