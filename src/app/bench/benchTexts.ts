// What the device is measured on: texts of even lengths, and paragraphs as they come, from the demo's posts.

export interface TextSet {
  /** `words` of a set of even length; null for paragraphs as they come. */
  words: number | null;
  texts: string[];
}

/** About 16, 32, 64, 128 and 240 tokens. */
const WORDS = [11, 22, 46, 94, 176];
/** As many as the library's queue gives at once. */
const TEXTS_A_LENGTH = 16;
const PARAGRAPHS = 64;
const LEAST_WORDS = 8;

/** Rejects with an error that names the address when the site does not answer with its demo. */
export async function readBenchTexts(address: string, signal?: AbortSignal): Promise<TextSet[]> {
  const response = await fetch(address, signal === undefined ? {} : { signal });
  if (!response.ok) throw new Error(`${address} answered ${response.status}. Reload the page to try again.`);
  const { posts } = (await response.json()) as { posts: { path: string; text: string }[] };
  return textSets(posts.filter(({ path }) => path.endsWith('.md')).map(({ text }) => text));
}

/** From posts whose front matter is one line of JSON. */
export function textSets(posts: readonly string[]): TextSet[] {
  const paragraphs = posts.flatMap((post) => paragraphsOf(post.slice(post.indexOf('\n') + 1)));
  const words = paragraphs.flatMap((paragraph) => paragraph.split(/\s+/));
  const even = WORDS.map((count) => ({
    words: count,
    texts: Array.from({ length: TEXTS_A_LENGTH }, (_, at) => wordsFrom(words, at * count, count)),
  }));
  return [...even, { words: null, texts: spread(paragraphs, PARAGRAPHS) }];
}

function paragraphsOf(body: string): string[] {
  return body
    .split(/\n{2,}/)
    .map((block) => block.replace(/\s+/g, ' ').trim())
    .filter((block) => /^[\p{L}“"']/u.test(block) && block.split(' ').length >= LEAST_WORDS);
}

/** So many words from a place on; from the beginning again after the last. */
function wordsFrom(words: readonly string[], from: number, count: number): string {
  return Array.from({ length: count }, (_, at) => words[(from + at) % Math.max(1, words.length)] ?? '').join(' ');
}

/** So many of them from all over the list. */
function spread(items: readonly string[], count: number): string[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, at) => items[Math.floor(at * step)] ?? '');
}
