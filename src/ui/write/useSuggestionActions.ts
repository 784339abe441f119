// What can be done with a suggestion, from the panel and from the keys alike.
import { useMemo } from 'react';
import { useServices } from '../../app/hooks.ts';
import type { SeriesPart, Suggestion } from '../../core/index.ts';
import { text } from '../text.ts';

export interface SuggestionActions {
  read(suggestion: Suggestion): void;
  /** From its beginning. */
  readPart(part: SeriesPart): void;
  insert(suggestion: Suggestion): void;
  copy(suggestion: Suggestion): void;
  dismiss(suggestion: Suggestion): void;
  undoDismiss(suggestion: Suggestion): void;
}

export function useSuggestionActions(): SuggestionActions {
  const { suggestions, reader, editor, announcer, notices } = useServices();
  return useMemo(() => {
    const words = text.write.suggestion;
    const report = (message: string): void => void notices.add({ message, tone: 'problem' });
    return {
      read: ({ post, title, passage }) => void reader.open(post, title, passage),
      readPart: ({ post, title }) => void reader.open(post, title),
      insert: ({ title, url }) => {
        if (url === null) {
          report(words.noAddress);
          return;
        }
        editor.port?.insertLink(title, url);
        announcer.say(words.inserted(title));
      },
      copy: ({ title, url }) => {
        if (url === null) {
          report(words.noAddress);
          return;
        }
        navigator.clipboard.writeText(url).then(
          () => notices.add({ message: words.copied(title) }),
          () => report(words.copyFailed),
        );
      },
      dismiss: ({ post, title }) => {
        suggestions.dismiss(post);
        announcer.say(words.dismissed(title));
      },
      undoDismiss: ({ post, title }) => {
        suggestions.undoDismiss(post);
        announcer.say(words.back(title));
      },
    };
  }, [suggestions, reader, editor, announcer, notices]);
}
