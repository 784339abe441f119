// `npm test`: installs what it needs, a browser included, and runs every check; the last line counts what passed and failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { installIfMissing, requireNode } from './prepare.js';

const root = new URL('..', import.meta.url).pathname;
process.chdir(root);
requireNode();
installIfMissing();
const { installBrowser } = await import('./browser.js');
installBrowser();
rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, command: string[], counts?: () => Counts }} Step
 * @typedef {{ status: string, assertionResults: unknown[] }} Suite
 * @typedef {{ testResults: Suite[], numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} VitestReport
 * @typedef {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number }, errors: unknown[] }} PlaywrightReport
 */

/** @template T @param {string} file @returns {T} the report as its own tool wrote it */
function readJson(file) {
  /** @type {unknown} */
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return /** @type {T} */ (report);
}

/** @param {string} file @returns {Counts} */
function vitestCounts(file) {
  /** @type {VitestReport} */
  const report = readJson(file);
  // A file that fails to load fails as a whole, without a test of its own.
  const broken = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @param {string} file @returns {Counts} */
function playwrightCounts(file) {
  /** @type {PlaywrightReport} */
  const { stats, errors } = readJson(file);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

/** @param {string} project @returns {Step} */
function vitest(project) {
  const file = `test-results/${project}.json`;
  return {
    name: project,
    command: [
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    counts: () => vitestCounts(file),
  };
}

/** @type {Step[]} */
const steps = [
  { name: 'format', command: ['prettier', '--check', '.'] },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  { name: 'types', command: ['tsc', '-b'] },
  vitest('unit'),
  vitest('browser'),
  { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'size', command: ['node', 'scripts/size.js'] },
  { name: 'crash', command: ['tsx', 'bench/crash.ts', '--times', '5', '--seed', '1'] },
  { name: 'e2e', command: ['playwright', 'test'], counts: () => playwrightCounts('test-results/e2e.json') },
];

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? steps : steps.filter((step) => wanted.includes(step.name));
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];

for (const step of chosen) {
  console.log(`\n── ${step.name}`);
  const started = performance.now();
  const [tool = '', ...args] = step.command;
  const [command, commandArgs] = tool === 'node' ? [process.execPath, args] : ['npx', ['--no-install', tool, ...args]];
  const { status } = spawnSync(command, commandArgs, { stdio: 'inherit', shell: process.platform === 'win32' });
  const counts = read(step, status === 0);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  summary.push(
    `${step.name.padEnd(8)} ${String(counts.passed).padStart(5)} passed ${String(counts.failed).padStart(4)} failed ${String(counts.skipped).padStart(4)} skipped ${seconds.padStart(5)} s`,
  );
}

/**
 * A step without a report counts as one check; one with a report that exits badly has failed even if every test in it passed.
 * @param {Step} step
 * @param {boolean} ok
 * @returns {Counts}
 */
function read(step, ok) {
  const whole = { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  if (!step.counts) return whole;
  try {
    const counts = step.counts();
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

if (!existsSync('../shared/data')) {
  console.log('\nSkipped: the tests on real blogs, since ../shared/data is not there.');
}
console.log(`\n${summary.join('\n')}\n`);
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
