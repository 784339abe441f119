import { describe, expect, test } from 'vitest';
import { gzip, packTar, packZip } from '../../testing/packFiles.ts';
import type { ImportFile } from '../libraryApi.ts';
import { mostTextBytes } from './textBytes.ts';

const KB = 1000;
const file = (path: string, blob: Blob): ImportFile => ({ path, blob });
const text = (bytes: number): Blob => new Blob(['x'.repeat(bytes)]);

/** That can't be packed, so that an archive of it is not too small to be looked at. */
function noise(bytes: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(all.subarray(at, at + 65_536));
  return all;
}

describe('how much text files may hold', () => {
  test('is the sum of those that may be posts', async () => {
    const folder = [
      file('blog/a.md', text(5 * KB)),
      file('blog/b.md', text(7 * KB)),
      file('blog/picture.png', text(900 * KB)),
      file('blog/public/a.html', text(50 * KB)),
      file('blog/.git/objects.md', text(50 * KB)),
    ];
    expect(await mostTextBytes(folder)).toBe(12 * KB);
    expect(await mostTextBytes([])).toBe(0);
  });

  test('is what the posts in a zip unpack to, whatever else is in it', async () => {
    const zip = await packZip({
      'blog/a.md': 'x'.repeat(400 * KB),
      'blog/b.md': 'x'.repeat(100 * KB),
      'blog/photo.jpg': noise(300 * KB),
    });
    expect(zip.size).toBeLessThan(320 * KB);
    expect(await mostTextBytes([file('blog.zip', zip)])).toBe(500 * KB);
  });

  test('is several times a packed tar, and an archive within another', async () => {
    const tar = await packTar({ 'a.bin': noise(200 * KB) });
    expect(await mostTextBytes([file('a.tar', tar)])).toBe(tar.size);
    const packed = await gzip(tar);
    expect(await mostTextBytes([file('a.tgz', packed)])).toBe(3 * packed.size);
    const outer = await packZip({ 'Part-1.zip': noise(100 * KB) });
    expect(await mostTextBytes([file('notion.zip', outer)])).toBe(300 * KB);
  });

  test('counts what can’t be read by its size', async () => {
    const gone = Object.assign(text(80 * KB), {
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('Gone.')) }),
    });
    expect(await mostTextBytes([file('gone.md', gone)])).toBe(80 * KB);
    const whole = new Uint8Array(await (await packZip({ 'a.md': noise(200 * KB) })).arrayBuffer());
    const cut = new Blob([whole.subarray(0, 100 * KB)]);
    expect(await mostTextBytes([file('cut.zip', cut)])).toBe(300 * KB);
  });

  test('is not looked for any further when nobody wants to know', async () => {
    const stop = new AbortController();
    stop.abort(new Error('Never mind.'));
    await expect(mostTextBytes([file('a.md', text(3))], stop.signal)).rejects.toThrow('Never mind.');
  });
});
