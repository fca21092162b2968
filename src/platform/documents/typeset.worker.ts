// Sets pages in a thread of its own: the typesetter is one program of WebAssembly, busy for as long as a document takes. Reads typefaces and
// nothing else, knows no network, and lives as long as whoever started it has documents for it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import init, { TypstCompilerBuilder, TypstFontResolverBuilder, type TypstCompiler } from '@myriaddreamin/typst-ts-web-compiler';
import { failedBy, type Failed } from '../thread.ts';
import { coverageOf } from './coverage.ts';
import { faceOfName, facesWith, fontFiles, type FontFile } from './fonts.ts';
import type { OfficialDocument } from './model.ts';
import { TEMPLATE } from './template.ts';
import { typesetOf, type FaceFonts } from './typeset.ts';

export interface TypesetFolders {
  readonly builtIn: string;
  readonly own: string | undefined;
}

export type Said = { readonly kind: 'made'; readonly bytes: Uint8Array; readonly missing: readonly string[] };

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');
const say = (message: Said | Failed): void => port.postMessage(message);

// The folders come from our own process, and so do the documents.
const { builtIn, own } = workerData as TypesetFolders;
const ready = prepare();
ready.catch(() => undefined);
port.on('message', (document: OfficialDocument) => void ready.then((setter) => say(setter(document))).catch((error: unknown) => say(failedBy(error))));

async function prepare(): Promise<(document: OfficialDocument) => Said> {
  await init({ module_or_path: readFileSync(createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-web-compiler/wasm')) });
  const files = fontFiles(builtIn, own);
  if (!files.some((file) => !file.own)) throw new Error(`no typefaces in ${builtIn}`);
  const faces = facesWith(files.filter((file) => file.own).flatMap(ownFaces));
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const file of files) await builder.add_raw_font(file.bytes);
  const compiler = await builder.build();
  compiler.add_source('/main.typ', TEMPLATE);
  const has = coverageOf(files.map((file) => file.bytes));
  return (document) => made(compiler, document, faces, has);
}

function ownFaces(file: FontFile): { face: ReturnType<typeof faceOfName> & string; family: string }[] {
  const told: unknown = new TypstFontResolverBuilder().get_font_info(file.bytes);
  const families = familiesIn(told);
  const face = families.map(faceOfName).find((one) => one !== undefined) ?? faceOfName(file.name);
  return face === undefined ? [] : families.slice(0, 1).map((family) => ({ face, family }));
}

function familiesIn(told: unknown): string[] {
  const list: unknown = typeof told === 'object' && told !== null && 'info' in told ? told.info : [];
  return Array.isArray(list) ? list.flatMap((one: unknown) => (typeof one === 'object' && one !== null && 'family' in one && typeof one.family === 'string' ? [one.family] : [])) : [];
}

function made(compiler: TypstCompiler, document: OfficialDocument, faces: FaceFonts, has: (codePoint: number) => boolean): Said {
  const { json, missing } = typesetOf(document, faces, has);
  compiler.map_shadow('/document.json', new TextEncoder().encode(json));
  const answer: unknown = compiler.compile('/main.typ', null, 'pdf', 3);
  const bytes = typeof answer === 'object' && answer !== null && 'result' in answer ? answer.result : undefined;
  if (!(bytes instanceof Uint8Array)) throw new Error(`the page was not set: ${JSON.stringify(answer).slice(0, 2000)}`);
  return { kind: 'made', bytes, missing };
}
