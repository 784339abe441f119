// Files that only tell how a site is made.

const HUGO_CONFIG = /^(?:(?:hugo|config)\.(?:toml|ya?ml))$/;
const JEKYLL_CONFIG = /^_config\.ya?ml$/;

export const isHugoConfig = (name: string): boolean => HUGO_CONFIG.test(name);
export const isJekyllConfig = (name: string): boolean => JEKYLL_CONFIG.test(name);

/** Among what a generator reads beside posts: settings of the site or of a folder of it. */
export function isConfig(path: string): boolean {
  const { folder, name } = folderAndName(path);
  return isHugoConfig(name) || isJekyllConfig(name) || isDirectoryData(folder, name);
}

/** Eleventy reads the data of posts/ from posts/posts.json, posts/posts.11tydata.js and the like. */
function isDirectoryData(folder: string, name: string): boolean {
  const last = folder.split('/').at(-1) ?? '';
  const stem = name.replace(/(?:\.11tydata)?\.(?:js|cjs|mjs|json)$/, '');
  return last !== '' && stem === last && stem !== name;
}

export function folderAndName(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(0, at)), name: path.slice(at + 1) };
}
