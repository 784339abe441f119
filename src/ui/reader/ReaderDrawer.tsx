// The reader over the page, where there is no room for a column.
import { useReader, useServices } from '../../app/hooks.ts';
import { Modal } from '../parts/Modal.tsx';
import { text } from '../text.ts';
import { ReaderContent } from './ReaderContent.tsx';

export function ReaderDrawer() {
  const state = useReader();
  const { reader } = useServices();
  if (state.state === 'closed') return null;
  const close = (): void => reader.close();
  return (
    <Modal label={text.reader.region} place="side" onClose={close}>
      <ReaderContent state={state} onClose={close} />
    </Modal>
  );
}
