import { describe, expect, it, vi } from 'vitest';
import { COSINES } from '../../testing/cosines.ts';
import { FAKE_DIMENSION, fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { DraftVectors } from './draftVectors.ts';

const source = (text: string) => ({ title: '', summary: '', text, blocks: [] });
const signal = new AbortController().signal;

function drafts() {
  const embedder = fakeEmbedder();
  const count = vi.spyOn(embedder, 'countTokens');
  const ready = { embedder, maxTokens: 64, cosines: COSINES, tokensPerSecond: null };
  const counted = (): string[] => count.mock.calls.flatMap(([texts]) => texts);
  const calls: number[] = [];
  embedder.before = (texts) => void calls.push(texts.length);
  return { vectors: new DraftVectors(), embedder, ready, counted, count, calls };
}

const paragraph = (n: number): string =>
  `Paragraph ${n} tells of ${Array.from({ length: 40 }, (_, w) => `word${n}x${w}`).join(' ')}.`;

describe('the vectors of a draft', () => {
  it('are those of the whole and of a paragraph in one call, and a text that both have is embedded once', async () => {
    const { vectors, embedder, ready, calls } = drafts();
    const text = 'The tide rises over the slip.';
    const [whole, part] = await vectors.of(
      [
        { source: source(text), near: 0 },
        { source: source(text), near: 0 },
      ],
      ready,
      signal,
    );
    expect(embedder.embedded.draft).toEqual([text]);
    expect(calls).toEqual([1]);
    expect(whole?.rows).toHaveLength(FAKE_DIMENSION);
    expect(part?.rows).toEqual(whole?.rows);
  });

  it('count the tokens only of what was changed', async () => {
    const { vectors, ready, counted, count } = drafts();
    const first = `${paragraph(1)}\n\n${paragraph(2)}`;
    await vectors.of([{ source: source(first), near: 0 }], ready, signal);
    count.mockClear();
    await vectors.of([{ source: source(`${first} And more.`), near: 0 }], ready, signal);
    expect(counted().length).toBeGreaterThan(0);
    expect(counted().every((text) => text.includes('And more.'))).toBe(true);
    count.mockClear();
    await vectors.of([{ source: source(`${first} And more.`), near: 0 }], ready, signal);
    expect(counted()).toEqual([]);
  });

  it('keep what was embedded before a newer draft came', async () => {
    const { vectors, embedder, ready } = drafts();
    const text = Array.from({ length: 12 }, (_, n) => paragraph(n)).join('\n\n');
    const stop = new AbortController();
    embedder.before = () => {
      if (embedder.embedded.draft.length >= 4) stop.abort();
    };
    await expect(vectors.of([{ source: source(text), near: 0 }], ready, stop.signal)).rejects.toThrow();
    const [kept] = [embedder.embedded.draft.length];
    expect(kept).toBe(4);
    embedder.before = () => undefined;
    const [all] = await vectors.of([{ source: source(text), near: 0 }], ready, signal);
    expect(new Set(embedder.embedded.draft).size).toBe(embedder.embedded.draft.length);
    expect(all?.rows.length).toBe(embedder.embedded.draft.length * FAKE_DIMENSION);
  });

  it('are forgotten, tokens too, when another model counts and embeds', async () => {
    const { vectors, ready } = drafts();
    await vectors.of([{ source: source(paragraph(1)), near: 0 }], ready, signal);
    const other = fakeEmbedder({ model: 'other', tokenizerHash: 'other' });
    const count = vi.spyOn(other, 'countTokens');
    const [found] = await vectors.of(
      [{ source: source(paragraph(1)), near: 0 }],
      { ...ready, embedder: other },
      signal,
    );
    expect(count).toHaveBeenCalled();
    expect(other.embedded.draft).toHaveLength((found?.rows.length ?? 0) / FAKE_DIMENSION);
  });
});
