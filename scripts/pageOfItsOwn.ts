// Builds one more page beside the site's own. In a build of its own: as a second entry of one, the two pages would share many
// small files, and the first visit to the site would fetch seven kilobytes more.
import { build, type InlineConfig, type Plugin } from 'vite';
import { isSiteBuild } from './siteBuild.ts';

/** @param page an HTML file at the root; `config` is what it is built with, after and into the same folder as the site */
export function pageOfItsOwn(page: string, config: () => InlineConfig): Plugin {
  let root = '.';
  let outDir = 'dist';
  let isSite = true;
  return {
    name: 'kindred-page-of-its-own',
    apply: 'build',
    configResolved(resolved) {
      root = resolved.root;
      outDir = resolved.build.outDir;
      isSite = isSiteBuild(resolved);
    },
    async closeBundle() {
      if (!isSite) return;
      const base = config();
      await build({
        ...base,
        root,
        configFile: false,
        logLevel: 'warn',
        build: { ...base.build, outDir, emptyOutDir: false, copyPublicDir: false, rolldownOptions: { input: page } },
      });
    },
  };
}
