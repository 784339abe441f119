// Tells the languages of posts that nobody has looked at, and stores them. Loaded when first needed: see lateParts.ts.
import { pause } from '../pause.ts';
import type { PostId } from '../post.ts';
import { languageOf } from '../text/language.ts';
import type { LanguagesPorts } from './languages.ts';
import { openSpaces } from './space.ts';

/** Read, told and stored together: some 20 ms of work. */
const POSTS_AT_ONCE = 50;

/** Rejects with the signal's reason when aborted; what was told by then is stored. */
export async function tellLanguages(
  { store, spaces, foreground, onChange }: LanguagesPorts,
  ids: readonly PostId[],
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < ids.length; from += POSTS_AT_ONCE) {
    await pause(0, signal);
    await foreground.idle(signal);
    const posts = await store.posts.getMany(ids.slice(from, from + POSTS_AT_ONCE));
    const found = new Map(
      posts.map(({ id, revision, post }) => [id, { revision, language: post.language ?? languageOf(post) }]),
    );
    for (const id of await store.posts.noteLanguages(found)) {
      const language = found.get(id)?.language ?? null;
      for (const { catalogue } of openSpaces(spaces)) catalogue.noteLanguage(id, language);
    }
    onChange();
  }
}
