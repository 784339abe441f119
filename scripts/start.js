// `npm start`: installs what is missing, builds what is stale, serves the page with its headers and prints the address.
import { parseArgs } from 'node:util';
import { buildIfStale, installIfMissing, requireNode } from './prepare.js';

requireNode();
installIfMissing();

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4173' },
    host: { type: 'string' },
    feeds: { type: 'boolean', default: false },
  },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`--port takes a number from 1 to 65535, not ${values.port}.`);
  process.exit(2);
}

// Read by scripts/feeds/feedPlugin.ts.
if (values.feeds) process.env['KINDRED_FEEDS'] = 'on';

await buildIfStale();
const { preview } = await import('vite');
const server = await preview({ preview: { port, strictPort: false, ...(values.host ? { host: values.host } : {}) } });
const address = server.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
const feeds = values.feeds
  ? '\nThis server fetches the feeds that you follow, and is told nothing but their addresses.'
  : '';
console.log(`\nKindred is at ${address}\nNothing you write there leaves the page.${feeds} Ctrl C stops it.`);
