import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin, type UserConfig } from 'vite';
import { demoPlugin } from './scripts/demoPlugin.ts';
import { earlyPlugin } from './scripts/earlyPlugin.ts';
import { feedPlugin } from './scripts/feeds/feedPlugin.ts';
import { isolationHeaders, pagePolicy, productionHeaders } from './scripts/headers.ts';
import { pageOfItsOwn } from './scripts/pageOfItsOwn.ts';
import { serviceWorkerPlugin } from './scripts/serviceWorkerPlugin.ts';

/** Puts the policy into the built page, so that it holds on hosts that send no headers. */
const policyPlugin: Plugin = {
  name: 'kindred-policy',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy }, injectTo: 'head-prepend' },
  ],
};

/** The runtime's glue and binary are files of their own, named by the worker: only the one that the plan needs is loaded. */
const runtimeConditions = ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions];

const shared = {
  resolve: { conditions: runtimeConditions },
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, sourcemap: true, chunkSizeWarningLimit: 800 },
} satisfies UserConfig;

/** Words have no effect but to be there: a view brings those of its own area. */
const treeshake = { moduleSideEffects: [{ test: /\/src\/ui\/text\//, sideEffects: false }] };

export default defineConfig({
  ...shared,
  build: { ...shared.build, rolldownOptions: { treeshake } },
  plugins: [
    react(),
    demoPlugin(),
    policyPlugin,
    feedPlugin(),
    earlyPlugin(shared),
    pageOfItsOwn('bench.html', () => ({ ...shared, plugins: [react(), policyPlugin] })),
    serviceWorkerPlugin(productionHeaders),
  ],
  // Workers are entries of their own: a dependency that is found late, when one first asks for it, reloads the page.
  optimizeDeps: { exclude: ['onnxruntime-web'], entries: ['index.html', 'src/workers/*.worker.ts'] },
  server: { headers: isolationHeaders },
  preview: { headers: productionHeaders },
});
