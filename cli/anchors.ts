// `npm run anchors`: how often the words proposed for a link are those that the author put it on.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { command } from './command.ts';
import { judgeAnchors } from './eval/anchors.ts';
import { findSites, readSite, siteName } from './eval/site.ts';
import { ROOT } from './modelOptions.ts';

const USAGE = 'Usage: npm run anchors [-- --data DIR --blogs a,b]';

/* Protocol: every link to an earlier post of the same site is taken away; the words proposed should be where it was. */
async function judge(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      blogs: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  print('site', 'links', 'proposed', 'right', 'same paragraph');
  for (const folder of findSites(values.data, values.blogs?.split(',') ?? null)) {
    const scores = judgeAnchors(readSite(folder), folder);
    if (scores === null) continue;
    const { links, proposed, right, sameParagraph } = scores;
    print(siteName(folder), String(links), ...[proposed, right, sameParagraph].map((share) => `${share.toFixed(1)} %`));
  }
  return 0;
}

function print(...cells: string[]): void {
  process.stdout.write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(12) : cell.padStart(16))).join('')}\n`);
}

await command(judge);
