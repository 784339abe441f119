// Text to token ids, by the tokenizer that the model was trained with. It cuts no text unless told to.
import { Tokenizer } from '@huggingface/tokenizers';
import { KindredError } from '../errors.ts';

export interface TextTokenizer {
  /** Including the special tokens. */
  readonly maxTokens: number;
  /** Ids with the special tokens, however many. */
  ids: (text: string) => number[];
  /** As `ids`, but never more than the model takes: see `overlong`. */
  idsWithin(text: string): number[];
  count(text: string): number;
}

export interface TokenizerOptions {
  maxTokens: number;
  /** Goes before every text and counts. */
  prefix?: string;
  /** What happens to a text over `maxTokens`: rejected with `text-too-long`, or cut to its head as sentence-transformers does. */
  overlong?: 'reject' | 'cut';
}

/**
 * From the parsed tokenizer.json and tokenizer_config.json.
 * Throws `model-damaged` when the tokenizer can't be built from them.
 */
export function createTokenizer(
  tokenizerJson: object,
  tokenizerConfig: object,
  { maxTokens, prefix = '', overlong = 'reject' }: TokenizerOptions,
): TextTokenizer {
  const tokenizer = build(tokenizerJson, tokenizerConfig);
  const ids = (text: string): number[] => tokenizer.encode(prefix + text).ids;
  return {
    maxTokens,
    ids,
    idsWithin(text) {
      const found = ids(text);
      if (found.length <= maxTokens) return found;
      // The last id is the closing special token, which stays.
      if (overlong === 'cut') return [...found.slice(0, maxTokens - 1), ...found.slice(-1)];
      throw new KindredError(
        'text-too-long',
        `A text of ${found.length} tokens is over the model's ${maxTokens}. Cut it into passages first.`,
        { item: text.length > 60 ? `${text.slice(0, 60)}…` : text },
      );
    },
    count: (text) => ids(text).length,
  };
}

function build(tokenizerJson: object, tokenizerConfig: object): Tokenizer {
  try {
    return new Tokenizer(tokenizerJson, tokenizerConfig);
  } catch (cause) {
    const message = 'The tokenizer of the model can not be read. Export the model again.';
    throw new KindredError('model-damaged', message, { item: 'tokenizer.json', cause });
  }
}
