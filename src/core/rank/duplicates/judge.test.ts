// What counts as the same message, and what only looks like it.
import { describe, expect, test } from 'vitest';
import { Bm25Index } from '../../search/bm25.ts';
import { documentTerms } from '../../text/documentTerms.ts';
import { markdownToText } from '../../text/structure/markdown.ts';
import { fingerprintOf } from './fingerprint.ts';
import { judgePair, type Pair } from './judge.ts';
import { libraryWords } from './libraryWords.ts';
import { TitleCounts } from './titleCounts.ts';

const REPORT = `The pier office counted 412 crossings in March, and 38 of them were called off for wind.
Effie kept the log on paper while Tomasz moved it into the new system.
Skippers asked for a shorter form, so the reason is now chosen from a list of six words.
Passengers wanted the next sailing underneath, which the sign shows since the second week.
Angus measured how long the walk from the car park takes: ninety seconds, or twice that with a pram.
Next month the harbour at Skerra joins, with two slips and a chain ferry of its own.`;

interface Text {
  title: string;
  body: string;
}

function judge(first: Text, second: Text, options: { others?: Text[] } & Partial<Pair> = {}) {
  const { others = [], ...pair } = options;
  const lexical = new Bm25Index();
  const titles = new TitleCounts();
  [second, ...others].forEach(({ title, body }, index) => {
    const post = { title, summary: '', tags: [], ...markdownToText(body) };
    lexical.add(`p${index}`, documentTerms(post));
    titles.put(`p${index}`, title);
  });
  const print = ({ title, body }: Text) => fingerprintOf({ title, summary: '', ...markdownToText(body) });
  return judgePair(
    { first: print(first), second: print(second), secondIsOlder: true, meaning: null, ...pair },
    libraryWords(lexical, titles),
  );
}

const original: Text = { title: 'March at the pier', body: REPORT };
const lines = REPORT.split('\n');

describe('the same message', () => {
  test('a copy differs in nothing', () => {
    expect(judge(original, original)).toEqual({
      sameWords: 1,
      differs: { changed: [], added: 0, leftOut: 0 },
    });
  });

  test('in another order under another title', () => {
    const body = [...lines].reverse().join('\n');
    expect(judge({ title: 'From the archive', body }, original)?.sameWords).toBeGreaterThan(0.7);
  });

  test('shortened: says how much is left out', () => {
    const found = judge({ title: 'Shorter', body: lines.slice(0, 3).join('\n') }, original);
    expect(found?.differs.added).toBe(0);
    expect(found?.differs.leftOut).toBeGreaterThan(0.4);
  });

  test('with something added: says how much', () => {
    const found = judge(
      { title: 'Longer', body: `${REPORT}\nThe bank opens a quiet room for recordings on Monday.` },
      original,
    );
    expect(found?.differs.added).toBeGreaterThan(0.05);
    expect(found?.differs.leftOut).toBe(0);
  });

  test('with one number of several changed: says which', () => {
    const found = judge({ title: 'Again', body: REPORT.replace('412', '415') }, original);
    expect(found?.differs.changed).toEqual([{ kind: 'number', here: '415', there: '412' }]);
  });

  test('with numbers spelt otherwise', () => {
    const body = REPORT.replace('six words', '6 words').replace('ninety', '90').replace('two slips', '2 slips');
    expect(judge({ title: 'Again', body }, original)?.differs.changed).toEqual([]);
  });

  test('the title alone, as long as nothing else is written', () => {
    const title = 'Counting crossings from the pier office';
    expect(judge({ title, body: '' }, { title, body: REPORT })).not.toBeNull();
  });

  test('in other words, where they mean the same', () => {
    const body = `${lines[0] ?? ''}\nOur people note in a book what a colleague typed before. Captains begged for less to fill in. Fares rise at Easter, whoever complains, and trains were late as ever; bring a coat, warm socks and patience.`;
    expect(judge({ title: 'Other', body }, original, { meaning: 0.2 })).toBeNull();
    expect(judge({ title: 'Other', body }, original, { meaning: 0.95 })).not.toBeNull();
  });
});

describe('another message', () => {
  test('the same form filled in with other numbers', () => {
    const body = REPORT.replace('412', '385')
      .replace('38 of', '12 of')
      .replace('six', 'nine')
      .replace('ninety', '70')
      .replace('two slips', 'three slips');
    expect(judge({ title: 'April at the pier', body }, original)).toBeNull();
  });

  test.each([
    ['Q3 results', 'Q4 results'],
    ['Release 1.2: quieter nights', 'Release 1.3: quieter nights'],
    ['Called off, third quarter', 'Called off, fourth quarter'],
  ])('%s and %s', (title, other) => {
    expect(judge({ title, body: REPORT }, { title: other, body: REPORT })).toBeNull();
  });

  test('the same words about other people', () => {
    const body = REPORT.replace('Tomasz', 'Jess')
      .replace('Skerra', 'Ardmhor')
      .replace(/412|38|six|ninety|second|two/g, 'many');
    expect(
      judge(
        { title: 'Elsewhere', body },
        { ...original, body: REPORT.replace(/412|38|six|ninety|second|two/g, 'many') },
      ),
    ).toBeNull();
  });

  test('a post that quotes it', () => {
    const own =
      'What follows is the reason why I joined. Reading it in a kitchen far from any sea I packed a bag the same evening and rang the number below it.';
    expect(judge({ title: 'Why I joined', body: `${own}\n\n> ${lines.join('\n> ')}` }, original)).toBeNull();
  });

  test('a long post that takes up a short, older one', () => {
    const note = { title: 'A note', body: lines.slice(0, 2).join('\n') };
    const more = Array.from({ length: 30 }, (_, n) => `Word${n}a tells word${n}b of word${n}c about word${n}d.`).join(
      '\n',
    );
    const long = { title: 'The long version', body: `${note.body}\n${more}` };
    expect(judge(long, note)).toBeNull();
    expect(judge(note, long)).not.toBeNull();
  });

  test('what many posts end with', () => {
    const footer = lines.slice(0, 2).join('\n');
    const others = Array.from({ length: 6 }, (_, n) => ({ title: `Other ${n}`, body: `Topic${n} is new. ${footer}` }));
    const first = { title: 'Sheep', body: `Hector brings seven sheep to the market. ${footer}` };
    expect(judge(first, { title: 'Bread', body: `Sourdough wants a hot oven. ${footer}` }, { others })).toBeNull();
  });

  test('a title that the whole series has', () => {
    const title = 'Links for the weekend';
    const others = Array.from({ length: 5 }, (_, n) => ({ title, body: `Something about topic${n}.` }));
    expect(judge({ title, body: 'A ferry was late.' }, { title, body: 'Bread is baked.' }, { others })).toBeNull();
  });

  test('the same frame about two things', () => {
    const spotlight = (name: string): Text => ({
      title: `Port in the spotlight: ${name}`,
      body: `${REPORT}\nThis month it is ${name}, whose harbour master sent us a photograph of a gull.`,
    });
    expect(judge(spotlight('Ardmhor'), spotlight('Trevanna'))).toBeNull();
    expect(judge(spotlight('Ardmhor'), { ...spotlight('Ardmhor'), title: 'Port in the spotlight' })).not.toBeNull();
  });

  test('titles of the same words in another order, where the texts are others', () => {
    const first = { title: 'Delete all untracked files', body: 'Run the cleaning command with force and look twice.' };
    const second = { title: 'Untracked files: delete all', body: 'Nothing but a list of what git would remove.' };
    expect(judge(first, second)).toBeNull();
  });
});
