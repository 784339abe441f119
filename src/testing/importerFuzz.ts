// Files made to break importers: exports of every format with hostile words in every field, bent by chance, packed and cut.
import { importFiles } from '../core/importers/index.ts';
import type { ImportFile } from '../core/libraryApi.ts';
import type { Post } from '../core/post.ts';
import { exportFormats, makeItem } from './exports/index.ts';
import type { ExportFiles, ExportItem } from './exports/index.ts';
import { gzip, packTar, packZip } from './packFiles.ts';

/** Numbers in 0 ≤ x < 1. */
export type Random = () => number;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <T>(random: Random, list: readonly T[]): T => {
  const found = list[below(random, list.length)];
  if (found === undefined) throw new RangeError('Nothing to pick from.');
  return found;
};

const WORDS = [
  '<script>window.stolen=1</script>',
  '<img src=x onerror=window.stolen=2>',
  'javascript:window.stolen=3',
  'JaVa\tScRiPt:window.stolen=4',
  'data:text/html,<script>window.stolen=5</script>',
  '"><svg/onload=window.stolen=6>',
  '</script><script>window.stolen=7</script>',
  ']]><script>window.stolen=8</script><![CDATA[',
  '&lt;script&gt;window.stolen=9&lt;/script&gt;',
  '\u202egnp.exe',
  '\0\ufffe\ud800',
  '00:01.000 --> 00:00.000 <v <script>window.stolen=10</script>>',
  '-->',
  '__proto__',
  'constructor',
  '{{ page.url }}{% include x %}{{< ref "a" >}}',
  '---\ntitle: [\n---',
  '+++\na = [\n+++',
  '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>&c;',
  '&a;&#0;&#x110000;&#xd800;',
  '1e999',
  '-1',
  'null',
  '[[a|b]] ![[c]] %%d%%',
  '"\n"',
  '=cmd|calc',
];

/** Things that cost time in numbers: each is some thousand code units. */
const LONG = [
  (n: number) => '<div>'.repeat(n),
  (n: number) => '['.repeat(n),
  (n: number) => '{"a":'.repeat(n),
  (n: number) => '> '.repeat(n),
  (n: number) => '*a_'.repeat(n),
  (n: number) => '![[a](b'.repeat(n),
  (n: number) => '<a href="'.repeat(n),
  (n: number) => '&amp;'.repeat(n),
  (n: number) => '"",'.repeat(n),
  (n: number) => '\n'.repeat(n),
  (n: number) => '<item>'.repeat(n),
  (n: number) => '<article><p>a</p>'.repeat(n),
  (n: number) => `${'word '.repeat(30)}\n`.repeat(n / 40),
  (n: number) => '#a '.repeat(n),
  (n: number) => '0:01 a\n'.repeat(n),
  (n: number) => '[caption x='.repeat(n),
  (n: number) => '<!-- '.repeat(n),
  (n: number) => '</p>'.repeat(n),
];

export interface FuzzCase {
  files: ImportFile[];
  /** What it was made of, to be told when it fails. */
  name: string;
}

/** The same numbers make the same case. */
export async function fuzzCase(random: Random): Promise<FuzzCase> {
  const names = [...exportFormats.keys()];
  const name = pick(random, names);
  const format = exportFormats.get(name);
  const hostile = (): string => pick(random, WORDS).replaceAll('\0', '');
  const items: ExportItem[] = Array.from({ length: 1 + below(random, 3) }, (_, index) =>
    makeItem(
      index + 1,
      random() < 0.5 ? {} : { title: hostile(), html: `<p>${hostile()}</p>`, text: hostile(), tags: [hostile()] },
    ),
  );
  let files: ExportFiles = (await format?.write(items)) ?? {};
  const rounds = below(random, 4);
  for (let round = 0; round < rounds; round++) {
    const [path, content] = pick(random, Object.entries(files));
    const other = pick(random, Object.values(files));
    files = { ...files, [path]: bend(random, content, other) };
  }
  if (random() < 0.1) files = renamed(random, files);
  const loose = Object.entries(files).map(([path, content]) => ({ path, blob: new Blob([content]) }));
  if (random() >= 0.1) return { files: loose, name };
  return {
    files: [{ path: pick(random, ['a.zip', 'a.tar', 'a.tgz', 'a', 'a.md']), blob: await packed(random, files) }],
    name: `${name}, packed`,
  };
}

function bend(random: Random, content: ExportFiles[string], other: ExportFiles[string]): ExportFiles[string] {
  if (typeof content !== 'string') return bentBytes(random, content);
  const at = below(random, content.length + 1);
  const length = below(random, Math.min(2000, content.length - at + 1));
  const head = content.slice(0, at);
  switch (below(random, 8)) {
    case 0:
      return head + pick(random, WORDS) + content.slice(at);
    case 1:
      return head + pick(random, LONG)(1 + below(random, 3000)) + content.slice(at);
    case 2:
      return head + content.slice(at + length);
    case 3:
      return head;
    case 4:
      return head + content.slice(at, at + length).repeat(1 + below(random, 5)) + content.slice(at);
    case 5:
      return head + String(other).slice(below(random, String(other).length)) + content.slice(at + length);
    case 6:
      return replaceToken(random, content);
    default:
      return bentBytes(random, new TextEncoder().encode(content));
  }
}

/** Puts another thing where a string, a number or an attribute stood. */
function replaceToken(random: Random, content: string): string {
  const tokens = [...content.matchAll(/"[^"\n]{0,200}"|\b\d+\b|<[^<>]{1,80}>/g)];
  if (tokens.length === 0) return content;
  const { 0: token, index } = pick(random, tokens);
  const by = pick(random, [
    JSON.stringify(pick(random, WORDS)),
    'null',
    '{}',
    '[]',
    '-1',
    '1e999',
    'true',
    '""',
    `"${'x'.repeat(3000)}"`,
  ]);
  return content.slice(0, index) + by + content.slice(index + token.length);
}

function bentBytes(random: Random, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(content);
  if (bytes.length === 0) return bytes;
  const times = 1 + below(random, 8);
  for (let time = 0; time < times; time++) bytes[below(random, bytes.length)] = below(random, 256);
  return random() < 0.2 ? bytes.slice(0, below(random, bytes.length)) : bytes;
}

function renamed(random: Random, files: ExportFiles): ExportFiles {
  const endings = [
    'md',
    'mdx',
    'html',
    'xml',
    'json',
    'jsonl',
    'csv',
    'vtt',
    'srt',
    'txt',
    'car',
    'js',
    'zip',
    'gz',
    'opml',
    'bin',
  ];
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      `${path.replace(/\.[^./]*$/, '')}.${pick(random, endings)}`,
      content,
    ]),
  );
}

async function packed(random: Random, files: ExportFiles): Promise<Blob> {
  const named =
    random() < 0.3
      ? Object.fromEntries(Object.entries(files).map(([path, content]) => [`../${path}`, content]))
      : files;
  const archive = random() < 0.5 ? await packTar(named) : await packZip(files);
  const whole = random() < 0.3 ? await gzip(archive) : archive;
  if (random() < 0.4) return whole;
  return new Blob([bentBytes(random, new Uint8Array(await whole.arrayBuffer()))]);
}

/** Reads a case as the library would. Throws when an importer does, or gives a post that the page could not trust. */
export async function readFuzzCase({ files, name }: FuzzCase): Promise<number> {
  let posts = 0;
  for await (const event of importFiles(files, { source: 'blog', include: ['draft', 'private', 'reply'] })) {
    if (event.kind !== 'post') continue;
    posts++;
    checkPost(event.post, name);
  }
  return posts;
}

const KEPT_ADDRESS = /^(?:https?:|mailto:|[^:]*$|[^:]*[/?#])/i;
const IGNORED_BY_BROWSERS = /[\u0000-\u0020\u007f]+/g; // eslint-disable-line no-control-regex

function checkPost(post: Post, name: string): void {
  const fail = (what: string): never => {
    throw new Error(`${name}: ${what} (${JSON.stringify(post.id).slice(0, 200)})`);
  };
  if (typeof post.title !== 'string' || post.title === '') fail('a post without a title');
  if (post.date !== null && !/^\d{4}-\d{2}-\d{2}/.test(post.date)) fail(`the date ${post.date}`);
  for (const address of [post.url, ...post.links.map(({ href }) => href)]) {
    if (address !== null && !KEPT_ADDRESS.test(address.replace(IGNORED_BY_BROWSERS, '')))
      fail(`the address ${address}`);
  }
  let end = 0;
  for (const block of post.blocks) {
    if (block.start < end || block.end <= block.start || block.end > post.text.length) fail('a block out of its text');
    if (block.startS !== undefined && !(block.startS >= 0 && (block.endS ?? 0) >= block.startS))
      fail('a cue out of time');
    end = block.end;
  }
  for (const link of post.links)
    if (link.start < 0 || link.end <= link.start || link.end > post.text.length) fail('a link out of its text');
  if (![...post.tags, ...post.authors].every((one) => typeof one === 'string')) fail('a tag that is no text');
  // It must cross to the page and back from the disk as it is.
  structuredClone(post);
}
