// Names of an archive's members, which may try to point out of it.

/** Longer ones are made to hurt. In UTF-16 code units. */
const LONGEST_PATH = 1024;

/** The name as a path with forward slashes, or null for one that leaves the archive, is absolute or is no path at all. */
export function memberPath(name: string): string | null {
  const path = name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  if (path === '' || path.length > LONGEST_PATH || path.includes('\0')) return null;
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return null;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? null : parts.join('/');
}

/** What members go below: nothing where all of them share a folder, else the archive's own name without its ending. */
export function memberRoot(archive: string, members: readonly string[]): string {
  const top = members[0]?.split('/', 1)[0] ?? '';
  const isShared = members.every((member) => member.startsWith(`${top}/`));
  return members.length > 0 && isShared ? '' : `${archiveStem(archive)}/`;
}

/** The name of an archive without its folder and ending. */
export function archiveStem(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.(?:zip|tgz|tar|tar\.gz|gz)$/i, '') || name;
}
