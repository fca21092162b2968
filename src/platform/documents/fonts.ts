// The typefaces of a .pdf: those that the operator put into his folder, then those that come with the program. Which face a file of his is
// for is told by the name of its family or of the file. Only read by the thread that sets pages.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Face } from './model.ts';
import type { FaceFonts } from './typeset.ts';

export interface FontFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The operator's own. */
  readonly own: boolean;
}

/** A licensed Chinese typeface has 5 to 30 MB. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 24;

export function fontFiles(builtIn: string, own: string | undefined): FontFile[] {
  return [...filesIn(own, true), ...filesIn(builtIn, false)];
}

function filesIn(folder: string | undefined, own: boolean): FontFile[] {
  if (folder === undefined) return [];
  return namesIn(folder).filter((name) => /\.(ttf|otf|ttc)$/i.test(name)).sort().slice(0, MOST_FILES)
    .filter((name) => statSync(path.join(folder, name)).size <= MOST_BYTES)
    .map((name) => ({ name, bytes: readFileSync(path.join(folder, name)), own }));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // the operator has put none there
  }
}

const FACES_BY_NAME: readonly (readonly [Face | 'latin', RegExp])[] = [
  ['fangsong', /仿宋|fang[ _-]?song|simfang/i],
  ['kai', /楷|kai/i],
  ['song', /小标宋|xiao[ _-]?biao|xbs/i],
  ['hei', /黑体|hei/i],
  ['latin', /times|tinos|liberation[ _-]?serif/i],
];

export function faceOfName(name: string): Face | 'latin' | undefined {
  return FACES_BY_NAME.find(([, pattern]) => pattern.test(name))?.[0];
}

const REGULAR = 400;

/** The families of the program's own files, by what they are for. */
export function facesWith(own: readonly { readonly face: Face | 'latin'; readonly family: string }[]): FaceFonts {
  const first = (face: Face | 'latin'): string[] => [...new Set(own.filter((font) => font.face === face).map(({ family }) => family))];
  const set = (face: Face | 'latin', weight: number, ...families: string[]): { families: string[]; weight: number } => ({ families: [...first(face), ...families], weight: first(face).length > 0 ? REGULAR : weight });
  return {
    fangsong: set('fangsong', 300, 'LXGW WenKai', 'Yugong Song'),
    kai: set('kai', REGULAR, 'LXGW WenKai', 'Yugong Song'),
    hei: set('hei', 500, 'Yugong Hei', 'LXGW WenKai'),
    song: set('song', 700, 'Yugong Song', 'LXGW WenKai'),
    latin: set('latin', REGULAR, 'Yugong Latin', 'LXGW WenKai'),
  };
}
