// The language of posts whose source says none: told from the text, in the background, and stored with them.
import { isAbort } from '../errors.ts';
import { pause } from '../pause.ts';
import type { Parts } from './assemble.ts';
import { latePart } from './lateParts.ts';

export type LanguagesPorts = Pick<Parts, 'store' | 'spaces' | 'foreground'> & { onChange: () => void };

/** After posts came, so that those that come together are looked at together. */
const LOOK_AFTER_MS = 300;

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
    const entries = [...this.#ports.spaces.current.catalogue.entries()];
    const ids = entries.flatMap(({ summary: { id, language } }) => (language === undefined ? [id] : []));
    if (ids.length > 0) await (await latePart('language')).tellLanguages(this.#ports, ids, signal);
  }
}
