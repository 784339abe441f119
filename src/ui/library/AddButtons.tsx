// The two ways in that need no mouse: choose files, choose a folder.
import { useRef, type ChangeEvent } from 'react';
import FilePlus from 'lucide-react/icons/file-plus';
import FolderPlus from 'lucide-react/icons/folder-plus';
import { useServices } from '../../app/hooks.ts';
import { postEndings, readChosen } from '../../app/readDropped.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';

/** React's types don't know the attribute that every browser does. */
const wholeFolder = { webkitdirectory: '' };
const accept = postEndings.map((ending) => `.${ending}`).join(',');

export function AddButtons({ busy, strong = false }: { busy: boolean; strong?: boolean }) {
  const { imports } = useServices();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const words = text.library.add;
  const waiting = busy ? { 'aria-disabled': true, title: words.busy } : {};

  function onChosen(event: ChangeEvent<HTMLInputElement>): void {
    const input = event.target;
    const gathered = readChosen(input.files ?? []);
    // So that choosing the same files again is a change again.
    input.value = '';
    void imports.importGathered(() => gathered);
  }

  return (
    <div className="add-buttons">
      <Button
        {...waiting}
        look={strong ? 'strong' : 'plain'}
        icon={<FilePlus aria-hidden />}
        onClick={() => busy || files.current?.click()}
      >
        {words.files}
      </Button>
      <Button {...waiting} icon={<FolderPlus aria-hidden />} onClick={() => busy || folder.current?.click()}>
        {words.folder}
      </Button>
      <input ref={files} type="file" multiple accept={accept} hidden onChange={onChosen} data-testid="choose-files" />
      <input ref={folder} type="file" {...wholeFolder} hidden onChange={onChosen} data-testid="choose-folder" />
    </div>
  );
}
