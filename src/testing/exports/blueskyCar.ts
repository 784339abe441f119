// A repository of Bluesky's network: blocks of records below a tree of one node and a commit, as the protocol describes them.
import { writeCarStream } from '@atcute/car';
import { encode, toBytes, toCidLink } from '@atcute/cbor';
import type { Bytes, CidLink } from '@atcute/cbor';
import { create } from '@atcute/cid';
import { blueskyRecord } from './jsonExports.ts';
import { joinBytes } from '../../core/importers/foundFile.ts';
import type { ExportFormat, ExportItem } from './exportItem.ts';

/** Codec of DAG-CBOR. */
const DAG_CBOR = 0x71;
const KEYS_PER_NODE = 16;

async function blueskyRepository(items: readonly ExportItem[]): Promise<Uint8Array<ArrayBuffer>> {
  const blocks: { cid: Uint8Array; data: Uint8Array }[] = [];
  const add = async (value: unknown) => {
    const data = encode(value);
    const cid = await create(DAG_CBOR, data);
    blocks.push({ cid: cid.bytes, data });
    return toCidLink(cid);
  };
  const keyed = items.map((item) => ({ key: `app.bsky.feed.post/3k${String(item.number).padStart(11, 'a')}`, item }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  // Each node points to one with the keys before its own.
  let tree: CidLink | null = null;
  for (let from = 0; from < keyed.length || tree === null; from += KEYS_PER_NODE) {
    const entries: { p: number; k: Bytes; v: CidLink; t: null }[] = [];
    let last = '';
    for (const { key, item } of keyed.slice(from, from + KEYS_PER_NODE)) {
      let shared = 0;
      while (shared < last.length && last[shared] === key[shared]) shared++;
      last = key;
      const rest = new TextEncoder().encode(key.slice(shared));
      entries.push({ p: shared, k: toBytes(rest), v: await add(blueskyRecord(item)), t: null });
    }
    tree = await add({ l: tree, e: entries });
  }
  const root = await add({
    did: 'did:plc:ishbel',
    version: 3,
    data: tree,
    rev: '3kaaaaaaaaa2x',
    prev: null,
    sig: toBytes(new Uint8Array(64)),
  });
  const parts: Uint8Array[] = [];
  for await (const part of writeCarStream([root], blocks)) parts.push(part);
  return joinBytes(parts);
}

export const blueskyCarExport: ExportFormat = {
  name: 'bluesky-car',
  carries: { title: false, date: 'second', tags: true, html: false },
  states: ['public', 'reply'],
  write: async (items) => ({ 'repo.car': await blueskyRepository(items) }),
  isBinary: true,
};
