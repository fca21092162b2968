// How the refusals of approvals are said: the codes in their details (items, states, events, sides) get the words that a reader knows. The codes
// stay in the answer for machines; only the sentence changes. Rules stay pure and refuse by code.
import { Refusal, type RefusalDetails } from '../../kernel/refuse.ts';
import type { CommandHandler, Feature } from '../../platform/feature.ts';
import { NATIONAL } from './catalogue/standard.ts';
import type { Catalogue, Words } from './catalogue/shape.ts';

/** A feature whose commands refuse in words. */
export function speaking(feature: Feature): Feature {
  return { ...feature, commands: feature.commands.map(spoken) };
}

function spoken(handler: CommandHandler): CommandHandler {
  const { decide, load, save } = handler.parts;
  return {
    ...handler,
    parts: {
      ...handler.parts,
      load: (context) => said(() => load(context), undefined),
      decide: (context) => said(() => decide(context), context.subject),
      save: (context) => said(() => save(context), context.subject),
    },
  };
}

function said<Result>(work: () => Result, subject: unknown): Result {
  const worded = (error: unknown): never => {
    throw error instanceof Refusal ? new Refusal(error.code, withWords(error.details, namesIn(subject))) : error;
  };
  try {
    const result = work();
    // An edge: what a promise gives is what it gave.
    return result instanceof Promise ? (result.catch(worded) as Result) : result;
  } catch (error) {
    return worded(error);
  }
}

/** The details with `said` beside them: of each code what stands for it in the sentence. A key of the texts, words in both languages, or a list. */
export function withWords(details: RefusalDetails, nameOf: (item: string) => Words | undefined): RefusalDetails {
  const words = Object.entries(details).flatMap(([name, value]) => {
    const found = wordFor(name, value, nameOf);
    return found === undefined ? [] : [[name, found] as const];
  });
  return words.length === 0 ? details : { ...details, said: Object.fromEntries(words) };
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  kind: ['cases:event', 'cases:step'], status: ['cases:status', 'cases:standing'], by: ['cases:by', 'cases:signer'], need: ['cases:need'], procedure: ['cases:procedure'], part: ['cases:premise'], stage: ['cases:stage'],
};
const ITEM = /^[A-Z][0-9]{2}$/;
const STAGE = /^S[1-4]$/;

function wordFor(name: string, value: unknown, nameOf: (item: string) => Words | undefined): unknown {
  if (Array.isArray(value)) return value.length > 0 && value.every(isItem) ? value.map((one) => nameOf(one) ?? one) : undefined;
  if (typeof value !== 'string') return undefined;
  const keys = KEYS[name];
  if (keys !== undefined) return { keys: keys.map((key) => `${key}.${value}`) };
  if (STAGE.test(value)) return { keys: [`cases:stage.${value}`] };
  const parts = value.split(/[ ,、]+/);
  if (parts.every(isItem)) return parts.map((one) => nameOf(one) ?? one);
  return undefined;
}

function isItem(value: unknown): value is string {
  return typeof value === 'string' && ITEM.test(value);
}

/** The names of the zone's own catalogue where the command has read it; else as they came with the program. */
function namesIn(subject: unknown): (item: string) => Words | undefined {
  const items = (catalogueIn(subject, 2) ?? NATIONAL).items;
  return (code) => items.find((one) => one.code === code)?.name;
}

function catalogueIn(subject: unknown, depth: number): Pick<Catalogue, 'items'> | undefined {
  if (typeof subject !== 'object' || subject === null) return undefined;
  if ('items' in subject && 'milestones' in subject && Array.isArray(subject.items)) return { items: subject.items };
  const inner = ['catalogue', 'handbook', 'dossier'].flatMap((name) => Object.entries(subject).filter(([key]) => key === name).map(([, value]: [string, unknown]) => value));
  return depth === 0 ? undefined : inner.map((one) => catalogueIn(one, depth - 1)).find((one) => one !== undefined);
}
