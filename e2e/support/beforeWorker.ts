// Runs a script in a worker before the worker's own code: the page's scripts can't reach in there.
import type { Page } from '@playwright/test';

export async function beforeWorker(page: Page, worker: 'library' | 'embedder', script: string): Promise<void> {
  await page.route(new RegExp(`/assets/${worker}\\.worker-.*\\.js$`), async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['content-length'];
    await route.fulfill({ response, headers, body: `${script}\n${await response.text()}` });
  });
}
