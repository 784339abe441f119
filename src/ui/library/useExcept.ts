// What is never suggested: told by source, folder, tag or language, remembered by the page.
import { usePreferences, useServices } from '../../app/hooks.ts';
import type { Exception } from '../../core/index.ts';
import { languageName } from '../format/languages.ts';
import { text } from '../text.ts';

const same = (a: Exception, b: Exception): boolean => a.by === b.by && a.value === b.value;

/** As the author would say it. */
export const nameOf = ({ by, value }: Exception): string => (by === 'language' ? languageName(value) : value);

export interface Except {
  isExcepted: (exception: Exception) => boolean;
  /** Leaves it out, or takes it in again; said aloud. */
  toggle: (exception: Exception) => void;
}

export function useExcept(): Except {
  const { preferences, announcer } = useServices();
  const except = usePreferences((state) => state.except);
  const isExcepted = (exception: Exception): boolean => except.some((one) => same(one, exception));
  return {
    isExcepted,
    toggle: (exception) => {
      const was = isExcepted(exception);
      preferences.setState({
        except: was ? except.filter((one) => !same(one, exception)) : [...except, exception],
      });
      const words = text.library.sources;
      const name = nameOf(exception);
      announcer.say(was ? words.announceIn(name) : words.announceOut(name));
    },
  };
}
