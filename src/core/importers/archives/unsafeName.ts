// What is said of a member whose name points out of its archive.
import { KindredError } from '../../errors.ts';

export function unsafeName(name: string, item: string): KindredError {
  const shown = name.length > 200 ? `${name.slice(0, 200)}…` : name;
  return new KindredError(
    'archive-unsafe',
    `${item} holds a file whose name points out of the archive (“${shown}”), so that file was left out. If it is a post of yours, add it by itself.`,
    { item },
  );
}
