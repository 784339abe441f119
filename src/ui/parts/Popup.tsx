// A small dialog beside what opened it; closes on Escape and on a press elsewhere, and gives the focus back.
import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import './Popup.css';

export interface PopupProps {
  label: string;
  anchor: HTMLElement;
  placement: 'bottom start' | 'bottom end';
  onClose: () => void;
  children: ReactNode;
}

export function Popup({ label, anchor, placement, onClose, children }: PopupProps) {
  return (
    <Popover
      isOpen
      triggerRef={{ current: anchor }}
      placement={placement}
      offset={4}
      className="popup"
      onOpenChange={(open) => !open && onClose()}
    >
      <Dialog aria-label={label}>{children}</Dialog>
    </Popover>
  );
}
