// Bytes of a schedule file to text: by their mark, by what the file declares, by what they are. Chinese planners' files come in GB18030,
// western ones in Windows-1252, new ones in UTF-8. Never guesses where the bytes say what they are.
import { refuse } from '../../../kernel/refuse.ts';

/** The text of a file of unknown encoding. Refuses `schedules.encoding` where a declared one is not known or does not hold. */
export function textOf(bytes: Uint8Array): string {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
  const declared = marked ?? declaredIn(bytes);
  if (declared !== undefined) return decoded(bytes, declared) ?? refuse('schedules.encoding', { encoding: declared });
  return decoded(bytes, 'utf-8') ?? decoded(bytes, inPairs(bytes) ? 'gb18030' : 'windows-1252') ?? new TextDecoder('windows-1252').decode(bytes);
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]{1,40})["']/.exec(head)?.[1]?.toLowerCase();
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Chinese characters are two high bytes each; accents of western languages stand alone between letters. */
function inPairs(bytes: Uint8Array): boolean {
  let [pairs, single] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x81) continue;
    if ((bytes[at + 1] ?? 0) >= 0xa1) {
      pairs += 1;
      at += 1;
    } else single += 1;
  }
  return pairs > 4 * single;
}
