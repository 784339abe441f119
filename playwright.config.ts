import { defineConfig } from '@playwright/test';
import { launchOptions, webgpuArgs } from './scripts/browser.js';

const port = 4174;

export default defineConfig({
  testDir: 'e2e',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Two cores run one page, its workers and the server: more would only wait for each other.
  workers: 1,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  forbidOnly: Boolean(process.env['CI']),
  // A crowded machine may miss a deadline; what is broken fails three times.
  retries: process.env['CI'] ? 2 : 0,
  use: {
    baseURL: `http://localhost:${port}`,
    trace: 'retain-on-failure',
    // Tests that answer requests themselves would not see those that a service worker answers.
    serviceWorkers: 'block',
    launchOptions: launchOptions(),
  },
  webServer: {
    command: `node scripts/start.js --port ${port}`,
    url: `http://localhost:${port}`,
    timeout: 180_000,
    reuseExistingServer: false,
  },
  projects: [
    { name: 'wasm', testIgnore: /webgpu\.spec/ },
    {
      name: 'webgpu',
      testMatch: /webgpu\.spec/,
      use: { launchOptions: launchOptions(webgpuArgs) },
    },
  ],
});
