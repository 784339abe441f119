// `npm run bench:start`: how the page starts at a first, a second and an offline visit, and what it downloads, beside transformers.js.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { productionHeaders } from '../scripts/headers.ts';
import { buildIfStale } from '../scripts/prepare.js';
import { fileOf, startStaticHost } from '../scripts/staticHost.ts';
import { giveReport } from './giveReport.ts';
import { compressed } from './start/compressed.ts';
import { peerBytes } from './start/peer.ts';
import { medianVisits, startReport } from './start/report.ts';
import { VISITS, visitAll, type Visit, type VisitName } from './start/visits.ts';

/** The script that begins to fetch the model beside the page's own. */
const EARLY = /(?:^|\/)early-[^/]*\.js$/;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    /** Seconds that a first visit may take to read the demo, before the second begins. */
    settle: { type: 'string', default: '60' },
    /** Milliseconds until the host answers, and kilobytes that each answer has a second: a line such as people have. */
    latency: { type: 'string', default: '0' },
    rate: { type: 'string', default: '0' },
    json: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const settleMs = Number(values.settle) * 1000;
const line = { latency: Number(values.latency), rate: Number(values.rate) * 1000 };
if (!(line.latency >= 0) || !(line.rate >= 0)) throw new RangeError('--latency and --rate take numbers from 0.');
if (!(rounds >= 1) || !(settleMs >= 0)) throw new RangeError('--rounds takes a number from 1, --settle one from 0.');

await buildIfStale();
// First, so that a failure here costs no rounds.
const peer = await peerBytes();
const folder = fileURLToPath(new URL('../dist', import.meta.url));
let givesEarly = true;
const host = await startStaticHost({
  folder,
  headers: productionHeaders,
  replace: (path, file) => (givesEarly || !EARLY.test(path) ? compressed(path, file) : fileOf(Buffer.alloc(0), path)),
  misbehave: () => ({ latency: line.latency, rate: line.rate === 0 ? Infinity : line.rate }),
});
const visits: Record<VisitName, Visit[]> = { first: [], late: [], second: [], offline: [] };
try {
  for (let round = 0; round < rounds; round++) {
    const found = await visitAll(host, settleMs, (given) => (givesEarly = given));
    for (const name of VISITS) visits[name].push(found[name]);
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  }
} finally {
  await host.stop().catch(() => undefined);
}
const medians = medianVisits(visits);
giveReport(`${startReport(medians, peer, rounds)}\n`, { rounds, visits, medians, peer }, values);
