import { expect, test } from 'vitest';
import { beginsCommand, matchCommands } from './commands.ts';

const commands = ['Go to Write', 'New draft', 'Show the keys'].map((label) => ({
  id: label,
  label,
  run: () => undefined,
}));

test('commands are found by their words in any order', () => {
  expect(matchCommands(commands, 'keys show').map(({ id }) => id)).toEqual(['Show the keys']);
  expect(matchCommands(commands, '')).toHaveLength(3);
  expect(matchCommands(commands, 'ferry')).toEqual([]);
});

test('the beginning of a command is told from other words', () => {
  expect(beginsCommand(commands, 'new')).toBe(true);
  expect(beginsCommand(commands, 'draft')).toBe(false);
  expect(beginsCommand(commands, 'n')).toBe(false);
});
