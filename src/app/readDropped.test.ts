import { describe, expect, test } from 'vitest';
import { mayHoldPosts, readChosen, readDropped, type DroppedEntry, type DroppedItems } from './readDropped.ts';

const file = (name: string, text = name): DroppedEntry =>
  ({
    isFile: true,
    isDirectory: false,
    name,
    file: (onFile: (file: File) => void) => onFile(new File([text], name)),
  }) as DroppedEntry;

const brokenFile = (name: string, message: string): DroppedEntry =>
  ({
    isFile: true,
    isDirectory: false,
    name,
    file: (_: unknown, onError: (error: unknown) => void) => onError(new DOMException(message, 'NotReadableError')),
  }) as DroppedEntry;

/** Gives its entries in batches, as browsers do. */
const folder = (name: string, entries: DroppedEntry[], batch = 100): DroppedEntry =>
  ({
    isFile: false,
    isDirectory: true,
    name,
    createReader() {
      let next = 0;
      return {
        readEntries(onEntries: (entries: DroppedEntry[]) => void) {
          const from = next;
          next += batch;
          queueMicrotask(() => onEntries(entries.slice(from, from + batch)));
        },
      };
    },
  }) as DroppedEntry;

const brokenFolder = (name: string): DroppedEntry =>
  ({
    isFile: false,
    isDirectory: true,
    name,
    createReader: () => ({
      readEntries: (_: unknown, onError: (error: unknown) => void) =>
        onError(new DOMException('gone', 'NotFoundError')),
    }),
  }) as DroppedEntry;

const drop = (...entries: DroppedEntry[]): DroppedItems => ({
  items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null })),
});

const paths = (gathered: { files: { path: string }[] }): string[] => gathered.files.map(({ path }) => path);

describe('readDropped', () => {
  test('walks folders to the bottom and keeps the path of each file, in order of path', async () => {
    const site = folder('site', [
      folder('posts', [file('b.md'), file('a.md'), folder('2024', [file('c.markdown')])]),
      file('index.xml'),
    ]);
    const gathered = await readDropped(drop(site));
    expect(paths(gathered)).toEqual([
      'site/index.xml',
      'site/posts/2024/c.markdown',
      'site/posts/a.md',
      'site/posts/b.md',
    ]);
    expect(await gathered.files[2]?.blob.text()).toBe('a.md');
  });

  test('asks a folder again until it gives no more entries', async () => {
    const many = Array.from({ length: 508 }, (_, index) => file(`${index}.md`));
    const found: number[] = [];
    const gathered = await readDropped(drop(folder('posts', many)), { onFound: (count) => found.push(count) });
    expect(gathered.files).toHaveLength(508);
    expect(found).toEqual([508]);
  });

  test('leaves out pictures, hidden and installed files of a folder and counts them', async () => {
    const site = folder('site', [
      file('a.md'),
      file('photo.jpg'),
      file('.draft.md'),
      folder('.git', [file('config.json')]),
      folder('node_modules', [file('readme.md')]),
    ]);
    const gathered = await readDropped(drop(site));
    expect(paths(gathered)).toEqual(['site/a.md']);
    expect(gathered.skipped).toBe(4);
  });

  test('keeps a file dropped by itself whatever its ending, so that the import can name the reason', async () => {
    expect(paths(await readDropped(drop(file('letter.docx'), file('.hidden'))))).toEqual(['.hidden', 'letter.docx']);
  });

  test('names what could not be opened and takes the rest', async () => {
    const site = folder('site', [file('a.md'), brokenFile('b.md', 'no permission'), brokenFolder('old')]);
    const gathered = await readDropped(drop(site));
    expect(paths(gathered)).toEqual(['site/a.md']);
    expect(gathered.issues.map(({ item, code }) => [item, code])).toEqual([
      ['site/b.md', 'file-unreadable'],
      ['site/old', 'file-unreadable'],
    ]);
    expect(gathered.issues[0]?.message).toContain('no permission');
  });

  test('takes the entries before it first waits, because the browser empties a drop after its event', async () => {
    let open = true;
    const item = { kind: 'file', webkitGetAsEntry: () => (open ? file('a.md') : null), getAsFile: () => null };
    const reading = readDropped({ items: [item] });
    open = false;
    expect(paths(await reading)).toEqual(['a.md']);
  });

  test('falls back to plain files where a browser has no entries, and ignores dropped text', async () => {
    const plain = { kind: 'file', getAsFile: () => new File(['x'], 'feed.xml') };
    const text = { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null };
    expect(paths(await readDropped({ items: [plain, text] }))).toEqual(['feed.xml']);
  });

  test('stops when cancelled', async () => {
    const controller = new AbortController();
    const deep = folder('a', [folder('b', [folder('c', [file('d.md')])])]);
    const reading = readDropped(drop(deep), { signal: controller.signal, onFound: () => controller.abort() });
    await expect(reading).rejects.toThrow(DOMException);
  });
});

describe('readChosen', () => {
  test('keeps chosen files by name and files of a chosen folder by path', () => {
    const inFolder = (path: string): File =>
      Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path });
    const loose = Object.defineProperty(new File(['x'], 'notes.txt'), 'webkitRelativePath', { value: '' });
    const gathered = readChosen([
      inFolder('blog/a.md'),
      inFolder('blog/a.png'),
      inFolder('blog/.obsidian/x.json'),
      loose,
    ]);
    expect(paths(gathered)).toEqual(['blog/a.md', 'notes.txt']);
    expect(gathered.skipped).toBe(2);
  });
});

test.each([
  ['a/b.MD', true],
  ['feed.ndjson', true],
  ['a/b', false],
  ['a/_drafts/c.md', true],
  ['a/.cache/c.md', false],
  ['site/hugo.toml', true],
  ['site/talk.vtt', true],
  ['site/photo.jpeg', false],
  ['md', false],
])('mayHoldPosts(%s) is %s', (path, expected) => {
  expect(mayHoldPosts(path)).toBe(expected);
});
