// Which posts say what a draft says already, and which of several say the same: fingerprints are kept while they are used.
import type { PostId } from '../post.ts';
import { fingerprintOf, type Fingerprint } from '../rank/duplicates/fingerprint.ts';
import { judgePair, type LibraryWords, type NearDuplicate } from '../rank/duplicates/judge.ts';
import { libraryWords } from '../rank/duplicates/libraryWords.ts';
import type { TraitIndex } from '../rank/postTraits.ts';
import type { Bm25Index } from '../search/bm25.ts';
import type { PostRepository } from '../store/posts.ts';
import { Recent } from './recent.ts';

/** Posts remembered: those that answered lately; some 20 KB each for a post of usual length. */
const REMEMBERED = 512;
/** Pairs of posts remembered: those of the lists that a draft was given lately. */
const PAIRS = 8_192;

export interface NearDuplicatesPorts {
  lexical: Bm25Index;
  traits: TraitIndex;
  posts: Pick<PostRepository, 'getMany'>;
}

export class NearDuplicates {
  readonly #ports: NearDuplicatesPorts;
  readonly #known = new Recent<PostId, Fingerprint>(REMEMBERED);
  readonly #pairs = new Recent<string, boolean>(PAIRS);
  #words: LibraryWords | null = null;

  constructor(ports: NearDuplicatesPorts) {
    this.#ports = ports;
  }

  /** These posts came, changed or went: what is rare in the library may have changed too. */
  touch(ids: readonly PostId[]): void {
    for (const id of ids) this.#known.delete(id);
    this.#pairs.clear();
    this.#words = null;
  }

  /** Fingerprints of the posts that exist; those not remembered are read. */
  async fingerprints(ids: readonly PostId[]): Promise<Map<PostId, Fingerprint>> {
    const missing = ids.filter((id) => this.#known.get(id) === undefined);
    if (missing.length > 0) {
      for (const { id, post } of await this.#ports.posts.getMany(missing)) this.#known.put(id, fingerprintOf(post));
    }
    const found = new Map<PostId, Fingerprint>();
    for (const id of ids) {
      const print = this.#known.get(id);
      if (print === undefined) continue;
      found.set(id, print);
      this.#known.put(id, print);
    }
    this.#known.trim(found.size);
    return found;
  }

  /**
   * Whether two posts of the library say the same, by their words alone. A list hardly changes from one key of a draft to the
   * next, and what is said of two posts not at all.
   */
  areSame(first: [PostId, Fingerprint], second: [PostId, Fingerprint], secondIsOlder: boolean): boolean {
    const key = `${first[0]}\n${second[0]}`;
    const same = this.#pairs.get(key) ?? this.judge(first[1], second[1], secondIsOlder, null) !== null;
    this.#pairs.put(key, same);
    this.#pairs.trim(0);
    return same;
  }

  /** As `judgePair`. `first` is the draft or the newer of two posts. */
  judge(first: Fingerprint, second: Fingerprint, secondIsOlder: boolean, meaning: number | null): NearDuplicate | null {
    this.#words ??= libraryWords(this.#ports.lexical, this.#ports.traits.titles);
    return judgePair({ first, second, secondIsOlder, meaning }, this.#words);
  }
}
