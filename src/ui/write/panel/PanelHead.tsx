// The panel's name, and behind one quiet button what it shows: how much, and which posts.
import { useId, useState } from 'react';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import X from 'lucide-react/icons/x';
import { IconButton } from '../../parts/IconButton.tsx';
import { text } from '../../text.ts';
import { Chosen } from './Chosen.tsx';
import { ShownOptions } from './ShownOptions.tsx';
import './ShownOptions.css';

export function PanelHead({ onClose }: { onClose: () => void }) {
  const words = text.write.panel;
  const [open, setOpen] = useState(false);
  const options = useId();
  return (
    <>
      <div className="panel__head">
        <h2 id="related-title">{words.title}</h2>
        <div className="panel__tools">
          <IconButton
            label={words.options}
            aria-expanded={open}
            aria-controls={options}
            icon={<SlidersHorizontal aria-hidden />}
            onClick={() => setOpen(!open)}
          />
          <IconButton className="panel__close" label={words.sheetClose} icon={<X aria-hidden />} onClick={onClose} />
        </div>
      </div>
      <div id={options}>{open ? <ShownOptions /> : <Chosen />}</div>
    </>
  );
}
