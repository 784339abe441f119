// Puts the tiny models of the tests in the place of those that ship: embedding takes moments, and there are two to choose from.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fileOf, type HostedFile } from '../../scripts/staticHost.ts';

const models = join(import.meta.dirname, '../../src/testing/models');

/** For a host: the tiny models beside those that ship, and alone in the list. */
export function tinyModelFile(path: string, file: HostedFile | null): HostedFile | null {
  if (path !== 'models/models.json' && !path.startsWith('models/tiny')) return file;
  return fileOf(readFileSync(join(models, path.replace(/^models\//, ''))), path);
}

export async function withTinyModels(page: Page): Promise<void> {
  await page.route(/\/models\/.+/, async (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^.*\/models\//, '');
    const contentType = path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    await route.fulfill({ body: readFileSync(join(models, path)), contentType });
  });
}
