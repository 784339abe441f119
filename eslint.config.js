// Lint is architecture: who may import whom, and which file owns which global.
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const middle = ['backup', 'importers', 'ingest', 'model', 'rank', 'search', 'store'];
const coreFacade = ['src/core/library.ts', 'src/core/library/**'];
const tests = ['**/*.test.ts', '**/*.test.tsx', 'src/testing/**', 'e2e/**'];

/** The middle folders of core know the words below them, never each other. */
const middleZones = middle.map((folder) => ({
  target: `./src/core/${folder}`,
  from: './src/core',
  except: [
    `./${folder}`,
    './text',
    './post.ts',
    './draft.ts',
    './embedding.ts',
    './errors.ts',
    './status.ts',
    './suggestion.ts',
    './libraryApi.ts',
    './backupApi.ts',
    './crossPostApi.ts',
    './followApi.ts',
    './modelChoice.ts',
    './pause.ts',
  ],
  message: `${folder}/ may import text/, the contracts and itself; library.ts joins the parts.`,
}));

const zones = [
  ...middleZones,
  { target: './src/core', from: ['./src/app', './src/ui', './src/workers'], message: 'core/ knows nothing above it.' },
  {
    target: './src/core/text',
    from: ['./src/core'],
    except: ['./text', './post.ts', './errors.ts', './suggestion.ts'],
    message: 'text/ is the ground floor.',
  },
  {
    target: ['./src/app', './src/ui'],
    from: './src/core',
    except: ['./index.ts'],
    message: 'core/index.ts is the only door.',
  },
  { target: './src/app', from: './src/ui', message: 'app/ knows no view.' },
  { target: './src/ui', from: './src/workers', message: 'Views reach workers through app/services.ts.' },
  { target: './src/workers/rpc', from: ['./src/app', './src/ui'], message: 'rpc/ knows no page.' },
  { target: './src/{core,app,ui,workers}', from: './src/testing', message: 'src/testing/ never ships.' },
];

/** @param {string} name @param {string} home */
const owned = (name, home) => ({ name, message: `Only ${home} uses ${name}.` });

const packages = {
  idb: owned('idb', 'core/store/'),
  ort: {
    group: ['onnxruntime-web', 'onnxruntime-web/*', '!onnxruntime-web/*.wasm?url', '!onnxruntime-web/*.mjs?url'],
    message: 'Only core/model/engine.ts runs the model.',
  },
  react: {
    group: ['react', 'react/*', 'react-dom', 'react-dom/*', 'react-aria-components', 'lucide-react'],
    message: 'React lives in ui/ and app/hooks.ts.',
  },
};

/** @param {(keyof typeof packages)[]} names @returns {import('eslint').Linter.RuleEntry} */
function restricted(...names) {
  const chosen = names.map((name) => packages[name]);
  return [
    'error',
    {
      paths: chosen.filter((rule) => 'name' in rule),
      patterns: chosen.filter((rule) => 'group' in rule),
    },
  ];
}

const globalsOwned = {
  indexedDB: owned('indexedDB', 'core/store/'),
  Worker: owned('Worker', 'app/services.ts, app/bench/embedderWorker.ts and the library worker'),
  fetch: owned('fetch', 'core/model/, core/library, workers/offline/, app/bench/benchTexts.ts and early.ts'),
  localStorage: owned('localStorage', 'app/preferences.ts and early.ts'),
  sessionStorage: owned('sessionStorage', 'app/preferences.ts'),
};

/** @param {(keyof typeof globalsOwned)[]} allowed @returns {import('eslint').Linter.RuleEntry} */
const restrictedGlobals = (...allowed) => [
  'error',
  ...Object.values(globalsOwned).filter((rule) => !(/** @type {string[]} */ (allowed).includes(rule.name))),
];

export default defineConfig(
  {
    ignores: [
      'dist/**',
      'build/**',
      'public/**',
      'node_modules/**',
      'training/**',
      'test-results/**',
      'playwright-report/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
      globals: { ...globals.browser, ...globals.node },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: ['tsconfig.core.json', 'tsconfig.app.json', 'tsconfig.tooling.json'],
          noWarnOnMultipleProjects: true,
        }),
      ],
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipComments: true, skipBlankLines: true }],
      'no-restricted-globals': restrictedGlobals(),
      'import-x/no-cycle': ['error', { maxDepth: 10 }],
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-restricted-imports': restricted('idb', 'ort', 'react'),
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/require-await': 'off',
      // Typed arrays and checked indexes in hot loops; a line that needs it says why.
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Bounds that the type checker cannot see are checked all the same.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    files: ['src/core/store/**'],
    rules: {
      'no-restricted-imports': restricted('ort', 'react'),
      'no-restricted-globals': restrictedGlobals('indexedDB'),
    },
  },
  { files: ['src/app/bench/benchTexts.ts'], rules: { 'no-restricted-globals': restrictedGlobals('fetch') } },
  { files: ['src/core/model/**'], rules: { 'no-restricted-globals': restrictedGlobals('fetch') } },
  {
    files: ['src/core/model/engine.ts', 'src/workers/runtimeAssets.ts'],
    rules: { 'no-restricted-imports': restricted('idb', 'react') },
  },
  { files: [...coreFacade, 'src/workers/offline/**'], rules: { 'no-restricted-globals': restrictedGlobals('fetch') } },
  { files: ['src/core/search/**', 'src/core/text/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: ['src/app/services.ts', 'src/app/bench/embedderWorker.ts', 'src/workers/*.worker.ts'],
    rules: { 'no-restricted-globals': restrictedGlobals('Worker') },
  },
  {
    files: ['src/app/preferences.ts'],
    rules: { 'no-restricted-globals': restrictedGlobals('localStorage', 'sessionStorage') },
  },
  { files: ['src/early.ts'], rules: { 'no-restricted-globals': restrictedGlobals('fetch', 'localStorage') } },
  {
    files: ['src/ui/**', 'src/app/hooks.ts', 'src/main.tsx', 'src/bench.tsx'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: { 'no-restricted-imports': restricted('idb', 'ort') },
  },
  {
    files: [...tests, 'scripts/**', 'cli/**', 'bench/**', '*.config.ts', '*.config.js'],
    rules: {
      'no-console': 'off',
      'import-x/no-default-export': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-imports': 'off',
      'import-x/no-restricted-paths': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
