// The demo's posts and drafts, as the site serves them: one file, checked before anything of it is used.
import { KindredError } from '../errors.ts';
import type { ImportFile } from '../libraryApi.ts';

export interface Demo {
  name: string;
  /** Another one, another demo. */
  hash: string;
  files: ImportFile[];
  drafts: { title: string; body: string }[];
}

/** What is remembered of the demo between visits. */
export interface DemoMemory {
  hash: string;
  /** The author took it out: it comes back only when asked for. */
  cleared: boolean;
}

/** Rejects with `unexpected` when the site does not answer with a demo, or with the signal's reason. */
export async function fetchDemo(url: string, signal?: AbortSignal): Promise<Demo> {
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (!response.ok) throw new Error(`the site answered ${response.status}`);
    return parseDemo(await response.json());
  } catch (error) {
    signal?.throwIfAborted();
    const text = error instanceof Error ? error.message : String(error);
    throw new KindredError(
      'unexpected',
      `The demo's posts could not be loaded (${text}). Reload the page, or add posts of your own.`,
      {
        item: url,
        cause: error,
      },
    );
  }
}

function parseDemo(value: unknown): Demo {
  const { name, hash, posts, drafts } = fieldsOf(value);
  if (typeof name !== 'string' || typeof hash !== 'string' || !Array.isArray(posts) || !Array.isArray(drafts)) {
    throw new TypeError('not a demo');
  }
  return {
    name,
    hash,
    files: posts.map((post) => {
      const { path, text } = fieldsOf(post);
      return { path: String(path), blob: new Blob([String(text)]) };
    }),
    drafts: drafts.map((draft) => {
      const { title, body } = fieldsOf(draft);
      return { title: String(title), body: String(body) };
    }),
  };
}

export function parseDemoMemory(value: unknown): DemoMemory | null {
  const { hash, cleared } = fieldsOf(value);
  return typeof hash === 'string' && typeof cleared === 'boolean' ? { hash, cleared } : null;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
