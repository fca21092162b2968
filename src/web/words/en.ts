// All English words as one chunk.
import { gather } from './gather.ts';

export const words = gather(import.meta.glob<Record<string, unknown>>('../../../locales/en/*.json', { eager: true, import: 'default' }));
