// Which model the library is read with: decides it for a new library, follows the author's choice, and hands over when another is done.
import { spaceKey } from '../embedding.ts';
import { KindredError, toKindredError } from '../errors.ts';
import type { ListedModel } from '../model/modelList.ts';
import type { ModelChoice, ModelsStatus } from '../modelChoice.ts';
import type { ExecutionProvider, Refusable } from '../status.ts';
import type { Store } from '../store/openStore.ts';
import { createFirstModel } from './firstModel.ts';
import { lastSpaceRow, readLastSpace, stillIn } from './lastSpace.ts';
import { RunningChange } from './modelChange.ts';
import type { ModelFacts, ModelPort, ModelSupply } from './modelPort.ts';
import type { Pace } from './pace.ts';
import type { Space, SpacePorts, Spaces } from './space.ts';
import { changeRow, choiceRow, readChange, readChoice, write } from './storedChoice.ts';

export interface ModelsPorts {
  supply: ModelSupply;
  store: Store;
  spaces: Spaces;
  pace: Pace;
  /** What the space of a change is made with. */
  spacePorts: SpacePorts;
  onChange: () => void;
}

export class Models {
  readonly #ports: ModelsPorts;
  readonly #facts = new Map<string, ModelFacts>();
  #list: readonly ListedModel[] = [];
  #choice: ModelChoice | null = null;
  #change: RunningChange | null = null;
  /** The change that an earlier visit has left, until it is taken up. */
  #left: string | null = null;
  #begun: Promise<void> = Promise.resolve();
  #closed = false;
  /** Choices are made one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(ports: ModelsPorts) {
    this.#ports = ports;
  }

  status(): ModelsStatus {
    const { pace } = this.#ports;
    const options = this.#list.map((model) => {
      const { name, bytes, kept, keptBytes, dimension } = this.#facts.get(model.id) ?? UNKNOWN;
      const rate = pace.tokensPerSecond(model, this.#list);
      const msPerPost = rate === null ? null : (pace.tokensPerPost / rate) * 1000;
      return { id: model.id, name, size: model.size, bytes, kept, keptBytes, dimension, msPerPost };
    });
    return { options, choice: this.#choice, change: this.#change?.status() ?? null };
  }

  /** True while another model is to take over: what its vectors and passages are must stay. */
  get changing(): boolean {
    return this.#change !== null || this.#left !== null;
  }

  /** Every post of a space is read: when it is the coming one, it takes over. */
  complete(space: Space): void {
    if (space === this.#change?.space) void this.#change.complete();
  }

  /** Model that the given space is filled by. */
  modelOf(space: Space): string | null {
    return space === this.#change?.space ? this.#change.to : (this.#choice?.model ?? null);
  }

  /** Opens what the last visit left, then starts the model. Never rejects: a failure is a state of the session. */
  start(): Promise<void> {
    this.#begun = this.#begin().catch((error: unknown) =>
      this.#ports.spaces.current.session.fail(toKindredError(error)),
    );
    return this.#begun;
  }

  retry(): void {
    const { session, queue } = this.#ports.spaces.current;
    if (this.#list.length === 0) {
      void this.start();
      return;
    }
    const changeFailed = this.#change?.status().state === 'failed';
    if (changeFailed) this.#change?.retry();
    if (!changeFailed || session.ready === null || queue.state().state === 'failed') session.retry();
  }

  /** See LibraryApi. */
  choose(id: string): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#list.some((model) => model.id === id)) {
        const message = `There is no model ${id} in the list. Choose one of ${this.#list.map((model) => model.id).join(', ')}.`;
        throw new KindredError('model-missing', message, { item: id });
      }
      if (this.#change?.to === id) return;
      await this.#drop();
      if (this.#choice?.model === id) return;
      const { store, spaces, supply } = this.#ports;
      if (spaces.current.catalogue.counts.vectors === 0) {
        // Nothing answers yet: there is nothing to keep.
        await this.#decide({ model: id, by: 'person', measured: this.#choice?.measured ?? null });
        spaces.current.session.start(supply.port(id, { asked: true }));
        return;
      }
      await write(store.settings, changeRow(id));
      this.#beginChange(id);
    });
  }

  cancel(): Promise<void> {
    return this.#inTurn(() => this.#drop());
  }

  /** See LibraryApi. */
  async forgetFiles(id: string): Promise<void> {
    await this.#ports.supply.forget(id);
    await this.#readFacts();
  }

  /** See LibraryApi. */
  async tryAgain(what: Refusable): Promise<void> {
    const { session } = this.#ports.spaces.current;
    if (session.plan === null) return;
    await this.#ports.supply.forgetRefusal(session.plan.key, what);
    session.retry();
  }

  /** Ends a change under way, which the next visit takes up. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#begun;
    await this.#change?.close();
  }

  async #begin(): Promise<void> {
    const { store, supply, spaces, pace } = this.#ports;
    const { settings } = store;
    const [stored, last, left] = [
      await readChoice(settings),
      await readLastSpace(settings),
      await readChange(settings),
    ];
    await pace.load();
    this.#left = left;
    if (last !== null && spaces.current.vectors.space === null) spaces.current.session.recall(last);
    this.#list = await supply.list();
    const known = (id: string | undefined): boolean => this.#list.some((model) => model.id === id);
    const before = last?.space.model.replace(/@.*$/, '');
    if (stored !== null && known(stored.model)) this.#choice = stored;
    else if (before !== undefined && known(before))
      await this.#decide({ model: before, by: 'library', measured: null });
    if (this.#closed) return;
    spaces.current.session.start(this.#choice === null ? this.#firstModel() : supply.port(this.#choice.model));
    this.#ports.onChange();
    void this.#readFacts();
    // Once more when it is known where the model runs, and what had to be fetched is kept.
    void spaces.current.session.settled.then(() => this.#readFacts());
    void this.#takeUp(left !== null && left !== this.#choice?.model && known(left) ? left : null);
  }

  #firstModel(): ModelPort {
    const { supply, pace } = this.#ports;
    return createFirstModel({
      supply,
      list: this.#list,
      tokensPerPost: () => pace.tokensPerPost,
      onDecided: (choice) => void this.#decide(choice).catch(() => undefined),
    });
  }

  /** Goes on with a change that an earlier visit has left, once the present model has had its turn. */
  async #takeUp(to: string | null): Promise<void> {
    const { spaces } = this.#ports;
    if (to !== null) await spaces.current.session.settled;
    await this.#inTurn(async () => {
      if (this.#left === null || this.#closed) return;
      if (to === null) return this.#drop();
      this.#left = null;
      if (this.#change === null) this.#beginChange(to);
    }).catch(() => undefined);
  }

  #beginChange(to: string): void {
    const { supply, spaces, spacePorts, onChange } = this.#ports;
    const change = new RunningChange({
      to,
      port: supply.port(to, { asked: true }),
      catalogue: spaces.current.catalogue,
      spacePorts,
      handOver: (done) => this.#inTurn(() => this.#handOver(done)),
    });
    this.#change = change;
    spaces.next = change.space;
    change.start();
    onChange();
  }

  /** Another model answers from now on: one transaction on the disk, one assignment here. */
  async #handOver(change: RunningChange): Promise<void> {
    const { store, spaces, onChange } = this.#ports;
    const { ready } = change.space.session;
    const { rule } = change.space;
    if (this.#change !== change || ready === null || rule === null || this.#closed) return;
    const before = spaces.current;
    const lost = change.space.leftOut - before.leftOut;
    if (lost > 0) throw unreadable(lost, change.space.queue.state().reason);
    before.queue.pause('Another model takes over.');
    await before.queue.settled();
    const { space } = ready.embedder;
    const choice: ModelChoice = { model: change.to, by: 'person', measured: this.#choice?.measured ?? null };
    try {
      const settings = [choiceRow(choice), changeRow(null), lastSpaceRow({ space, rule })];
      const held = before.vectors.space;
      await store.spaces.settle(
        { key: spaceKey(space), rule },
        held === null ? { settings } : { settings, provided: stillIn(held) },
      );
    } catch (error) {
      before.queue.resume();
      throw error;
    }
    spaces.current = change.space;
    spaces.next = null;
    this.#change = null;
    this.#choice = choice;
    onChange();
    await before.close();
    // Room was made: what a full disk kept in memory may fit now.
    await store.drain();
    await this.#readFacts();
  }

  /** Forgets a change, and what it has embedded. */
  async #drop(): Promise<void> {
    const { store, spaces, onChange } = this.#ports;
    const change = this.#change;
    if (change === null && this.#left === null) return;
    this.#change = null;
    this.#left = null;
    spaces.next = null;
    onChange();
    await change?.close();
    const { vectors, rule } = spaces.current;
    const kept = vectors.space !== null && rule !== null ? { key: vectors.space, rule } : null;
    const settled =
      kept !== null && (await store.spaces.settle(kept, { settings: [changeRow(null)], provided: stillIn(kept.key) }));
    if (!settled) await write(store.settings, changeRow(null));
  }

  async #decide(choice: ModelChoice): Promise<void> {
    this.#choice = choice;
    this.#ports.onChange();
    await write(this.#ports.store.settings, choiceRow(choice));
  }

  /** A manifest that can't be read leaves its model without figures; choosing it then says why. */
  async #readFacts(): Promise<void> {
    const { supply, spaces, onChange } = this.#ports;
    const provider: ExecutionProvider = spaces.current.session.plan?.provider ?? 'wasm';
    for (const { id } of this.#list) {
      const facts = await supply.facts(id, provider).catch(() => null);
      if (facts !== null) this.#facts.set(id, facts);
    }
    onChange();
  }

  async #inTurn(step: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(() => this.#begun).then(step);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function unreadable(posts: number, reason: string | null): KindredError {
  const which = posts === 1 ? '1 post' : `${posts} posts`;
  const message = `${which} can not be read with this model, though the present one can: ${reason ?? 'it gave no reason'} Try again, or stay with the present model.`;
  return new KindredError('backend-failed', message);
}

const UNKNOWN: { [K in keyof ModelFacts]: ModelFacts[K] | null } & Pick<ModelFacts, 'kept' | 'keptBytes'> = {
  name: null,
  bytes: null,
  kept: false,
  keptBytes: 0,
  dimension: null,
};
