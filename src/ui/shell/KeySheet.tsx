// Every key in one place.
import X from 'lucide-react/icons/x';
import { Heading } from 'react-aria-components/Heading';
import { IconButton } from '../parts/IconButton.tsx';
import { Keys } from '../parts/Keys.tsx';
import { Modal } from '../parts/Modal.tsx';
import { text } from '../text.ts';
import './KeySheet.css';

const words = text.shell.keys;

const groups = [
  {
    title: words.writing,
    rows: [
      ['Alt ↓', words.next],
      ['Alt ↑', words.previous],
      ['Alt Enter', words.insert],
      ['Alt .', words.dismiss],
      ['Alt O', words.read],
      ['Esc', words.back],
    ],
  },
  {
    title: words.everywhere,
    rows: [
      ['Mod K', words.search],
      ['?', words.sheet],
    ],
  },
] as const;

export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal label={words.title} place="middle" onClose={onClose}>
      <div className="key-sheet">
        <div className="key-sheet__head">
          <Heading level={2}>{words.title}</Heading>
          <IconButton label={words.close} icon={<X aria-hidden />} onClick={onClose} />
        </div>
        {groups.map(({ title, rows }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(([chord, what]) => (
                <div key={chord}>
                  <dt>
                    <Keys chord={chord} />
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <p className="key-sheet__promise">{text.shell.promise}</p>
      </div>
    </Modal>
  );
}
