// Suggestions by their relation to the draft, in the order of the panel, settled so that nothing moves under a reader.
import type { PostId, Relation, Suggestion } from '../core/index.ts';
import { settle, type Settled } from './settle.ts';

/** In the order of the panel: what the author must know first. */
export const RELATIONS = [
  'near-duplicate',
  'same-topic',
  'related',
  'link-target',
] as const satisfies readonly Relation[];

export interface Group {
  relation: Relation;
  list: Suggestion[];
}

/** Groups that have a suggestion, each in the order given. */
export function groupsOf(list: readonly Suggestion[]): Group[] {
  return RELATIONS.map((relation) => ({ relation, list: list.filter((one) => one.relation === relation) })).filter(
    (group) => group.list.length > 0,
  );
}

/** A shown suggestion comes to those on the same topic, or leaves them, when its topic has crossed the middle by this much. */
const CLEARLY_OTHER = 0.1;
const MIDDLE = 0.5;

const isSaid = (relation: Relation): boolean => relation === 'near-duplicate';

/** The incoming ones in the groups in which they are shown, unless they clearly belong elsewhere; held, in any case. */
function steady(shown: readonly Suggestion[], incoming: readonly Suggestion[], held: boolean): Suggestion[] {
  const before = new Map(shown.map(({ post, relation }) => [post, relation]));
  return incoming.map((one) => {
    const relation = before.get(one.post) ?? one.relation;
    const byTopic = [relation, one.relation].includes('same-topic') && !isSaid(relation) && !isSaid(one.relation);
    return held || (byTopic && Math.abs(one.topic - MIDDLE) < CLEARLY_OTHER) ? { ...one, relation } : one;
  });
}

/** Another part has become the best of a series that is shown: while the list is read, the part that is shown stands for it. */
function withoutShownSeries(shown: readonly Suggestion[], incoming: readonly Suggestion[]): Suggestion[] {
  const ids = new Set(shown.map(({ post }) => post));
  return incoming.filter(({ post, series }) => ids.has(post) || !series.some((part) => ids.has(part.post)));
}

export interface SettledPanel {
  draft: Suggestion[];
  paragraph: Suggestion[];
  /** Posts that were not shown before, in any group. */
  fresh: PostId[];
}

export interface PanelLists {
  draft: readonly Suggestion[];
  paragraph: readonly Suggestion[];
}

/**
 * Settles each group by itself. Held, nothing that is shown moves: new posts come only where no group with a suggestion
 * follows, the others once the list is let go.
 */
export function settlePanel(shown: PanelLists, incoming: PanelLists, held: boolean): SettledPanel {
  const wanted = steady(shown.draft, held ? withoutShownSeries(shown.draft, incoming.draft) : incoming.draft, held);
  const groups = RELATIONS.map((relation) => {
    const isOfGroup = (one: Suggestion): boolean => one.relation === relation;
    return { shown: shown.draft.filter(isOfGroup), incoming: wanted.filter(isOfGroup) };
  });
  const mayAdd = (index: number): boolean =>
    !held || (shown.paragraph.length === 0 && groups.slice(index + 1).every((later) => later.shown.length === 0));
  const settled = groups.map((group, index) => settleGroup(group.shown, group.incoming, held, mayAdd(index)));
  const draft = settled.flatMap(({ list }) => list);
  const inDraft = new Set(draft.map(({ post }) => post));
  const isOther = ({ post }: Suggestion): boolean => !inDraft.has(post);
  const before = shown.paragraph.filter(isOther);
  const paragraph = settle(before, incoming.paragraph.filter(isOther), held);
  const known = new Set([...shown.draft, ...shown.paragraph].map(({ post }) => post));
  const fresh = [...draft, ...paragraph.list].map(({ post }) => post).filter((post) => !known.has(post));
  return { draft, paragraph: paragraph.list, fresh };
}

function settleGroup(
  shown: readonly Suggestion[],
  incoming: readonly Suggestion[],
  held: boolean,
  mayAdd: boolean,
): Settled {
  const known = new Set(shown.map(({ post }) => post));
  return settle(shown, mayAdd ? incoming : incoming.filter(({ post }) => known.has(post)), held);
}
