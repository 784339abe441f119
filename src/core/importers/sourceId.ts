// Ids that a source gives its posts, made fit to stand beside those of other sources.

/** The id itself, or behind the source's name where it is a bare number, which every source counts anew; null where there is none. */
export function sourceId(id: string, source: string): string | null {
  if (id === '') return null;
  return /^\d+$/.test(id) ? `${source}/${id}` : id;
}
