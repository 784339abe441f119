// Light, dark or as the device says, and high contrast.
import X from 'lucide-react/icons/x';
import { Heading } from 'react-aria-components/Heading';
import { usePreferences, useServices } from '../../app/hooks.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { Modal } from '../parts/Modal.tsx';
import { text } from '../text.ts';
import './KeySheet.css';

const themes = ['system', 'light', 'dark'] as const;

export function AppearanceDialog({ onClose }: { onClose: () => void }) {
  const words = text.shell.appearance;
  const { preferences } = useServices();
  const theme = usePreferences((state) => state.theme);
  const contrast = usePreferences((state) => state.contrast);
  return (
    <Modal label={words.title} place="middle" onClose={onClose}>
      <div className="key-sheet">
        <div className="key-sheet__head">
          <Heading level={2}>{words.title}</Heading>
          <IconButton label={text.shell.close} icon={<X aria-hidden />} onClick={onClose} />
        </div>
        <fieldset>
          <legend>{words.theme}</legend>
          {themes.map((choice) => (
            <label key={choice} className="key-sheet__choice">
              <input
                type="radio"
                name="theme"
                checked={theme === choice}
                onChange={() => preferences.setState({ theme: choice })}
              />
              {words[choice]}
            </label>
          ))}
        </fieldset>
        <label className="key-sheet__choice">
          <input
            type="checkbox"
            checked={contrast === 'more'}
            onChange={(event) => preferences.setState({ contrast: event.target.checked ? 'more' : 'system' })}
          />
          {words.moreContrast}
        </label>
      </div>
    </Modal>
  );
}
