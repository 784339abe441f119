// A language as sources write it, in one form.

/** What is no language of a text: undetermined, several, none. */
const NONE = new Set<string | undefined>([undefined, 'und', 'mul', 'zxx', 'mis']);

/**
 * The BCP 47 language of a tag or code such as "en-US", "pt_BR" or "deu", without region and script: "en", "pt", "de". Null for what
 * is no tag, and for tags that name no one language.
 */
export function languageTag(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const written = value.trim().replaceAll('_', '-');
  if (!/^[a-z]{2,3}(?:-|$)/i.test(written)) return null;
  try {
    const { language } = new Intl.Locale(written);
    return NONE.has(language) ? null : language;
  } catch {
    return null;
  }
}
