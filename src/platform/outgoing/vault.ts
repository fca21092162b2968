// Seals what must be kept to be used but is never shown: passwords of servers, addresses and secrets of receivers. The key stands beside the
// data, or in the environment; in the database stands nothing that can be read without it.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface Vault {
  seal(text: string): string;
  /** Undefined: sealed with another key. */
  open(sealed: string): string | undefined;
}

export const KEY_FILE = 'secret.key';
const VERSION = 'v1';

/** `secret`: of the environment; otherwise the file in the data folder, made at its first use. */
export function makeVault(folder: string, secret: string | undefined): Vault {
  let known: Buffer | undefined;
  const key = (): Buffer => (known ??= createHash('sha256').update(secret ?? keyFile(folder)).digest());
  return {
    seal: (text) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key(), iv);
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [VERSION, ...[iv, cipher.getAuthTag(), content].map((part) => part.toString('base64url'))].join('.');
    },
    open: (sealed) => {
      const [version, iv, tag, content] = sealed.split('.');
      if (version !== VERSION || iv === undefined || tag === undefined || content === undefined) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key(), Buffer.from(iv, 'base64url'), { authTagLength: 16 });
        decipher.setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(content, 'base64url')), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

// Written aside, forced to disk and linked: two who make it at once end with the same one, and no crash leaves half a key.
function keyFile(folder: string): string {
  const file = path.join(folder, KEY_FILE);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const own = `${file}.${randomBytes(6).toString('hex')}`;
    const handle = openSync(own, 'wx', 0o600);
    writeSync(handle, `${randomBytes(32).toString('base64url')}\n`);
    fsyncSync(handle);
    closeSync(handle);
    try {
      linkSync(own, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      unlinkSync(own);
    }
  }
  return readFileSync(file, 'utf8').trim();
}
