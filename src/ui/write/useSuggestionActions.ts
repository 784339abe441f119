// What can be done with a suggestion, from the panel and from the keys alike.
import { useMemo } from 'react';
import { openDraft } from '../../app/drafts.ts';
import { useServices } from '../../app/hooks.ts';
import type { OtherPost, Suggestion } from '../../core/index.ts';
import { text } from '../text.ts';

export interface SuggestionActions {
  read(suggestion: Suggestion): void;
  /** One that a suggestion stands for as well, from its beginning. */
  readOther(post: OtherPost): void;
  insert(suggestion: Suggestion): void;
  /** Marks where in the text its link would go; null for none. */
  showAnchor(suggestion: Suggestion | null): void;
  copy(suggestion: Suggestion): void;
  dismiss(suggestion: Suggestion): void;
  undoDismiss(suggestion: Suggestion): void;
}

export function useSuggestionActions(): SuggestionActions {
  const { drafts, suggestions, reader, editor, announcer, notices } = useServices();
  return useMemo(() => {
    const words = text.write.suggestion;
    const report = (message: string): void => void notices.add({ message, tone: 'problem' });
    return {
      read: ({ post, title, passage, draftPassage }) => {
        editor.port?.showPassage(draftPassage);
        const draft = openDraft(drafts.getState());
        const part = draftPassage === null ? draft?.title : draft?.body.slice(...draftPassage);
        void reader.open(post, title, passage, part);
      },
      readOther: ({ post, title }) => {
        editor.port?.showPassage(null);
        void reader.open(post, title);
      },
      insert: ({ title, url, anchor }) => {
        if (url === null) {
          report(words.noAddress);
          return;
        }
        const carries = editor.port?.insertLink(title, url, anchor) ?? title;
        announcer.say(carries === title ? words.inserted(title) : words.linkedWords(carries, title));
      },
      showAnchor: (suggestion) => editor.port?.showAnchor(suggestion?.anchor ?? null),
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
  }, [drafts, suggestions, reader, editor, announcer, notices]);
}
