// `npm run crossposts`: posts of digital.gov that stand on 18F too, found as they come into one library, against the list of them.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createLibrary } from '../src/core/library.ts';
import type { PostId } from '../src/core/post.ts';
import { fakeModel, fakeSupply } from '../src/testing/fakeModel.ts';
import { ROOT } from './modelOptions.ts';

/*
 * The list has posts of digital.gov that link to their other place at 18F; what it lacks may be one all the same, so what is
 * found beyond it is printed with --found, to be read.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: resolve(ROOT, '../shared/data') },
    found: { type: 'boolean', default: false },
  },
});
const list = join(values.data, 'blog-digitalgov/share-to-18f.tsv');
if (!existsSync(list)) {
  console.error(`${list} is not there. Give the folder of data with --data.`);
  process.exit(2);
}

const library = createLibrary({ models: () => fakeSupply(() => fakeModel()), demoUrl: '/demo/demo.json' });
const siteOf = new Map<PostId, string>();
const idOf = new Map<string, PostId>();
for (const [site, folder] of [
  ['18F', 'blog-18f'],
  ['digital.gov', 'blog-digitalgov'],
] as const) {
  const text = readFileSync(join(values.data, folder, 'posts.jsonl'), 'utf8');
  const started = Date.now();
  const report = await library.importFiles([{ path: 'posts.jsonl', blob: new Blob([text]) }], { source: site });
  console.log(
    `${site}: ${report.added.length} posts imported in ${Date.now() - started} ms, ${report.issues.length} issues.`,
  );
  for (const id of report.added) siteOf.set(id, site);
  for (const line of text.split('\n').filter(Boolean)) {
    const { id } = JSON.parse(line) as { id: string };
    const known = report.added.find((added) => added === id || added.endsWith(`/${id}`) || added.endsWith(id));
    if (known !== undefined) idOf.set(`${site}/${id}`, known);
  }
}
/** Found in the background, in order: over when the count has stood still for half a minute. */
const POLL_MS = 500;
const STILL = 60;
const began = Date.now();
for (let last = -1, still = 0; still < STILL;) {
  const { joined } = await library.status();
  still = joined === last && joined > 0 ? still + 1 : 0;
  last = joined;
  await new Promise((settled) => setTimeout(settled, POLL_MS));
}
console.log(`Looked for other places in about ${Math.round((Date.now() - began - STILL * POLL_MS) / 1000)} s.`);

const found = new Map<string, string>();
const shown = await library.listPosts({ search: '', sort: 'date', descending: true });
for (const { id, title, places } of shown) {
  if (places === undefined) continue;
  for (const place of await library.placesOf(id)) {
    const [one, other] = siteOf.get(id) === '18F' ? [place.id, id] : [id, place.id];
    found.set(`${one} ${other}`, `${place.by}: “${title}” | “${place.title}”`);
  }
}
const counts = new Map<string, { listed: number; found: number }>();
for (const row of readFileSync(list, 'utf8').split(/\r?\n/).slice(1).filter(Boolean)) {
  const [post = '', other = '', kind = ''] = row.split('\t');
  const [one, two] = [idOf.get(`digital.gov/${post}`), idOf.get(`18F/${other}`)];
  if (one === undefined || two === undefined) continue;
  const count = counts.get(kind) ?? { listed: 0, found: 0 };
  count.listed++;
  if (found.delete(`${one} ${two}`)) count.found++;
  counts.set(kind, count);
}
for (const [kind, count] of counts) console.log(`${kind}: ${count.found} of ${count.listed} found.`);
console.log(`${found.size} found that are not in the list.`);
if (values.found) for (const line of found.values()) console.log(`  ${line}`);
await library.close();
