// Posts edited by program: what stays the same message, and what only looks like it.
import { randomOf } from '../../../bench/random.ts';
import { sentences as sentenceSpans } from '../../../src/core/text/sentences.ts';
import { markdownToText } from '../../../src/core/text/structure/markdown.ts';
import { textHash } from '../../../src/core/text/textHash.ts';
import { wording } from '../../../src/core/text/wording.ts';
import { findSites, readSite, siteName } from '../site.ts';
import type { AskedPost, DuplicateSet } from './duplicateSet.ts';

/** Sites to choose thresholds on; all others are for reporting. */
const CHOSEN: readonly string[] = ['18f'];
/** Not asked: its posts stand on 18F too. */
const LEFT_OUT: readonly string[] = ['digitalgov'];
/** Posts of a site that are edited. */
const MOST_POSTS = 60;
const FEWEST_WORDS = 60;
const FEWEST_NUMBERS = 2;
const FEWEST_NAMES = 3;
/** Words of another post around a quotation, at most. */
const AROUND_QUOTE = 250;

type Random = () => number;

interface Edit {
  name: string;
  /** Whether the edited post still says the same. */
  same: boolean;
  /** Null where a post has nothing to edit. */
  apply: (post: AskedPost, other: AskedPost, random: Random) => { title: string; text: string } | null;
}

const EDITS: readonly Edit[] = [
  {
    name: 'reordered',
    same: true,
    apply: ({ title, text }, _, random) => ({ title, text: joined(shuffled(parts(text), random)) }),
  },
  {
    name: 'shortened',
    same: true,
    apply: ({ title, text }, _, random) => ({
      title,
      text: joined(parts(text).filter((_part, at) => at === 0 || random() < 0.5)),
    }),
  },
  {
    name: 'opening',
    same: true,
    apply: ({ title, text }) => ({
      title,
      text: joined(parts(text).slice(0, Math.max(3, Math.ceil(parts(text).length / 3)))),
    }),
  },
  { name: 'reworded', same: true, apply: ({ title, text }, _, random) => ({ title, text: reworded(text, random) }) },
  { name: 'retitled', same: true, apply: ({ text }) => ({ title: 'From the archive', text }) },
  {
    name: 'numbers respelt',
    same: true,
    apply: ({ title, text }) => (countNumbers(text) < FEWEST_NUMBERS ? null : { title, text: respelt(text) }),
  },
  {
    name: 'numbers changed',
    same: false,
    apply: ({ title, text }, _, random) =>
      countNumbers(text) < FEWEST_NUMBERS
        ? null
        : { title: otherNumbers(title, random), text: otherNumbers(text, random) },
  },
  { name: 'names changed', same: false, apply: ({ title, text, blocks }) => otherNames(title, text, blocks) },
  { name: 'quoted', same: false, apply: (post, other) => ({ title: other.title, text: quoting(post, other) }) },
];

export function editedPosts(data: string): DuplicateSet[] {
  return findSites(data, null)
    .filter((folder) => !LEFT_OUT.includes(siteName(folder)))
    .map((folder) => {
      const { name, posts } = readSite(folder);
      const long = posts.filter(({ text }) => text.split(/\s+/).length >= FEWEST_WORDS);
      const step = Math.max(1, Math.floor(long.length / MOST_POSTS));
      const chosen = long.filter((_, at) => at % step === 0).slice(0, MOST_POSTS);
      const queries = chosen.flatMap((post, at) =>
        EDITS.flatMap((edit) => {
          const other = long[(at * step + Math.ceil(long.length / 2)) % long.length] ?? post;
          const edited = edit.apply(post, other, randomFrom(`${post.id} ${edit.name}`));
          if (edited === null) return [];
          const { text, blocks } = markdownToText(edited.text);
          const asked = {
            id: `${edit.name}/${post.id}`,
            date: '9999',
            title: edited.title,
            summary: '',
            text,
            blocks,
            tags: [],
          };
          // Of the library only the original counts: what else of it says the same is not known.
          const unjudged = ({ id }: AskedPost): boolean => id !== post.id;
          return [{ post: asked, same: new Set(edit.same ? [post.id] : []), unjudged }];
        }),
      );
      return {
        name: `edits of ${name}`,
        part: CHOSEN.includes(name) ? ('chosen' as const) : ('reported' as const),
        library: posts,
        queries,
      };
    });
}

const parts = (text: string): string[] => sentenceSpans(text).map(([start, end]) => text.slice(start, end));
const joined = (sentences: readonly string[]): string => sentences.join('\n\n');

/** The same for the same name: an edit must not change from run to run. */
const randomFrom = (name: string): Random => randomOf(textHash(name));

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

const SYNONYMS: readonly (readonly [string, string])[] = [
  ['begin', 'start'],
  ['help', 'support'],
  ['big', 'large'],
  ['show', 'demonstrate'],
  ['use', 'employ'],
  ['build', 'create'],
  ['fast', 'quick'],
  ['often', 'frequently'],
  ['need', 'require'],
  ['get', 'obtain'],
  ['many', 'numerous'],
  ['problem', 'issue'],
  ['easy', 'simple'],
  ['hard', 'difficult'],
  ['important', 'crucial'],
  ['learn', 'discover'],
  ['people', 'persons'],
  ['work', 'function'],
  ['try', 'attempt'],
  ['change', 'alter'],
  ['team', 'group'],
  ['way', 'manner'],
  ['want', 'wish'],
  ['make', 'produce'],
  ['find', 'locate'],
  ['new', 'recent'],
  ['good', 'fine'],
  ['example', 'instance'],
  ['write', 'compose'],
  ['read', 'peruse'],
];

function reworded(text: string, random: Random): string {
  const other = new Map(
    SYNONYMS.flatMap(
      ([a, b]) =>
        [
          [a, b],
          [b, a],
        ] as const,
    ),
  );
  return text.replace(/[A-Za-z]+/g, (word) => {
    const found = other.get(word.toLowerCase());
    return found === undefined || random() < 0.25 ? word : found;
  });
}

const NUMBER = /(?<![\p{L}\p{N}.,])\d[\d.,]*\d|(?<![\p{L}\p{N}.,])\d/gu;
const SMALL = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

const SPELT = new RegExp(`\\b(?:${SMALL.join('|')})\\b`, 'g');

const countNumbers = (text: string): number => text.match(NUMBER)?.length ?? 0;

/** Small numbers as words, and thousands with or without their comma. */
function respelt(text: string): string {
  return text.replace(NUMBER, (number) => {
    const word = SMALL[Number(number) - 2];
    if (word !== undefined) return word;
    if (/^\d{1,3}(,\d{3})+$/.test(number)) return number.replaceAll(',', '');
    return number.replace(/^(\d{1,3})(\d{3})$/, '$1,$2');
  });
}

/** Every number another of as many digits, whatever stands around it. */
function otherNumbers(text: string, random: Random): string {
  const spelt = text.replace(SPELT, (word) => SMALL[(SMALL.indexOf(word) + 3) % SMALL.length] ?? word);
  return spelt.replace(/\d+/g, (digits) => {
    const lowest = digits.length > 1 ? 10 ** (digits.length - 1) : 0;
    const other = lowest + Math.floor(random() * (10 ** digits.length - lowest));
    return String(other === Number(digits) ? lowest + ((other - lowest + 1) % (10 ** digits.length - lowest)) : other);
  });
}

const NEW_NAMES = [
  'Aldous',
  'Berenike',
  'Corwin',
  'Dunmore',
  'Eskdale',
  'Fenwick',
  'Gallion',
  'Halcyon',
  'Ingram',
  'Juniper',
  'Kestrel',
  'Lomax',
];

/** Every name another one, the same wherever it stands. */
function otherNames(title: string, text: string, blocks: AskedPost['blocks']): { title: string; text: string } | null {
  const names = new Set(wording({ text, blocks }).flatMap(({ fact, written }) => (fact === 'name' ? [written] : [])));
  if (names.size < FEWEST_NAMES) return null;
  const list = [...names];
  const replace = (whole: string): string =>
    whole.replace(/[\p{L}\p{N}'’-]+/gu, (word) => {
      const at = list.indexOf(word);
      return at === -1
        ? word
        : `${NEW_NAMES[at % NEW_NAMES.length] ?? ''}${at < NEW_NAMES.length ? '' : String.fromCharCode(97 + (Math.floor(at / NEW_NAMES.length) % 26))}`;
    });
  return { title: replace(title), text: replace(text) };
}

/** Another post's words around the whole of this one's opening, as a quotation. */
function quoting(post: AskedPost, other: AskedPost): string {
  const words = other.text.split(' ').slice(0, AROUND_QUOTE);
  const half = Math.ceil(words.length / 2);
  const quoted = joined(parts(post.text).slice(0, 6));
  const mark =
    textHash(post.id) % 2 === 0
      ? quoted.replace(/^/gm, '> ')
      : `“${quoted.replace(/\s+/g, ' ').replace(/[“”]/g, "'")}”`;
  return `${words.slice(0, half).join(' ')}\n\n${mark}\n\n${words.slice(half).join(' ')}`;
}
