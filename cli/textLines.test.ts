// JSON Lines of texts, and their errors by line.
import { expect, test } from 'vitest';
import { parseTextLines } from './textLines.ts';

test('lines become texts in order, blank lines are skipped, ids may be numbers', () => {
  const content = '{"id":"a","text":"one"}\r\n\n{"id":2,"text":"","more":1}\n';
  expect(parseTextLines(content, 'x.jsonl')).toEqual([
    { id: 'a', text: 'one' },
    { id: '2', text: '' },
  ]);
});

test.each([
  ['{"id":"a","text":"one"}\n{"id"', 'x.jsonl, line 2: not JSON'],
  ['[]', 'x.jsonl, line 1: "id"'],
  ['7', 'x.jsonl, line 1: must be an object'],
  ['\n{"text":"one"}', 'x.jsonl, line 2: "id"'],
  ['{"id":"a","text":null}', 'x.jsonl, line 1: "text"'],
])('%j is refused by line', (content, message) => {
  expect(() => parseTextLines(content, 'x.jsonl')).toThrow(message);
});
