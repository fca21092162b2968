// An official document as a .pdf with its typefaces in it. The thread that sets pages is started with the first document and kept while more
// come: it needs a second to begin and a fraction of one for each. One document at a time, the others wait; what takes too long is ended.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { refuse, Refusal } from '../../kernel/refuse.ts';
import { root } from '../root.ts';
import { turnstile, type Failed } from '../thread.ts';
import { workerFile } from '../workers.ts';
import type { OfficialDocument } from './model.ts';
import type { Said } from './typeset.worker.ts';

export const PDF_TYPE = 'application/pdf';

export interface Pdf {
  readonly bytes: Buffer;
  /** Characters that no typeface has. In the pages they stand as 〔U+2CB4E〕, never as an empty box. */
  readonly missing: readonly string[];
}

export interface PdfBounds {
  /** For one document, the start of the thread with it. */
  readonly seconds: number;
  /** After so long without a document the thread ends and gives its memory back. */
  readonly idleSeconds: number;
  /** What the thread keeps for speed grows with every document. */
  readonly documents: number;
}

const BOUNDS: PdfBounds = { seconds: 60, idleSeconds: 120, documents: 200 };

/** A pack for a hundred items has some hundred thousand. */
const MOST_CHARACTERS = 2_000_000;
const MOST_WAITING = 50;
/** Of the thread's own objects; the typesetter's memory is beside it. */
const HEAP_MB = 256;

export class PdfWriter {
  private worker: Worker | undefined;
  private made = 0;
  private idle: NodeJS.Timeout | undefined;
  private readonly inTurn = turnstile(1, MOST_WAITING, 'documents.busy');

  /** `own`: the folder of the operator's typefaces; it need not exist. */
  constructor(private readonly own?: string, private readonly bounds: PdfBounds = BOUNDS) {}

  write(document: OfficialDocument): Promise<Pdf> {
    const characters = JSON.stringify(document).length;
    if (characters > MOST_CHARACTERS) refuse('documents.too_long', { characters, limit: MOST_CHARACTERS });
    return this.inTurn(async () => this.ask(await this.start(), document));
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.forget();
    await worker?.terminate();
  }

  private async start(): Promise<Worker> {
    clearTimeout(this.idle);
    if (this.worker !== undefined && this.made < this.bounds.documents) return this.worker;
    await this.close();
    const builtIn = await fontsFolder();
    const worker = new Worker(workerFile('typeset'), { workerData: { builtIn, own: this.own }, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB }, stdout: false, stderr: false, env: {} });
    // One that dies while nobody asks is only forgotten; who asks hears of it himself.
    worker.on('error', () => undefined);
    worker.on('exit', () => { if (this.worker === worker) this.forget(); });
    this.worker = worker;
    this.made = 0;
    return worker;
  }

  private async ask(worker: Worker, document: OfficialDocument): Promise<Pdf> {
    worker.ref();
    try {
      return await answerOf(worker, document, this.bounds.seconds);
    } catch (error) {
      // What it was doing it would go on doing.
      if (this.worker === worker) await this.close();
      throw error;
    } finally {
      this.made += 1;
      worker.unref();
      this.idle = setTimeout(() => void this.close(), this.bounds.idleSeconds * 1000).unref();
    }
  }

  private forget(): void {
    clearTimeout(this.idle);
    this.worker = undefined;
  }
}

function answerOf(worker: Worker, document: OfficialDocument, seconds: number): Promise<Pdf> {
  return new Promise<Pdf>((resolve, reject) => {
    const hear = (message: Said | Failed): void => over(() => {
      if (message.kind === 'made') resolve({ bytes: Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength), missing: message.missing });
      else reject(message.kind === 'refused' ? new Refusal(message.code, message.details) : new Error(message.message));
    });
    const failed = (error: unknown): void => over(() => reject(error instanceof Error ? error : new Error(String(error))));
    const ended = (): void => over(() => reject(new Error('the thread that sets pages ended without a word')));
    const timer = setTimeout(() => over(() => reject(new Refusal('documents.too_slow', { seconds }))), seconds * 1000);
    const over = (tell: () => void): void => {
      clearTimeout(timer);
      worker.off('message', hear).off('error', failed).off('exit', ended);
      tell();
    };
    worker.on('message', hear).on('error', failed).on('exit', ended);
    worker.postMessage(document);
  });
}

/** Made by the build. From the sources (tests, development) it may not have run yet. */
async function fontsFolder(): Promise<string> {
  const folder = path.join(root, 'dist', 'fonts');
  if (!existsSync(path.join(folder, 'latin.ttf'))) {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(process.execPath, [path.join(root, 'scripts', 'fonts.mjs')], { stdio: 'ignore' });
      child.on('error', reject).on('exit', (code) => (code === 0 ? resolve() : reject(new Error('the typefaces could not be made'))));
    });
  }
  return folder;
}

let shared: PdfWriter | undefined;

/** Of this process. `fonts`: the operator's folder, said once, before the first document. */
export function pdfWriter(fonts?: string): PdfWriter {
  shared ??= new PdfWriter(fonts);
  return shared;
}
