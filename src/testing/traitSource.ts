// Posts for the tests of ranking: no more than their traits, and as given.
import type { TraitSource } from '../core/rank/postTraits.ts';

export const traitSource = (id: string, parts: Partial<TraitSource> = {}): TraitSource => ({
  id,
  url: `https://example.org/${id}`,
  links: [],
  title: id,
  summary: '',
  date: null,
  tags: [],
  ...parts,
});
