// The WebGPU path of the page, proved on a software adapter with a tiny model in the place of the real one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, text } from './support/fixtures.ts';

const tiny = join(import.meta.dirname, '../src/testing/models/tiny');

test('the page embeds on WebGPU when an adapter is there and its probes agree', async ({ kindred }) => {
  test.slow();
  const { page } = kindred;
  await page.route(/\/models\/[^/]+\/[^/]+$/, async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    await route.fulfill({ body: readFileSync(join(tiny, name)), contentType: 'application/octet-stream' });
  });
  // The page refuses software adapters, which are slower than WebAssembly: it is told to take this one.
  await page.addInitScript(`
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      const opens = message?.method === 'open';
      postMessage.call(this, opens ? { ...message, args: [{ provider: 'webgpu' }] } : message, ...rest);
    };
  `);
  await kindred.open();
  await kindred.goTo('status');
  await expect(kindred.fact(text.status.device.backend)).toContainText('WebGPU', { timeout: 120_000 });
  await kindred.goTo('write');
  await kindred.newDraft('Dogs', 'Dogs on deck.');
  await expect(kindred.suggestion('Dogs')).toBeVisible();
});
