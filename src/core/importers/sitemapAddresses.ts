// The addresses that a sitemap beside local pages gives them.
import { companion } from './companion.ts';
import type { ImporterContext } from './importer.ts';

const LOCATION = /<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]{1,2000})/g;
const SITEMAP = /(?:^|\/)sitemap[^/]*\.xml$/i;

export type AddressFinder = (path: string) => string | null;

const found = new WeakMap<ImporterContext, Promise<AddressFinder>>();

/** Finds the address whose path is the end of a file's path; null where there is no sitemap, or none of its addresses fits. */
export function sitemapAddresses(context: ImporterContext): Promise<AddressFinder> {
  const known = found.get(context) ?? read(context);
  found.set(context, known);
  return known;
}

async function read(context: ImporterContext): Promise<AddressFinder> {
  const path = context.find((one) => SITEMAP.test(one));
  const text = path === null ? null : await companion(path, (found) => found, { context, otherwise: '' });
  const byPath = new Map<string, string>();
  for (const { 1: address = '' } of (text ?? '').matchAll(LOCATION)) {
    if (/^https?:/i.test(address) && URL.canParse(address)) byPath.set(plainPath(new URL(address).pathname), address);
  }
  return (file) => {
    const parts = plainPath(file).split('/');
    // The longest end of the path counts: the folder that the pages were saved to is no part of an address.
    for (let from = 0; from < parts.length; from++) {
      const address = byPath.get(parts.slice(from).join('/'));
      if (address !== undefined) return address;
    }
    return null;
  };
}

/** A path as both a file and an address may write it: /a/, /a, /a.html and /a/index.html are one. */
function plainPath(path: string): string {
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // A stray % stands for itself.
  }
  return decoded
    .replace(/^\/+|\/+$/g, '')
    .replace(/(?:^|\/)index\.html?$|\.html?$/i, '')
    .replace(/\/+$/, '');
}
