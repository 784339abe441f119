// The whole page over the fake library: `npx vite`, then /src/testing/fake.html?scene=model-failed. Never built.
import { createRoot } from 'react-dom/client';
import { ServicesContext } from '../app/hooks.ts';
import { createServices } from '../app/services.ts';
import { App } from '../ui/shell/App.tsx';
import { text } from '../ui/text.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import { demoPosts } from './demoPosts.ts';
import { createFakeLibrary } from './fakeLibrary.ts';
import { fakeScenes } from './fakeStatus.ts';

const query = new URLSearchParams(location.search);
const scene = fakeScenes.find((name) => name === query.get('scene')) ?? 'ready';
const prepared = Object.values(
  import.meta.glob<string>('../../demo/draft*.md', { query: '?raw', import: 'default', eager: true }),
).map((source) => {
  const [, title = '', body = ''] = /^---\ntitle: (.*)\n---\n([\s\S]*)$/.exec(source) ?? [];
  return { title, body: body.trim() };
});

const empty = scene === 'empty';
const first = scene === 'first-visit';
const library = createFakeLibrary({
  scene,
  ...(empty ? {} : { demo: { posts: demoPosts(), drafts: [...prepared].reverse() } }),
});
if (empty) localStorage.setItem('kindred.preferences', JSON.stringify({ demoOffered: true }));
if (!empty && !first) await library.importDemo();
if (!empty && !first && !query.has('welcomed'))
  localStorage.setItem('kindred.preferences', JSON.stringify({ demoOffered: true }));

const services = createServices(
  { library, close: () => undefined },
  { page: window, looseName: text.names.looseFiles, nameFile: text.names.savedFile },
);
void services.start();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <ServicesContext value={services}>
      <App />
    </ServicesContext>,
  );
}
