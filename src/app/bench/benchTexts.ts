// What the device is measured on: texts of even lengths, and paragraphs as they come, from the demo's posts.

export interface TextSet {
  /** `words` of a set of even length; null for paragraphs as they come. */
  words: number | null;
  /** All in one call, so that whoever runs texts of one length together finds some. */
  whole: boolean;
  texts: string[];
}

/** About 16, 32, 64, 128 and 240 tokens. */
const WORDS = [11, 22, 46, 94, 176];
/** As many as the library's queue gives at once. */
const TEXTS_A_LENGTH = 16;
const PARAGRAPHS = 64;
/** As many at once, or nearly, as the library's queue chooses from. */
const MANY_PARAGRAPHS = 256;
/** So many words a text may lose to have the same number of tokens as the others. */
const LOST_WORDS = 6;
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
    whole: false,
    texts: Array.from({ length: TEXTS_A_LENGTH }, (_, at) => wordsFrom(words, at * count, count)),
  }));
  return [
    ...even,
    { words: null, whole: false, texts: spread(paragraphs, PARAGRAPHS) },
    { words: null, whole: true, texts: spread(paragraphs, MANY_PARAGRAPHS) },
  ];
}

/**
 * As many texts, each the beginning of one that was given, all of equally many tokens: that of a few lengths which most of them can
 * have. Those that can't are replaced by those that can.
 */
export async function ofOneLength(
  texts: readonly string[],
  countTokens: (texts: readonly string[]) => Promise<Uint32Array>,
): Promise<string[]> {
  const cuts = texts.map((text) => {
    const words = text.split(' ');
    return Array.from({ length: Math.min(LOST_WORDS, words.length) }, (_, lost) =>
      words.slice(0, words.length - lost).join(' '),
    );
  });
  const counts = await countTokens(cuts.flat());
  const byLength = new Map<number, string[]>();
  let at = 0;
  for (const beginnings of cuts) {
    const own = new Map(beginnings.map((text) => [counts[at++] ?? 0, text]));
    for (const [length, text] of own) byLength.set(length, [...(byLength.get(length) ?? []), text]);
  }
  const [best = []] = [...byLength.entries()]
    .sort(([a, some], [b, others]) => others.length - some.length || b - a)
    .map(([, found]) => found);
  return texts.map((text, index) => best[index % best.length] ?? text);
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
