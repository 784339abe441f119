// The tokenizer of the tiny model, and its limit.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createTokenizer } from './tokenizer.ts';

const read = async (name: string): Promise<object> =>
  JSON.parse(await readFile(`src/testing/models/tiny/${name}`, 'utf8')) as object;
const [tokenizerJson, config] = [await read('tokenizer.json'), await read('tokenizer_config.json')];

test('probes of the model are cut into the tokens that the trained tokenizer gave', async () => {
  const tokenizer = createTokenizer(tokenizerJson, config, { maxTokens: 64 });
  const { probes } = (await read('probes.json')) as { probes: { text: string; tokens: number[] }[] };
  for (const { text, tokens } of probes) expect(tokenizer.idsWithin(text)).toEqual(tokens);
});

test('nothing but space is the two special tokens', () => {
  const tokenizer = createTokenizer(tokenizerJson, config, { maxTokens: 64 });
  for (const text of ['', ' ', '\n\t ']) expect(tokenizer.count(text)).toBe(2);
});

test('counts are never cut short, ids within the limit are refused over it', () => {
  const tokenizer = createTokenizer(tokenizerJson, config, { maxTokens: 8 });
  const text = 'a '.repeat(1000);
  expect(tokenizer.count(text)).toBe(1002);
  expect(tokenizer.idsWithin('a '.repeat(6))).toHaveLength(8);
  expect(() => tokenizer.idsWithin('a '.repeat(7))).toThrow(
    expect.objectContaining({
      code: 'text-too-long',
      message: expect.stringMatching(/9 is over.* 8|of 9 tokens/) as string,
    }) as Error,
  );
});

test('told to cut, it keeps the head and the closing token', () => {
  const options = { maxTokens: 8, overlong: 'cut' } as const;
  const tokenizer = createTokenizer(tokenizerJson, config, options);
  const whole = tokenizer.ids('a b c d e f g h i j');
  expect(tokenizer.idsWithin('a b c d e f g h i j')).toEqual([...whole.slice(0, 7), whole.at(-1)]);
});

test('the prefix goes before every text', () => {
  const plain = createTokenizer(tokenizerJson, config, { maxTokens: 64 });
  const prefixed = createTokenizer(tokenizerJson, config, { maxTokens: 64, prefix: 'a b ' });
  expect(prefixed.ids('c')).toEqual(plain.ids('a b c'));
  expect(prefixed.count('c')).toBe(plain.count('c') + 2);
});

test('files that make no tokenizer are damaged', () => {
  expect(() => createTokenizer({}, {}, { maxTokens: 8 })).toThrow(
    expect.objectContaining({ code: 'model-damaged' }) as Error,
  );
});
