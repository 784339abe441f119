// A key or a chord, as printed on the keyboard.
import './Keys.css';

/** "Alt ↓": parts are separated by spaces. `Mod` is ⌘ on Apple devices, Ctrl elsewhere. */
export function Keys({ chord }: { chord: string }) {
  return (
    <span className="keys">
      {chord.split(' ').map((key) => (
        <kbd key={key}>{keyName(key)}</kbd>
      ))}
    </span>
  );
}

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The name of a key on this device. */
export function keyName(key: string): string {
  if (key === 'Mod') return isApple() ? '⌘' : 'Ctrl';
  if (key === 'Alt') return isApple() ? '⌥' : 'Alt';
  return key;
}
