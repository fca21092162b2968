// The pages of the gallery: only in development, never in the product.
import type { PageEntry } from '../pages.ts';

export const galleryPages: readonly Pick<PageEntry, 'path' | 'title' | 'load'>[] = [
  { path: '/gallery', title: 'web:brand', load: async () => (await import('./gallery.tsx')).GalleryPage },
];
