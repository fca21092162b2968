// The pages of the gallery: only in development, never in the product.
import type { OpenPage } from '../pages.ts';

export const galleryPages: readonly OpenPage[] = [
  { path: '/gallery', title: 'web:brand', load: async () => (await import('./gallery.tsx')).GalleryPage },
];
