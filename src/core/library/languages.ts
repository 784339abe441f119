// The language of posts whose source says none: told from the text, in the background, and stored with them.
import { isAbort } from '../errors.ts';
import { pause } from '../pause.ts';
import type { PostId } from '../post.ts';
import type { Parts } from './assemble.ts';
import { latePart } from './lateParts.ts';
import { openSpaces } from './space.ts';

export type LanguagesPorts = Pick<Parts, 'store' | 'spaces' | 'foreground'> & { onChange: () => void };

/** After posts came, so that those that come together are looked at together. */
const LOOK_AFTER_MS = 300;
/** Read, told and stored together: some 20 ms of work. */
const POSTS_AT_ONCE = 50;

export class Languages {
  readonly #ports: LanguagesPorts;
  readonly #stop = new AbortController();
  #last: Promise<void> = Promise.resolve();
  #isAsked = false;

  constructor(ports: LanguagesPorts) {
    this.#ports = ports;
  }

  /** Soon looks at the posts that nobody has looked at. Resolves when it has; never rejects. */
  look(): Promise<void> {
    if (this.#isAsked) return this.#last;
    this.#isAsked = true;
    const { signal } = this.#stop;
    this.#last = this.#last
      .then(() => pause(LOOK_AFTER_MS, signal))
      .then(() => {
        this.#isAsked = false;
        return this.#look(signal);
      })
      .catch((error: unknown) => {
        // Whatever it was, the next import or opening looks again.
        if (!isAbort(error)) this.#ports.onChange();
      });
    return this.#last;
  }

  close(): void {
    this.#stop.abort();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { store, spaces, foreground, onChange } = this.#ports;
    const ids: PostId[] = [];
    for (const { summary } of spaces.current.catalogue.entries())
      if (summary.language === undefined) ids.push(summary.id);
    if (ids.length === 0) return;
    const { languageOf } = await latePart('language');
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
}
