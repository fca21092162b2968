// Initials of Chinese text, by which names are found and sorted: 济源纳米 gives jynm. Computed once when a name is stored, never
// while reading. The only place that knows the dictionary.
import { pinyin } from 'pinyin-pro';
import { narrow } from '../kernel/text.ts';

/** Lower-case initials of the Han characters, with the letters and digits between them kept; nothing else. */
export function initials(text: string): string {
  const parts = pinyin(narrow(text), { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
  return parts.join('').toLowerCase().replace(/[^a-z0-9]/g, '').slice(0, 200);
}
