// The demo's posts and drafts, as the site serves them: files, checked before anything of them is used.
import { KindredError } from '../errors.ts';
import { fieldsOf } from './fieldsOf.ts';
import type { ImportFile } from '../libraryApi.ts';

export interface Demo {
  name: string;
  /** Another one, another demo. */
  hash: string;
  files: ImportFile[];
  /** Fetches the rest of the posts, which may come later; rejects as `fetchDemo`. */
  more: (signal?: AbortSignal) => Promise<ImportFile[]>;
  drafts: { title: string; body: string }[];
}

/** What is remembered of the demo between visits. */
export interface DemoMemory {
  hash: string;
  /** The author took it out: it comes back only when asked for. */
  cleared: boolean;
}

/** Rejects with `unexpected` when the site does not answer with a demo, or with the signal's reason. */
export function fetchDemo(url: string, signal?: AbortSignal): Promise<Demo> {
  return fetchParsed(url, (value) => parseDemo(value, url), signal);
}

async function fetchParsed<T>(url: string, parse: (value: unknown) => T, signal?: AbortSignal): Promise<T> {
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (!response.ok) throw new Error(`the site answered ${response.status}`);
    return parse(await response.json());
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

function parseDemo(value: unknown, url: string): Demo {
  const { name, hash, posts, drafts, more } = fieldsOf(value);
  if (typeof name !== 'string' || typeof hash !== 'string' || !Array.isArray(drafts)) {
    throw new TypeError('not a demo');
  }
  return {
    name,
    hash,
    files: filesOf(posts),
    more: async (signal) => {
      if (typeof more !== 'string') return [];
      // The site may lie below the root, and its address needs no origin here.
      return fetchParsed(url.replace(/[^/]*$/, more), (rest) => filesOf(fieldsOf(rest)['posts']), signal);
    },
    drafts: drafts.map((draft) => {
      const { title, body } = fieldsOf(draft);
      return { title: String(title), body: String(body) };
    }),
  };
}

function filesOf(posts: unknown): ImportFile[] {
  if (!Array.isArray(posts)) throw new TypeError('not a demo');
  return posts.map((post) => {
    const { path, text } = fieldsOf(post);
    return { path: String(path), blob: new Blob([String(text)]) };
  });
}

export function parseDemoMemory(value: unknown): DemoMemory | null {
  const { hash, cleared } = fieldsOf(value);
  return typeof hash === 'string' && typeof cleared === 'boolean' ? { hash, cleared } : null;
}
