// The draft's title: one line that grows when it must. Enter goes on to the text.
import { useOpenDraft, useServices } from '../../app/hooks.ts';
import { useGrowingField } from '../parts/useGrowingField.ts';
import { text } from '../text.ts';

export function TitleField() {
  const { drafts, suggestions, editor } = useServices();
  const title = useOpenDraft()?.title ?? '';
  const field = useGrowingField(title);

  return (
    <textarea
      ref={field}
      className="write__title"
      rows={1}
      aria-label={text.write.title}
      placeholder={text.write.titlePlaceholder}
      value={title}
      spellCheck
      onChange={(event) => drafts.edit({ title: event.target.value.replace(/\n+/g, ' ') })}
      onFocus={() => suggestions.setCaret(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.altKey || event.nativeEvent.isComposing) return;
        event.preventDefault();
        editor.port?.focus();
      }}
    />
  );
}
