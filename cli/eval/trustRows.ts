// The candidates that would be shown with what is known of each: what training/ fits trust to.
import type { Match } from '../../src/core/library/matchDraft.ts';
import { undated } from '../../src/core/rank/features.ts';
import { availableGroups, scoreOf, weightsFor } from '../../src/core/rank/ranker.ts';
import { isTopic } from '../../src/core/rank/topicVotes.ts';
import { SIGNALS } from '../../src/core/rank/trust.ts';
import type { SiteAnswer } from './askSite.ts';
import { MOST_SHOWN } from './falseSuggestions.ts';
import type { Site, SitePost } from './site.ts';

/** Columns of a row; what is known of the candidate follows. */
const ABOUT = ['site', 'query', 'date', 'relevant', 'post', 'linked'];
const FLAGS = ['meaning', 'dates', 'paragraph', 'tagged'];

export const TRUST_HEADER = [...ABOUT, ...SIGNALS, ...FLAGS].join('\t');

const DIGITS = 6;

/** Makes the rows of answers, as they are and as a library without dates would have them. */
export function trustRows(site: Site): (answer: SiteAnswer) => string[] {
  const posts = new Map(site.posts.map((post) => [post.id, post]));
  const topics = rareTags(site.posts);
  return ({ from, post, part, basis, relevant, matches }) => {
    const orders: [boolean, readonly Match[]][] = [
      [false, basis.dates ? withoutDates(matches, basis.meaning) : matches],
    ];
    if (basis.dates) orders.push([true, matches]);
    const own = topicsOf(post, topics);
    return orders.flatMap(([dates, ordered]) =>
      ordered.slice(0, MOST_SHOWN).map(({ hit, signals }) => {
        const tagged = from === site.name && topicsOf(posts.get(hit.post), topics).some((tag) => own.includes(tag));
        const query = [from, post.id, part, basis.meaning, dates].join(' ');
        const flags = [basis.meaning, dates, part === 'paragraph', tagged].map((flag) => (flag ? '1' : '0'));
        const numbers = SIGNALS.map((signal) => String(Number(signals[signal].toPrecision(DIGITS))));
        const linked = relevant.has(hit.post) ? '1' : '0';
        return [site.name, query, post.date, relevant.size, hit.post, linked, ...numbers, ...flags].join('\t');
      }),
    );
  };
}

function withoutDates(matches: readonly Match[], meaning: boolean): Match[] {
  const features = matches.map((match) => undated(match.features));
  const weights = weightsFor(availableGroups(features, meaning));
  return matches
    .map((match, nth): Match => {
      const rank = scoreOf(features[nth] ?? match.features, weights);
      return { ...match, rank, signals: { ...match.signals, order: rank } };
    })
    .sort((a, b) => b.rank - a.rank);
}

function rareTags(posts: readonly SitePost[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { tags } of posts) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > 1 && isTopic(count, posts.length)).map(([tag]) => tag));
}

const topicsOf = (post: SitePost | undefined, topics: ReadonlySet<string>): readonly string[] =>
  post?.tags.filter((tag) => topics.has(tag)) ?? [];
