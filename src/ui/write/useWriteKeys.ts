// The keys of the Write view: through suggestions without leaving the text, and back to it.
import { useEffect } from 'react';
import { useServices } from '../../app/hooks.ts';
import type { Suggestion } from '../../core/index.ts';
import { text } from '../text.ts';
import { duplicateText } from './panel/duplicate.ts';
import { reasonText } from './panel/reason.ts';
import type { SuggestionActions } from './useSuggestionActions.ts';

type Command = 'next' | 'previous' | 'insert' | 'dismiss' | 'read';

export function useWriteKeys(actions: SuggestionActions, onBack: () => void): void {
  const { suggestions, announcer } = useServices();
  useEffect(() => {
    function go(step: 1 | -1): void {
      const reached = suggestions.move(step);
      announcer.say(reached === null ? text.write.announce.noSuggestions : described(reached));
    }

    function described(suggestion: Suggestion): string {
      const { draft, paragraph, leaving } = suggestions.getState();
      const all = [...draft, ...paragraph].filter(({ post }) => !leaving.includes(post));
      const index = all.findIndex(({ post }) => post === suggestion.post) + 1;
      const now = new Date();
      const { title, date, duplicate } = suggestion;
      const said = duplicate === null ? [] : [duplicateText(duplicate, date, now)];
      return text.write.announce.reached(index, all.length, title, [...said, reasonText(suggestion, now)].join(' '));
    }

    function run(command: Command): void {
      if (command === 'next' || command === 'previous') {
        go(command === 'next' ? 1 : -1);
        return;
      }
      const active = suggestions.active();
      // Nothing is chosen yet: choosing comes first.
      if (active === null) go(1);
      else actions[command](active);
    }

    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isInDialog(event.target)) return;
      const command = commandOf(event);
      if (command !== null) {
        event.preventDefault();
        event.stopPropagation();
        run(command);
      } else if (event.key === 'Escape') {
        suggestions.setActive(null);
        onBack();
      }
    };
    // Before the editor, which moves lines with Alt and the arrows.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [suggestions, announcer, actions, onBack]);
}

function commandOf(event: KeyboardEvent): Command | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  if (event.key === 'ArrowDown') return 'next';
  if (event.key === 'ArrowUp') return 'previous';
  if (event.key === 'Enter') return 'insert';
  // With Alt held, Apple keyboards type other characters: the place of the key decides there.
  if (event.key === '.' || event.code === 'Period') return 'dismiss';
  if (event.key === 'o' || event.code === 'KeyO') return 'read';
  return null;
}

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=dialog], [role=alertdialog]') !== null;
