// Starts the browser's shell. Nothing is drawn before the words of the reader's language are there.
import './theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { queries } from './client.ts';
import { startWords } from './i18n.ts';
import { openPageAt, preload } from './pages.ts';
import { sessionQuery } from './session.tsx';
import { Toasts } from './parts/toast.tsx';
import { Confirms } from './parts/confirm.tsx';
import { Router } from './router.tsx';

// The session and the page are on their way while the words arrive.
if (openPageAt(window.location.pathname) === undefined) {
  void queries.prefetchQuery(sessionQuery());
  preload(window.location.pathname);
}
await startWords();
const gallery = import.meta.env.DEV ? (await import('./gallery/pages.ts')).galleryPages : [];
const place = document.getElementById('app');
if (place === null) throw new Error('no place to draw in');
createRoot(place).render(
  <QueryClientProvider client={queries}>
    <Router extra={gallery} />
    <Toasts />
    <Confirms />
  </QueryClientProvider>,
);
