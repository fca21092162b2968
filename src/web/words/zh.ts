// All Chinese words as one chunk.
import { gather } from './gather.ts';

export const words = gather(import.meta.glob<Record<string, unknown>>('../../../locales/zh-CN/*.json', { eager: true, import: 'default' }));
