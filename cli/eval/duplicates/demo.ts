// The demo's own cross-posts: the same message for the newsletter, a noticeboard, a handbook; and posts that fill in a template again.
import { join } from 'node:path';
import { ROOT } from '../../modelOptions.ts';
import { packDemo } from '../../../scripts/packDemo.ts';
import { importFiles } from '../../../src/core/importers/index.ts';
import type { AskedPost, DuplicateSet } from './duplicateSet.ts';

/** By file name; each was written to say the other again. */
const CROSS_POSTS: readonly (readonly [later: string, earlier: string])[] = [
  ['2022-04-26-the-words-on-the-sign', '2022-04-12-called-off'],
  ['2022-07-26-no-forecast-on-the-sign', '2022-07-12-no-percentages'],
  ['2023-04-25-your-timetable-read-aloud', '2023-02-28-what-my-screen-reader-says'],
  ['2023-05-30-a-job-that-starts-with-the-first-boat', '2023-05-16-someone-for-the-mornings'],
  ['2025-02-25-why-we-still-answer-the-phone', '2021-04-20-the-phone-line-stays'],
];

export async function demoCrossPosts(): Promise<DuplicateSet[]> {
  const { name, posts: files } = await packDemo(join(ROOT, 'demo'));
  const posts: AskedPost[] = [];
  const options = { source: name };
  const blobs = files.map(({ path, text }) => ({ path, blob: new Blob([text]) }));
  for await (const event of importFiles(blobs, options)) {
    if (event.kind === 'post') posts.push({ ...event.post, date: event.post.date ?? '' });
  }
  const named = (file: string): string | undefined => posts.find(({ id }) => id.includes(file))?.id;
  const queries = posts.map((post) => {
    const same = CROSS_POSTS.filter(([later]) => post.id.includes(later)).flatMap(
      ([, earlier]) => named(earlier) ?? [],
    );
    const back = CROSS_POSTS.filter(([, earlier]) => post.id.includes(earlier)).flatMap(
      ([later]) => named(later) ?? [],
    );
    // Each pair is asked once, by the later post.
    return { post, same: new Set(same), unjudged: ({ id }: AskedPost) => back.includes(id) };
  });
  return [{ name: 'demo', part: 'reported', library: posts, queries }];
}
