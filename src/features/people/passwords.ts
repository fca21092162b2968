// What may be a password. Pure. Length counts, not a mixture of signs; what everybody chooses is refused (OWASP ASVS 5.0 6.2).
// Never reports anything of the password itself.
import common from './data/common-passwords.json' with { type: 'json' };
import { folded } from '../../kernel/text.ts';

export const MIN_LENGTH = 10;
export const MAX_LENGTH = 200;

/** What is wrong with a password; the words stand under `people:refusal.password_…`. */
export type PasswordFault = 'short' | 'long' | 'common' | 'login';

const KNOWN = new Set(common.passwords);
const ROOTS = common.roots;
const WALKS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik', 'qazwsxedcrfvtgbyhnujmikolp', '1234567890', 'abcdefghijklmnopqrstuvwxyz', '!@#$%^&*()'];

export function passwordFault(password: string, login: string): PasswordFault | undefined {
  const length = [...password].length;
  if (length < MIN_LENGTH) return 'short';
  if (length > MAX_LENGTH) return 'long';
  const plain = folded(password);
  const name = folded(login);
  if (name.length > 2 && (plain === name || rest(plain, name) < 4)) return 'login';
  return isCommon(plain) ? 'common' : undefined;
}

function isCommon(plain: string): boolean {
  const letters = unleet(plain);
  if (KNOWN.has(plain) || KNOWN.has(letters)) return true;
  // Only digits: a telephone number, a birthday, an identity number.
  if (/^\d+$/.test(plain)) return true;
  if (new Set(plain).size < 5) return true;
  if (isRepeated(plain) || isWalk(plain)) return true;
  // A word that everybody takes, with a year or a few signs put around it.
  return ROOTS.some((root) => rest(letters, root) < 5 || rest(plain, root) < 5) || ROOTS.some((root) => /^[\d\W_]*$/.test(plain.split(root).join('')) && plain.includes(root));
}

/** Characters that are left when a word is taken out; more than any limit when it is not in there. */
function rest(text: string, word: string): number {
  return text.includes(word) ? text.split(word).join('').length : Number.POSITIVE_INFINITY;
}

function unleet(text: string): string {
  const plain: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };
  return [...text].map((sign) => plain[sign] ?? sign).join('');
}

function isRepeated(text: string): boolean {
  return /^(.{1,5})\1+.{0,2}$/.test(text);
}

/** Neighbouring keys or letters in a row, forwards or backwards, for all but a few signs. */
function isWalk(text: string): boolean {
  return WALKS.some((walk) => [walk, [...walk].reverse().join('')].some((line) => {
    for (let length = Math.min(text.length, line.length); length >= 6; length -= 1) {
      for (let from = 0; from + length <= text.length; from += 1) {
        if (line.includes(text.slice(from, from + length))) return text.length - length < 4;
      }
    }
    return false;
  }));
}
