// Starts the browser's shell. Nothing is drawn before the words of the reader's language are there.
import './theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { queries } from './client.ts';
import { startWords } from './i18n.ts';
import { Toasts } from './parts/toast.tsx';
import { Confirms } from './parts/confirm.tsx';
import { makeRouter } from './router.tsx';

await startWords();
const gallery = import.meta.env.DEV ? (await import('./gallery/pages.ts')).galleryPages : [];
const place = document.getElementById('app');
if (place === null) throw new Error('no place to draw in');
createRoot(place).render(
  <QueryClientProvider client={queries}>
    <RouterProvider router={makeRouter(gallery)} />
    <Toasts />
    <Confirms />
  </QueryClientProvider>,
);
