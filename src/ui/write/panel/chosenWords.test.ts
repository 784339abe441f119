import { expect, test } from 'vitest';
import { anyPost } from '../../../core/index.ts';
import { chosenWords } from './chosenWords.ts';

test('all posts need no words', () => expect(chosenWords(anyPost)).toEqual([]));

test('what is chosen is named part by part', () => {
  expect(chosenWords({ kind: 'video', source: 'Talks', tag: 'sea', since: 2024 })).toEqual([
    'Videos',
    'Talks',
    'sea',
    'Since 2024',
  ]);
});
