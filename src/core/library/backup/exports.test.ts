// Exports as other tools read them: JSON Lines line by line and as an import again, NumPy's format by NumPy itself.
import 'fake-indexeddb/auto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everything, useBackups } from '../../../testing/libraryBackups.ts';
import { complete, file, markdownPost, statusWhen } from '../../../testing/libraryHarness.ts';
import type { ExportFormat } from '../../backupApi.ts';
import type { LibraryApi } from '../../libraryApi.ts';

const { libraries, filled, elsewhere } = useBackups();

async function exported(library: LibraryApi, format: ExportFormat): Promise<Blob> {
  const { blob, posts, vectors } = await library.exportPosts({ format, to: null });
  expect({ posts, vectors }).toEqual({ posts: 3, vectors: 6 });
  if (blob === null) throw new Error('no blob');
  return blob;
}

interface Line {
  id: string;
  title: string;
  text: string;
  passages: { start: number; end: number; vector: number[] }[];
}

const linesOf = async (blob: Blob): Promise<Line[]> =>
  (await blob.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** Whether there is a Python that has NumPy; without one its test says so and is skipped. */
function hasNumpy(): boolean {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('SKIPPED: no python3 with numpy here, so nothing but our own code has read the .npy file.');
    return false;
  }
}

const READ = `
import json, sys
import numpy
rows = numpy.load(sys.argv[1], allow_pickle=False)
print(json.dumps({
  "shape": rows.shape, "names": rows.dtype.names, "ids": sorted(set(rows["post"].tolist())),
  "rows": [[row["post"].item(), row["start"].item(), row["end"].item(), row["vector"].tolist()] for row in rows],
  "norms": numpy.linalg.norm(rows["vector"], axis=1).tolist(),
}))
`;

describe('an export', () => {
  it('as JSON Lines has every post with its passages and their vectors', async () => {
    const lines = await linesOf(await exported(await filled(), 'json-lines'));
    expect(lines.map(({ title }) => title).sort()).toEqual(['Bread', 'Pager', 'Tides']);
    for (const { text, passages } of lines) {
      expect(passages).toHaveLength(2);
      expect(text.slice(passages[1]?.start, passages[1]?.end)).toBe(text);
      for (const { vector } of passages) {
        expect(vector).toHaveLength(64);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 1);
      }
    }
  });

  it('as JSON Lines comes in again like any such file', async () => {
    const library = await filled();
    const blob = await exported(library, 'json-lines');
    const before = await everything(library);
    await elsewhere(async (other) => {
      const report = await other.importFiles([{ path: 'export.jsonl', blob }], { source: 'export' });
      expect(report).toMatchObject({ added: { length: 3 }, issues: [] });
      const after = await everything(other);
      const told = (posts: typeof before.posts) => posts.map((post) => [post.title, post.text, post.date, post.url]);
      expect(told(after.posts)).toEqual(told(before.posts));
    });
  });

  it('as NumPy records is read by NumPy, and has the numbers of the JSON Lines', async (test) => {
    if (!hasNumpy()) test.skip();
    const library = await filled();
    const lines = await linesOf(await exported(library, 'json-lines'));
    const folder = mkdtempSync(join(tmpdir(), 'export-'));
    const path = join(folder, 'export.npy');
    writeFileSync(path, Buffer.from(await (await exported(library, 'npy')).arrayBuffer()));
    const read = JSON.parse(execFileSync('python3', ['-c', READ, path], { encoding: 'utf8' })) as {
      shape: number[];
      names: string[];
      ids: string[];
      rows: [string, number, number, number[]][];
      norms: number[];
    };
    rmSync(folder, { recursive: true });
    expect(read).toMatchObject({ shape: [6], names: ['post', 'start', 'end', 'vector'] });
    expect(read.ids).toEqual(lines.map(({ id }) => id).sort());
    const expected = lines.flatMap(({ id, passages }) =>
      passages.map(({ start, end, vector }) => ({ id, start, end, vector })),
    );
    expect(read.rows).toHaveLength(expected.length);
    for (const [index, { id, start, end, vector }] of expected.entries()) {
      const [post, from, to, row] = read.rows[index] ?? ['', 0, 0, []];
      expect([post, from, to]).toEqual([id, start, end]);
      row.forEach((value, at) => expect(value).toBeCloseTo(vector[at] ?? NaN, 6));
    }
    for (const norm of read.norms) expect(norm).toBeCloseTo(1, 1);
  });

  it('says what is missing where nothing is embedded yet', async () => {
    const library = libraries.open();
    await library.importFiles([file('a.md', markdownPost('A', 'Text.'))], { source: 'blog' });
    await expect(library.exportPosts({ format: 'npy', to: null })).rejects.toMatchObject({
      message: expect.stringContaining('JSON Lines') as unknown,
    });
    const { blob } = await library.exportPosts({ format: 'json-lines', to: null });
    expect(await linesOf(blob ?? new Blob())).toMatchObject([{ title: 'A', passages: null }]);
  });

  it('into a file that the author chose leaves it as it was when it fails', async () => {
    const written: string[] = [];
    const handle = (failing: boolean) =>
      ({
        name: 'chosen.jsonl',
        createWritable: () =>
          Promise.resolve({
            write: () =>
              failing ? Promise.reject(new Error('disk gone')) : Promise.resolve(void written.push('part')),
            close: () => Promise.resolve(void written.push('closed')),
            abort: () => Promise.resolve(void written.push('aborted')),
          }),
      }) as unknown as FileSystemFileHandle;
    const library = await filled();
    await statusWhen(library, complete);
    await expect(library.exportPosts({ format: 'json-lines', to: handle(true) })).rejects.toMatchObject({
      code: 'file-unreadable',
      item: 'chosen.jsonl',
    });
    expect(written).toEqual(['aborted']);
    const { blob } = await library.exportPosts({ format: 'json-lines', to: handle(false) });
    expect(blob).toBeNull();
    expect(written).toEqual(['aborted', 'part', 'part', 'part', 'closed']);
    const stop = new AbortController();
    stop.abort();
    await expect(
      library.exportPosts({ format: 'json-lines', to: handle(false), signal: stop.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
