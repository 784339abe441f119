// One talk at two events: the same title and a common speaker. Descriptions are copied, shortened or written anew.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { termCounts } from '../../../src/core/text/terms.ts';
import { textHash } from '../../../src/core/text/textHash.ts';
import type { AskedPost, DuplicateSet } from './duplicateSet.ts';

interface Talk extends AskedPost {
  name: string;
  event: string;
  speakers: readonly string[];
  nameTerms: ReadonlySet<string>;
}

const FILE = 'pyvideo/videos.jsonl';
/** Shorter descriptions say too little. */
const FEWEST_WORDS = 25;
/** A title that more talks have is no talk's but an occasion's, such as "Lightning Talks". */
const MOST_OF_ONE_TITLE = 8;
/** Two talks whose titles share this much may be one, whoever is said to have given them. */
const ALIKE_NAMES = 0.5;

/** Once with titles, as an author would have them, and once by the descriptions alone, where titles can't help. */
export function sameTalks(data: string): DuplicateSet[] {
  if (!existsSync(join(data, FILE))) return [];
  const talks = readTalks(join(data, FILE));
  const groups = new Map<string, Talk[]>();
  for (const talk of talks) groups.set(talk.name, [...(groups.get(talk.name) ?? []), talk]);
  return [true, false].flatMap((titled) =>
    (['chosen', 'reported'] as const).map((part): DuplicateSet => {
      const library = titled ? talks : talks.map((talk) => ({ ...talk, title: '' }));
      const asked = library.filter(({ name }) => (textHash(name) % 2 === 0) === (part === 'chosen'));
      return {
        name: titled ? 'talks' : 'talks untitled',
        part,
        library,
        queries: asked.flatMap((post) => {
          const group = groups.get(post.name) ?? [];
          if (group.length > MOST_OF_ONE_TITLE) return [];
          const others = group.filter((other) => other.id !== post.id);
          const same = others.filter((other) => isSameTalk(post, other)).map(({ id }) => id);
          if (same.length === 0) return [];
          return [{ post, same: new Set(same), unjudged: (other) => mayBeOne(post, other as Talk) }];
        }),
      };
    }),
  );
}

const isSameTalk = (a: Talk, b: Talk): boolean =>
  a.event !== b.event && a.speakers.some((speaker) => b.speakers.includes(speaker));

function mayBeOne(a: Talk, b: Talk): boolean {
  if (a.id === b.id || a.speakers.some((speaker) => b.speakers.includes(speaker))) return true;
  const common = [...a.nameTerms].filter((term) => b.nameTerms.has(term)).length;
  return common > ALIKE_NAMES * Math.min(a.nameTerms.size, b.nameTerms.size);
}

/** In English, with a description long enough to be found by. Descriptions are hard-wrapped, with addresses in them. */
function readTalks(path: string): Talk[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, string> & { speakers: string[] })
    .filter(({ language = '' }) => language === 'eng' || language === '')
    .map(({ id = '', title = '', description = '', summary = '', event = '', recorded, speakers }) => ({
      id,
      title: title.trim(),
      summary: '',
      text: plain(description || summary),
      blocks: [],
      tags: [],
      date: recorded ?? '',
      event,
      speakers,
      name: (title.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).join(' '),
      nameTerms: new Set(termCounts([{ text: title, weight: 1 }]).keys()),
    }))
    .filter(({ text }) => text.split(/\s+/).length >= FEWEST_WORDS);
}

const plain = (text: string): string =>
  text
    .split(/\n\s*\n/)
    .map((part) =>
      part
        .replace(/https?:\/\/\S+|\[[^\]]{0,60}\]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((part) => part !== '')
    .join('\n\n');
