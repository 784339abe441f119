// All drafts: open another, begin one, delete one with undo.
import { useState } from 'react';
import Plus from 'lucide-react/icons/plus';
import Trash from 'lucide-react/icons/trash-2';
import { useDrafts, useServices } from '../../app/hooks.ts';
import type { Draft } from '../../core/index.ts';
import { saidMoment } from '../format/dates.ts';
import { Button } from '../parts/Button.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Popup } from '../parts/Popup.tsx';
import { text } from '../text.ts';

export function DraftsMenu({ anchor, onClose }: { anchor: HTMLElement; onClose: () => void }) {
  const words = text.write.drafts;
  const { drafts, notices, announcer } = useServices();
  const state = useDrafts((all) => all);
  const [now] = useState(() => Date.now());
  if (state.state !== 'ready') return null;

  const leaveWith = (act: () => void) => (): void => {
    onClose();
    act();
  };
  const remove = ({ id, title }: Draft): void => {
    const name = title || text.write.untitled;
    const bringBack = drafts.remove(id);
    const run = (): void => {
      bringBack();
      announcer.say(words.broughtBack(name));
    };
    notices.add({ message: words.removed(name), action: { label: text.shell.undo, run } });
  };

  return (
    <Popup label={words.title} anchor={anchor} placement="bottom start" onClose={onClose}>
      <Button
        look="quiet"
        className="drafts-menu__new"
        icon={<Plus aria-hidden />}
        onClick={leaveWith(() => drafts.create())}
      >
        {words.create}
      </Button>
      <ul aria-label={words.list} className="drafts-menu__list">
        {state.drafts.map((draft) => (
          <li key={draft.id} className="drafts-menu__row">
            <button
              type="button"
              className="drafts-menu__open"
              aria-current={draft.id === state.open}
              onClick={leaveWith(() => drafts.open(draft.id))}
            >
              <span className="drafts-menu__title">{draft.title || text.write.untitled}</span>
              <span className="drafts-menu__when">
                {words.edited(saidMoment(draft.updatedAt, now))}
                {draft.id === state.open ? `, ${words.current}` : ''}
              </span>
            </button>
            <IconButton
              label={words.remove(draft.title || text.write.untitled)}
              icon={<Trash aria-hidden />}
              // The undo stands outside the menu, which would keep the focus in.
              onClick={leaveWith(() => remove(draft))}
            />
          </li>
        ))}
      </ul>
    </Popup>
  );
}
