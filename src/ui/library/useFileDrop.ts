// Files dragged over or pasted into the page, wherever they come down: a drop beside a target would leave the page.
import { useEffect, useEffectEvent, useState } from 'react';

const carriesFiles = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer?.types.includes('Files') ?? false;

/**
 * Listens on the whole window while mounted. `onFiles` is called in the event's own turn.
 * @returns whether files are being dragged over the page
 */
export function useFileDrop(onFiles: (transfer: DataTransfer) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFiles);

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;

    function onDrag(event: DragEvent): void {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    }
    function onLeave(event: DragEvent): void {
      // Moving between elements of the page names the next one; leaving the window names none.
      if (event.relatedTarget === null) setOver(false);
    }
    function onDrop(event: DragEvent): void {
      setOver(false);
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      take(event.dataTransfer);
    }
    function onPaste(event: ClipboardEvent): void {
      if (!carriesFiles(event.clipboardData)) return;
      event.preventDefault();
      take(event.clipboardData);
    }

    window.addEventListener('dragenter', onDrag, { signal });
    window.addEventListener('dragover', onDrag, { signal });
    window.addEventListener('dragleave', onLeave, { signal });
    window.addEventListener('drop', onDrop, { signal });
    window.addEventListener('paste', onPaste, { signal });
    return () => stop.abort();
  }, []);

  return over;
}
