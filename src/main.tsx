// The page begins here: services first, then the views over them.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ServicesContext } from './app/hooks.ts';
import { createServices, startLibrary } from './app/services.ts';
import { App } from './ui/shell/App.tsx';
import { text } from './ui/text.ts';
import './ui/tokens.css';
import './ui/base.css';

const root = document.getElementById('root');
if (root !== null) {
  const services = createServices(startLibrary(), {
    page: window,
    looseName: text.names.looseFiles,
    nameFile: text.names.savedFile,
  });
  void services.start();
  createRoot(root).render(
    <StrictMode>
      <ServicesContext value={services}>
        <App />
      </ServicesContext>
    </StrictMode>,
  );
}
