// Notices over the page: what happened, and Undo where there is one.
import X from 'lucide-react/icons/x';
import { useNotices, useServices } from '../../app/hooks.ts';
import { Button } from '../parts/Button.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { text } from '../text.ts';
import './Notices.css';

export function Notices() {
  const shown = useNotices();
  const { notices } = useServices();
  return (
    <section
      aria-label={text.shell.notices.region}
      className="notices"
      onPointerEnter={() => notices.hold()}
      onPointerLeave={() => notices.release()}
      onFocus={() => notices.hold()}
      onBlur={() => notices.release()}
    >
      <ul aria-live="polite" aria-relevant="additions">
        {shown.map(({ id, message, tone, action }) => (
          <li key={id} className={`notice notice--${tone}`}>
            <span className="notice__words">{message}</span>
            {action === null ? null : (
              <Button
                look="quiet"
                onClick={() => {
                  notices.remove(id);
                  action.run();
                }}
              >
                {action.label}
              </Button>
            )}
            <IconButton label={text.shell.notices.close} icon={<X aria-hidden />} onClick={() => notices.remove(id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
