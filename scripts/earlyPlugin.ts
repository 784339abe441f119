// The script that begins to fetch the model: built by itself, so that it shares no file with the page and waits for none of it.
import { join } from 'node:path';
import { build, type Plugin, type UserConfig } from 'vite';
import { isSiteBuild } from './siteBuild.ts';

const ENTRY = 'src/early.ts';
const NAME = 'early.js';

export function earlyPlugin(shared: UserConfig): Plugin {
  let root = '.';
  let base = '/';
  let isSite = true;
  return {
    name: 'kindred-early',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      base = config.base;
      isSite = isSiteBuild(config);
    },
    async buildStart() {
      if (!isSite) return;
      const result = await build({
        ...shared,
        root,
        base,
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        build: {
          ...shared.build,
          write: false,
          sourcemap: false,
          modulePreload: false,
          rolldownOptions: { input: join(root, ENTRY), output: { entryFileNames: NAME } },
        },
      });
      const outputs = Array.isArray(result) ? result : [result];
      const [chunk] = outputs
        .flatMap((one) => ('output' in one ? one.output : []))
        .filter((one) => one.type === 'chunk');
      if (chunk === undefined) throw new Error(`${ENTRY} was built into nothing.`);
      this.emitFile({ type: 'asset', name: NAME, source: chunk.code });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const file = Object.values(bundle ?? {}).find((one) => one.type === 'asset' && one.names.includes(NAME));
        if (file === undefined) return [];
        return [
          { tag: 'script', attrs: { type: 'module', async: true, src: `${base}${file.fileName}` }, injectTo: 'head' },
        ];
      },
    },
  };
}
