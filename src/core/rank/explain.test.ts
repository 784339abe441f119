// Why a post is suggested: its passage, the words it shares as it writes them, and whether it is linked.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { postId, type Post, type TextBlock } from '../post.ts';
import { draftReasons, explain, type AnsweringPost } from './explain.ts';

const PARAGRAPHS = [
  'Nothing of note happened in the first week.',
  'The Rota was changed on Monday, so that on-call engineers sleep; the rota holds.',
  'Clocks went back on Sunday and two clocks did not.',
];

function makePost(parts: Partial<Post> = {}): Post {
  const paragraphs = parts.text === undefined ? PARAGRAPHS : [parts.text];
  let at = 0;
  const blocks = paragraphs.map((paragraph): TextBlock => {
    const block: TextBlock = { kind: 'paragraph', start: at, end: at + paragraph.length };
    at += paragraph.length + 2;
    return block;
  });
  return {
    id: postId('rota'),
    kind: 'post',
    title: 'Sleep',
    summary: '',
    date: '2024-03-01',
    url: 'https://www.example.org/2024/rota/',
    authors: [],
    tags: [],
    series: null,
    source: 'blog',
    durationS: null,
    text: paragraphs.join('\n\n'),
    blocks,
    links: [],
    ...parts,
  };
}

const ranked = (passage: AnsweringPost['passage'] = null): AnsweringPost => ({
  post: 'rota',
  probability: 0.4,
  topic: 0.2,
  strength: 0.6,
  scores: { cosine: null, lexical: 3, rank: 0.2 },
  factors: [{ factor: 'words', weight: 1.5 }],
  linkedFrom: 2,
  series: [],
  passage,
  draftPassage: null,
  duplicate: null,
  alike: [],
});
const terms = [
  { term: 'on-call', weight: 9 },
  { term: 'call', weight: 5 },
  { term: 'rota', weight: 6 },
  { term: 'clock', weight: 4 },
];

const noAnchor = (): null => null;

describe('explain', () => {
  it('without vectors shows the paragraph with the heaviest shared words, marked as it stands', () => {
    const post = makePost();
    const { passage } = explain(ranked(), post, draftReasons(terms, [], noAnchor));
    expect(passage.text).toBe(PARAGRAPHS[1]);
    expect(post.text.slice(passage.start, passage.end)).toBe(passage.text);
    expect(passage.marks.map(([start, end]) => passage.text.slice(start, end))).toEqual(['Rota', 'on-call', 'rota']);
  });

  it('names shared terms as the post writes them, heaviest first, a compound without its parts', () => {
    const { sharedTerms } = explain(ranked(), makePost(), draftReasons(terms, [], noAnchor));
    expect(sharedTerms.map(({ text }) => text)).toEqual(['on-call', 'Rota', 'Clocks']);
    expect(sharedTerms.map(({ weight }) => weight)).toEqual([9 / 19, 6 / 19, 4 / 19]);
  });

  it('shows the passage closest in meaning where there is one', () => {
    const post = makePost();
    const block = post.blocks[2];
    const { passage } = explain(ranked([block?.start ?? 0, block?.end ?? 0]), post, draftReasons(terms, [], noAnchor));
    expect(passage.text).toBe(PARAGRAPHS[2]);
    expect(passage.marks).toHaveLength(2);
  });

  it('shows title and summary for the head', () => {
    const post = makePost({ title: 'The rota', summary: 'Who is on call.' });
    const { passage } = explain(ranked([0, 0]), post, draftReasons(terms, [], noAnchor));
    expect(passage).toMatchObject({ text: 'The rota\n\nWho is on call.', start: 0, end: 0, startS: null });
    expect(passage.marks).toEqual([
      [4, 8],
      [20, 24],
    ]);
  });

  it('gives the second at which a passage of a transcript begins', () => {
    const post = makePost({ kind: 'video' });
    post.blocks = post.blocks.map((block, at) => ({ ...block, kind: 'cue', startS: at * 60, endS: at * 60 + 60 }));
    expect(explain(ranked(), post, draftReasons(terms, [], noAnchor)).passage.startS).toBe(60);
  });

  it('has a passage for a post without text and for one that shares nothing', () => {
    const none = makePost({ text: '', blocks: [] });
    expect(explain(ranked(), none, draftReasons(terms, [], noAnchor)).passage).toMatchObject({
      start: 0,
      end: 0,
      text: 'Sleep',
    });
    const stranger = explain(ranked(), makePost(), draftReasons([], [], noAnchor));
    expect(stranger).toMatchObject({ sharedTerms: [], passage: { text: PARAGRAPHS[0], marks: [] } });
  });

  it('keeps marks in order, apart and within the passage, whatever the text', () => {
    const text = fc
      .array(fc.constantFrom('rota', 'on-call', 'call', 'Clocks', 'x', '潮', '🚢', "rota's", '.'), { maxLength: 400 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(text, (body) => {
        const { passage } = explain(ranked(), makePost({ text: body }), draftReasons(terms, [], noAnchor));
        let done = 0;
        for (const [start, end] of passage.marks) {
          expect(start).toBeGreaterThanOrEqual(done);
          expect(end).toBeGreaterThan(start);
          done = end;
        }
        expect(done).toBeLessThanOrEqual(passage.text.length);
      }),
    );
  });

  it.each([
    ['https://example.org/2024/rota', true],
    ['http://www.example.org/2024/rota/index.html?x=1#part', true],
    ['/2024/rota/', true],
    ['/2024/rota.md', true],
    ['https://example.com/2024/rota/', false],
    ['https://example.org/', false],
    ['mailto:a@example.org', false],
    ['#rota', false],
    ['/2024/rota-two/', false],
  ])('sees that %s is a link to the post: %s', (href, linked) => {
    expect(explain(ranked(), makePost(), draftReasons(terms, [href], noAnchor)).linked).toBe(linked);
  });

  it('proposes words for a link until there is one', () => {
    const anchor = { start: 4, end: 8, text: 'rota' };
    const anchorOf = (title: string) => (title === 'The rota' ? anchor : null);
    const post = makePost({ title: 'The rota' });
    expect(explain(ranked(), post, draftReasons(terms, [], anchorOf))).toMatchObject({
      anchor,
      relation: 'link-target',
    });
    const linked = explain(ranked(), post, draftReasons(terms, ['/2024/rota/'], anchorOf));
    expect(linked).toMatchObject({ anchor: null, relation: 'related' });
  });

  it('matches a post known by its path only on any host', () => {
    const post = makePost({ url: '/2024/rota/' });
    expect(explain(ranked(), post, draftReasons(terms, ['https://example.org/2024/rota'], noAnchor)).linked).toBe(true);
    expect(explain(ranked(), makePost({ url: null }), draftReasons(terms, ['/'], noAnchor)).linked).toBe(false);
  });
});
