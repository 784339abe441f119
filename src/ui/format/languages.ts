// Languages by their names.

let names: Intl.DisplayNames | undefined;

/** "de" as "German"; the tag itself where the browser has no name for it. */
export function languageName(tag: string): string {
  try {
    names ??= new Intl.DisplayNames('en', { type: 'language' });
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
