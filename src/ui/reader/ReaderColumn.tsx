// The reader as a third column; closing gives the focus back to where it came from.
import { useEffect, useRef } from 'react';
import { useReader, useServices } from '../../app/hooks.ts';
import { Calm } from '../parts/Calm.tsx';
import { text } from '../text.ts';
import { ReaderContent } from './ReaderContent.tsx';

export function ReaderColumn() {
  const state = useReader();
  const { reader, editor } = useServices();
  const column = useRef<HTMLElement>(null);
  const opener = useRef<Element | null>(null);

  // Remembered where the focus leaves the rest of the page for the reader.
  useEffect(() => {
    const onFocusIn = (event: FocusEvent): void => {
      const inside = column.current?.contains(event.target as Node) ?? false;
      if (!inside) opener.current = event.target as Element;
    };
    document.addEventListener('focusin', onFocusIn);
    opener.current ??= document.activeElement;
    return () => document.removeEventListener('focusin', onFocusIn);
  }, []);

  const close = (): void => {
    reader.close();
    if (opener.current instanceof HTMLElement && opener.current.isConnected && opener.current !== document.body) {
      opener.current.focus();
    } else editor.port?.focus();
  };

  return (
    <aside ref={column} className="write__reader" aria-label={text.reader.region}>
      {state.state === 'closed' ? (
        <div className="reader reader--empty">
          <Calm line={text.reader.empty} />
        </div>
      ) : (
        <ReaderContent state={state} onClose={close} />
      )}
    </aside>
  );
}
