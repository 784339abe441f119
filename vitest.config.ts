import { playwright } from '@vitest/browser-playwright';
import { mergeConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { findBrowser, launchArgs, webgpuArgs } from './scripts/browser.js';
import viteConfig from './vite.config.ts';

/** Without a browser only the unit project is defined, so that unit tests run anywhere. */
function browserProject() {
  let executablePath: string | undefined;
  try {
    executablePath = findBrowser();
  } catch {
    return [];
  }
  return [
    {
      extends: true as const,
      // Beside the entries of the app: a dependency that is found late makes Vite reload the page under the tests.
      optimizeDeps: { entries: ['src/**/*.browser.test.ts'] },
      test: {
        name: 'browser',
        include: ['src/**/*.browser.test.ts'],
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false,
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({
            launchOptions: {
              args: [...launchArgs, ...webgpuArgs],
              ...(executablePath === undefined ? {} : { executablePath }),
            },
          }),
          instances: [{ browser: 'chromium' as const }],
        },
      },
    },
  ];
}

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      projects: [
        {
          extends: true as const,
          test: {
            name: 'unit',
            environment: 'node',
            include: ['{src,cli,scripts,bench}/**/*.test.ts'],
            exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
            testTimeout: 30_000,
          },
        },
        ...browserProject(),
      ],
    },
  }),
);
