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

test('so is the beginning of the name of a view', () => {
  const views = commands.map((command) => (command.id === 'Go to Write' ? { ...command, view: 'Write' } : command));
  expect(beginsCommand(views, 'wri')).toBe(true);
  expect(beginsCommand(views, 'written')).toBe(false);
  expect(beginsCommand(commands, 'wri')).toBe(false);
});
