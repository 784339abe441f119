// The sentence of a passage that says what the draft says.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { postId } from '../post.ts';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { complete, file, markdownPost, query, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';

const libraries = useLibraries();
const TEXT = 'The harbour is old. Sourdough bread wants a hot oven. Nobody was late on Monday.';

async function openedWith(embedder = fakeEmbedder()) {
  const library = libraries.open(fakeModel(embedder));
  const { added } = await library.importFiles([file('a.md', markdownPost('A', TEXT))], { source: 'blog' });
  await statusWhen(library, complete);
  const post = await library.getPost(added[0]!);
  return { library, embedder, id: added[0]!, text: post!.text };
}

describe('the closest part of a passage', () => {
  it('is the sentence nearest in meaning, within the whole post', async () => {
    const { library, id, text } = await openedWith();
    const draft = 'How **hot** an oven must be for *bread*.';
    const found = await library.closestPart({ post: id, passage: [0, text.length], draft });
    expect(text.slice(...found!)).toBe('Sourdough bread wants a hot oven.');
    const from = text.indexOf('Nobody');
    expect(await library.closestPart({ post: id, passage: [from, text.length], draft })).toBeNull();
  });

  it('embeds no part of the draft again that suggestions were made with', async () => {
    const { library, embedder, id, text } = await openedWith();
    const draft = 'How hot an oven must be for bread.';
    await library.suggest(query('', draft));
    embedder.embedded.draft.length = 0;
    await library.closestPart({ post: id, passage: [0, text.length], draft });
    expect(embedder.embedded.draft).toHaveLength(3);
    expect(embedder.embedded.draft).not.toContain(draft);
  });

  it('is none for a post that is gone, for an empty draft, and where the model fails', async () => {
    const { library, embedder, id, text } = await openedWith();
    const passage = [0, text.length] as const;
    expect(await library.closestPart({ post: postId('gone'), passage, draft: 'oven' })).toBeNull();
    expect(await library.closestPart({ post: id, passage, draft: ' ' })).toBeNull();
    embedder.before = () => Promise.reject(new Error('lost'));
    expect(await library.closestPart({ post: id, passage, draft: 'oven' })).toBeNull();
  });

  it('is not looked for any longer once another post is opened', async () => {
    const { library, id, text } = await openedWith();
    const stop = new AbortController();
    stop.abort();
    const question = { post: id, passage: [0, text.length], draft: 'oven' } as const;
    await expect(library.closestPart(question, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
