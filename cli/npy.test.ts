// NumPy's format, written and read back.
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { npyHeader } from '../src/core/backup/index.ts';
import { NpyWriter, readNpy } from './npy.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'npy-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the header is the one of the format, padded so that the data is aligned', () => {
  const header = Buffer.from(npyHeader("'<f4'", [200, 384]));
  expect(header.length % 64).toBe(0);
  expect(header.subarray(0, 8)).toEqual(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]));
  expect(header.readUInt16LE(8)).toBe(header.length - 10);
  const text = header.toString('latin1', 10);
  expect(text).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(200, 384\), \} *\n$/);
});

test('what is written in parts is read back, whatever view it came from', async () => {
  const path = join(folder, 'a.npy');
  const all = Float32Array.from([9, 1.5, -2, 3, 4, 5, 6]);
  const writer = await NpyWriter.create(path, 3, 2);
  await writer.write(all.subarray(1, 3));
  await writer.write(all.subarray(3));
  await writer.close();
  expect(await readNpy(path)).toEqual({ rows: 3, columns: 2, values: all.slice(1) });
});

test('until it is whole, the file does not stand under its name', async () => {
  const path = join(folder, 'b.npy');
  const writer = await NpyWriter.create(path, 1, 1);
  expect(await readdir(folder)).not.toContain('b.npy');
  await writer.write(Float32Array.of(1));
  await writer.close();
  expect(await readdir(folder)).toContain('b.npy');
});

test('no rows are a file too', async () => {
  const path = join(folder, 'empty.npy');
  await (await NpyWriter.create(path, 0, 384)).close();
  expect(await readNpy(path)).toEqual({ rows: 0, columns: 384, values: new Float32Array(0) });
});

test('a file that is no .npy, is cut or holds something else is refused by name', async () => {
  const path = join(folder, 'c.npy');
  await writeFile(path, 'hello, this is text');
  await expect(readNpy(path)).rejects.toThrow(`${path} is not a .npy file`);
  await writeFile(path, Buffer.concat([npyHeader("'<f4'", [2, 2]), Buffer.alloc(12)]));
  await expect(readNpy(path)).rejects.toThrow('cut short');
  const float64 = Buffer.from(
    (await readFile(join(folder, 'a.npy'))).toString('latin1').replace('<f4', '<f8'),
    'latin1',
  );
  await writeFile(path, float64);
  await expect(readNpy(path)).rejects.toThrow('float32');
});
