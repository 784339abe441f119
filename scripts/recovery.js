// `npm run recovery`: every way in which an embedder's worker can go, a hundred times each; `-- --rounds N` for another number, and
// `-- --only killed` for one of them.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' }, only: { type: 'string' } } });
const only = values.only === undefined ? [] : ['-t', values.only];
const { status } = spawnSync(
  'npx',
  ['--no-install', 'vitest', 'run', '--project', 'browser', 'src/workers/recovery.browser.test.ts', ...only],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, VITE_RECOVERY_ROUNDS: values.rounds },
  },
);
process.exit(status ?? 1);
