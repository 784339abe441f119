// Damaged backups, one after the other, against one library that must refuse each and never change.
import fc from 'fast-check';
import { createLibrary } from '../core/library.ts';
import { isKindredError } from '../core/errors.ts';
import type { LibraryApi } from '../core/libraryApi.ts';
import { openStore, type Store } from '../core/store/openStore.ts';
import { backupOf, damaged, DAMAGES, madeLibraries, type Damage } from './backupParts.ts';
import { fakeEmbedder } from './fakeEmbedder.ts';
import { fakeModel, fakeSupply } from './fakeModel.ts';
import { blog } from './libraryHarness.ts';

export interface FuzzReport {
  cases: number;
  /** By kind of damage, how many were refused. */
  refused: Map<Damage, number>;
  /** By code. */
  codes: Map<string, number>;
  /** What should not have been: a case that was taken, another error, a library that changed. */
  failures: string[];
}

/** Backups that are damaged, each in this many ways. */
const CASES_PER_BACKUP = 50;
/** The whole library is compared after so many. */
const COMPARE_EVERY = 100;

/** The same cases for the same seed. Keep what is stored in memory: call it where there is no IndexedDB. */
export async function fuzzBackups(cases: number, seed: number): Promise<FuzzReport> {
  const report: FuzzReport = { cases: 0, refused: new Map(), codes: new Map(), failures: [] };
  const { library, store } = await openFilled();
  const before = await contentsOf(store);
  let state = (seed % 2_147_483_646) + 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);

  for (let backup = 0; report.cases < cases; backup++) {
    const [made] = fc.sample(madeLibraries, { numRuns: 1, seed: seed + backup });
    if (made === undefined || made.posts.length === 0) continue;
    const whole = await backupOf(made);
    for (let n = 0; n < CASES_PER_BACKUP && report.cases < cases; n++) {
      const damage = DAMAGES[n % DAMAGES.length] ?? 'bits';
      const bytes = await damaged(whole, damage, random);
      // Two equal halves were swapped, or zeros written over zeros.
      if (Buffer.compare(bytes, whole) === 0) continue;
      const name = `seed ${seed}, backup ${backup}, case ${n} (${damage})`;
      report.cases++;
      const mode = report.cases % 2 === 0 ? 'merge' : 'replace';
      const error = await library.restoreBackup(new Blob([bytes]), { mode, vectors: true }).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (isKindredError(error) && error.code.startsWith('backup-')) {
        count(report.refused, damage);
        count(report.codes, error.code);
      } else report.failures.push(`${name}: ${error instanceof Error ? error.message : 'was restored'}`);
      if (report.cases % COMPARE_EVERY === 0 && (await contentsOf(store)) !== before)
        report.failures.push(`${name}: the library has changed, by this case or one of the ${COMPARE_EVERY} before`);
    }
  }
  if ((await contentsOf(store)) !== before) report.failures.push('The library has changed.');
  await library.close();
  return report;
}

async function openFilled(): Promise<{ library: LibraryApi; store: Store }> {
  const store = await openStore();
  const library = createLibrary({
    models: () => fakeSupply(() => fakeModel(fakeEmbedder())),
    demoUrl: '/demo/demo.json',
    openStore: () => Promise.resolve(store),
  });
  await library.importFiles([...blog], { source: 'blog' });
  for (let status = await library.status(); status.vectors < 6; status = await library.status())
    await new Promise((resolve) => setTimeout(resolve, 10));
  // What was embedded is saved a moment later, and so are the languages of the posts.
  do await new Promise((resolve) => setTimeout(resolve, 200));
  while (!(await allLookedAt(store)));
  return { library, store };
}

async function allLookedAt(store: Store): Promise<boolean> {
  let all = true;
  await store.posts.each((posts) => {
    if (posts.some(({ language }) => language === undefined)) all = false;
  });
  return all;
}

/** Every post with its passages, and every draft, as one text. */
async function contentsOf(store: Store): Promise<string> {
  const rows: unknown[] = [await store.drafts.all()];
  await store.posts.each(async (posts) => {
    for (const post of posts) rows.push(post, await store.passages.of(post.id));
  });
  return JSON.stringify(rows, (_, value: unknown) => (ArrayBuffer.isView(value) ? [...(value as Uint32Array)] : value));
}
