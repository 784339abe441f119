// What is read line by line against the parser of the whole language.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { indentQuoted } from './indentQuoted.ts';
import { plainYaml } from './plainYaml.ts';

const parsed = (yaml: string): unknown => parse(yaml, { uniqueKeys: false, logLevel: 'error' });

/** As the parser reads it, repaired where it is broken; undefined where that does not help. */
function readInFull(yaml: string): unknown {
  for (const written of [yaml, indentQuoted(yaml)]) {
    try {
      return parsed(written);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Undefined may always be answered; anything else must be what the parser gives. True where something was read. */
function expectSame(yaml: string): boolean {
  const plain = plainYaml(yaml);
  if (plain !== undefined) expect({ yaml, value: plain }).toStrictEqual({ yaml, value: parsed(yaml) });
  const repaired = plainYaml(indentQuoted(yaml));
  if (repaired !== undefined) expect({ yaml, value: repaired }).toStrictEqual({ yaml, value: readInFull(yaml) });
  return repaired !== undefined;
}

describe('what front matter is made of is read', () => {
  test.each([
    'title: The tide table',
    "title: 'It''s low water'\ndate: 2024-01-01 09:30:00 -0500\nslug: low-water\n",
    'title: "Say \\"ahoy\\" \\\\ \\/ twice"\ndraft: false\nweight: 12\nsummary: null\n',
    'tags:\n  - fog\n  - "low tide"\n  - 2024\n\n# who\nauthors:\n- Ada\n- \'Bo\'\nempty:\n',
    'tags: [fog, "low tide", \'it\', true, low water ]\nnone: []\nlast: [ a , ]\n',
    'summary: runs on\n  over two lines\n  and a third: no\n'.replace(': no', ''),
    'summary: "runs on  \n  over two lines "\ndate: 2024-01-01\n',
    'title: a\r\ntags:\r\n  - b\r\n',
    'image:\n  url: /a.png\n  alt:\n  sizes:\n    - 1\n    - 2\n\n  by:\n    name: Ada\ntitle: a\n',
    'title: "The low\ntide"\nauthors:\n- 18F\n',
    'title: first\ntitle: second\nconstructor: boat\n',
    'date created: 2024-01-01T10:00\nurl: https://a.b/c#d\ntime: 12:30\nshare: 50%\n',
  ])('%j', (yaml) => {
    expect(expectSame(yaml)).toBe(true);
  });
});

describe('what is more than plain is left to the parser', () => {
  test.each([
    ...['', '# a\n', '- a\n', 'a', 'a:b', '"a": b', 'true: a', '__proto__: a', '? a', '%YAML 1.2\na: b', 'a: b # c'],
    ...['a: &x b', 'a: *x', 'a: !!str 1', 'a: |\n  b', 'a: >\n  b', 'a: {b: c}', 'a: [[b]]', 'a: [b: c]', 'a: b: c'],
    ...[
      'a: "\\n"',
      'a: "b" c',
      "a: 'b",
      'a:\n   b: c\n  d: e',
      'a: "b\\"\n  c"',
      'a:\n  - b: c',
      'a:\n  - b\n   - c',
      'a:\n  - b\n    c',
      'a: b\n\n  c',
    ],
    ...[
      'a: 007',
      'a: 1.5',
      'a: 1e5',
      'a: 0x1f',
      'a: -1',
      'a: .inf',
      'a: ~',
      'a: True',
      'a:\tb',
      'a: b\u00a0',
      'a: b\n# c\n  d',
    ],
  ])('%j', (yaml) => {
    expect(plainYaml(yaml)).toBeUndefined();
  });
});

const PIECES =
  "a|b c|title|date created|true|null|Null|False|12|0|007|1.5|1e3|0x1f|2024-01-01|2024-01-01 10:00|12:30|é|潮|🚢|(x)|:|: |- |-|, |,|#| #|\"|'|''|\\\\|\\\"|\\n|[|]|[]|{|}|&|*|!|>|\\||%|@|`|~|?|.|/|_|+|(|)| |  |   |\n|\n\n|\r\n|\n  |\n- |\n  - |\n# c|\n  # c|\t|\u00a0|\u3000|\u2028|\ufeff|<<|__proto__|---|...".split(
    '|',
  );

test('a line that ends in an escaped quotation mark is left to the parser, which takes it for the end', () => {
  expect(expectSame('title: "\\"\n# c!"\n')).toBe(false);
});

test('any pieces of YAML give what the parser gives', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }), (pieces) => {
      expectSame(`title: ${pieces.join('')}`);
      expectSame(pieces.join(''));
    }),
    { numRuns: 1500 },
  );
});

const scalarText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('')),
  fc.constantFrom('fog', 'low water', 'a, b', '2024-01-01', '12', 'true', 'Null', 'x: y', 'é', 'it is'),
);
const value = scalarText.chain((text) =>
  fc.constantFrom(
    text,
    `"${text}"`,
    `'${text}'`,
    `[${text}, b]`,
    `\n  - ${text}\n  - c`,
    `\n- "${text}"`,
    `${text}\n  ${text}`,
    `"${text}\n${text}"`,
    `'${text}\n\n  ${text}'`,
    `\n  x: ${text}\n  y:\n  - ${text}`,
    `\n   x:\n    y: "${text}"`,
    `\n  ${text}\n ${text}`,
  ),
);
const mapping = fc
  .array(fc.tuple(fc.constantFrom('title', 'tags', 'a b', 'x-y', 'null', '# c', 'toString'), value), { maxLength: 4 })
  .map((pairs) => pairs.map(([key, written]) => `${key}: ${written}\n`).join(''));

test('mappings of any values give what the parser gives, and most plain ones are read', () => {
  let read = 0;
  fc.assert(
    fc.property(mapping, fc.boolean(), (yaml, windows) => {
      if (expectSame(windows ? yaml.replaceAll('\n', '\r\n') : yaml)) read++;
    }),
    { numRuns: 1500 },
  );
  expect(read).toBeGreaterThan(150);
});

test('a quote that nothing closes over many lines takes no time', () => {
  const yaml = `title: "${'\n  word'.repeat(40_000)}`;
  const started = performance.now();
  expect(plainYaml(yaml)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(2000);
});
