// A dialog over the page: focus kept inside, Escape and a click beside it close it, focus goes back to where it was.
import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal';
import './Modal.css';

export interface ModalProps {
  label: string;
  /** `top` for search, `middle` for sheets, `side` for the reader. */
  place: 'top' | 'middle' | 'side';
  onClose: () => void;
  children: ReactNode;
}

/** Open while it is mounted. */
export function Modal({ label, place, onClose, children }: ModalProps) {
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={`modal modal--${place}`}>
      <AriaModal className="modal__frame">
        <Dialog aria-label={label} className="modal__dialog">
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
