// What can be done from the search dialog.
import { hrefOf } from '../../app/route.ts';
import type { Services } from '../../app/services.ts';
import { text } from '../text.ts';
import type { OverlaysControl } from './overlaysContext.ts';

export interface Command {
  id: string;
  label: string;
  /** The name of the view that it goes to. */
  view?: string;
  run: () => void;
}

export function listCommands(services: Services, overlays: OverlaysControl): Command[] {
  const { route, drafts, preferences, suggestions } = services;
  const { commands: words, views } = text.shell;
  const { contrast, dismissed } = preferences.getState();
  const draft = drafts.current();
  const hidden = draft === null ? 0 : (dismissed[draft.id]?.length ?? 0);
  const create = (): void => {
    drafts.create();
    route.go('write');
  };
  return [
    { id: hrefOf('write'), label: words.write, view: views.write, run: () => route.go('write') },
    { id: hrefOf('library'), label: words.library, view: views.library, run: () => route.go('library') },
    { id: hrefOf('status'), label: words.status, view: views.status, run: () => route.go('status') },
    { id: 'new-draft', label: words.newDraft, run: create },
    { id: 'backup', label: words.backup, run: () => route.go('library') },
    { id: 'add-posts', label: words.addPosts, run: () => route.go('library') },
    ...(hidden > 0 ? [{ id: 'bring-back', label: words.bringBack, run: () => suggestions.bringBack() }] : []),
    { id: 'keys', label: words.keys, run: () => overlays.open('keys') },
    { id: 'light', label: words.light, run: () => preferences.setState({ theme: 'light' }) },
    { id: 'dark', label: words.dark, run: () => preferences.setState({ theme: 'dark' }) },
    { id: 'system', label: words.system, run: () => preferences.setState({ theme: 'system' }) },
    contrast === 'more'
      ? { id: 'contrast', label: words.lessContrast, run: () => preferences.setState({ contrast: 'system' }) }
      : { id: 'contrast', label: words.moreContrast, run: () => preferences.setState({ contrast: 'more' }) },
  ];
}

/** Whether what was typed begins a command, or the name of a view that it goes to: then it is more likely meant than a post. */
export function beginsCommand(commands: readonly Command[], typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted.length < 2) return false;
  return commands.some(({ label, view = label }) =>
    [label, view].some((name) => name.toLowerCase().startsWith(wanted)),
  );
}

/** Commands whose label holds every word typed, in any order. */
export function matchCommands(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
}
