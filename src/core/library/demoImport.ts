// Brings the demo's posts and drafts in, and remembers that it did.
import { importFiles } from '../importers/index.ts';
import { draftId } from '../draft.ts';
import { InTurn } from './inTurn.ts';
import type { ImportProgress, ImportReport, RequestOptions } from '../libraryApi.ts';
import { postId, type PostId } from '../post.ts';
import type { Parts } from './assemble.ts';
import { emptyReport } from './emptyReport.ts';
import { fetchDemo, parseDemoMemory, type Demo, type DemoMemory } from './demo.ts';

export const DEMO_KEY = 'demo';
/** Before the ids of the demo's posts, so that they never meet the author's own. */
const PREFIX = 'demo:';

export interface DemoOptions extends RequestOptions {
  firstVisit?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: ImportProgress) => void;
}

export interface DemoImportPorts {
  parts: Parts;
  url: string;
  now: () => number;
}

export class DemoImport {
  readonly #ports: DemoImportPorts;
  /** One after the other: two tabs may open at the same first visit. */
  readonly #turn = new InTurn();

  constructor(ports: DemoImportPorts) {
    this.#ports = ports;
  }

  run(options: DemoOptions): Promise<ImportReport> {
    return this.#turn.run(() => this.#run(options));
  }

  async #run({ firstVisit = false, signal, onProgress, id }: DemoOptions): Promise<ImportReport> {
    const { parts, url } = this.#ports;
    const memory = await this.#memory();
    if (firstVisit && memory?.cleared === true) return emptyReport('nothing');
    const demo = await fetchDemo(url, signal);
    const report = await parts.imports.run({
      id,
      events: (stop, onRead) => demoPosts(demo, stop, onRead),
      signal,
      onProgress,
    });
    if (memory === null) await this.#createDrafts(demo);
    await this.#remember({ hash: demo.hash, cleared: false });
    return report;
  }

  /** After posts went or came back: notes whether the author has taken the demo out. */
  async noteRemoval(): Promise<void> {
    const memory = await this.#memory();
    if (memory === null) return;
    const cleared = ![...this.#ports.parts.spaces.current.catalogue.ids()].some(isDemoPost);
    if (memory.cleared !== cleared) await this.#remember({ ...memory, cleared });
  }

  #memory(): Promise<DemoMemory | null> {
    return this.#ports.parts.store.settings.get(DEMO_KEY, parseDemoMemory);
  }

  #remember(memory: DemoMemory): Promise<void> {
    return this.#ports.parts.store.settings.put(DEMO_KEY, memory);
  }

  /** The first one is the last edited, and so the one that opens. */
  async #createDrafts({ drafts }: Demo): Promise<void> {
    const { parts, now } = this.#ports;
    if ((await parts.store.drafts.all()).length > 0) return;
    const at = now();
    for (const [index, draft] of drafts.entries()) {
      const time = at - index;
      await parts.store.drafts.put({ ...draft, id: draftId(`demo-${index + 1}`), createdAt: time, updatedAt: time });
    }
  }
}

const isDemoPost = (id: PostId): boolean => id.startsWith(PREFIX);

async function* demoPosts(
  { files, more, name }: Demo,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
): ReturnType<typeof importFiles> {
  const told: ImportProgress[] = [];
  for (const next of [() => files, () => more(signal)]) {
    const earlier = told.at(-1);
    const tell = (progress: ImportProgress): void => {
      const all = earlier === undefined ? progress : joined(earlier, progress);
      told.push(all);
      onProgress(all);
    };
    for await (const event of importFiles(await next(), { source: name, signal, onProgress: tell })) {
      yield event.kind === 'post' ? { ...event, post: { ...event.post, id: postId(PREFIX + event.post.id) } } : event;
    }
  }
}

/** Progress of two sets of files, one after the other. */
function joined(first: ImportProgress, second: ImportProgress): ImportProgress {
  const names = Object.keys(first) as (keyof ImportProgress)[];
  return Object.fromEntries(names.map((name) => [name, first[name] + second[name]])) as unknown as ImportProgress;
}
