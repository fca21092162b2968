// Errors as the caller sees them: RFC 9457 problem details with a stable code and a text in the reader's language. A bug gives
// only an id; what happened stands in the log under that id.
import { statusOf, type Refusal } from '../kernel/refuse.ts';
import type { Locale, Texts } from './texts.ts';

interface FieldProblem {
  readonly path: string;
  readonly rule: string;
  readonly message: string;
  /** What the field is called, where a message alone would not say of what it speaks. */
  readonly name?: string;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  readonly id?: string;
  readonly [detail: string]: unknown;
}

export function problemOf(refusal: Refusal, locale: Locale, texts: Texts): Problem {
  const { code, details } = refusal;
  const dot = code.indexOf('.');
  const area = code.slice(0, dot);
  const reason = code.slice(dot + 1);
  const { errors, said, ...rest } = details;
  const problem = {
    ...rest,
    type: `urn:yugong:problem:${code}`,
    title: texts.say(locale, `${area}:refusal.${reason}`, { ...inLanguage(rest, locale, texts), ...wordsOf(said, locale, texts) }),
    status: statusOf(code),
    code,
  };
  if (!Array.isArray(errors)) return problem;
  return { ...problem, errors: errors.slice(0, 200).map((error: unknown) => fieldError(error, locale, texts)) };
}

/** What stands in the sentence for details that are codes: `{keys}` of the texts, the first that has words; `{zh, en}`; or a list of these. */
function wordsOf(said: unknown, locale: Locale, texts: Texts): Record<string, unknown> {
  if (typeof said !== 'object' || said === null) return {};
  return Object.fromEntries(Object.entries(said).flatMap(([name, value]: [string, unknown]) => {
    const word = wordOf(value, locale, texts);
    return word === undefined ? [] : [[name, word]];
  }));
}

function wordOf(value: unknown, locale: Locale, texts: Texts): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((one: unknown) => wordOf(one, locale, texts) ?? '').join(texts.say(locale, 'platform:list'));
  if (typeof value !== 'object' || value === null) return undefined;
  if ('keys' in value && Array.isArray(value.keys)) {
    const key = value.keys.map(String).find((one) => texts.has(locale, one));
    return key === undefined ? undefined : texts.say(locale, key);
  }
  return isWords(value) ? (locale === 'en' ? value.en : value.zh) : undefined;
}

/** Names that are given in both languages, alone or in a list, in the reader's. */
function inLanguage(details: Readonly<Record<string, unknown>>, locale: Locale, texts: Texts): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => {
    if (!Array.isArray(value)) return [name, wordIn(value, locale)];
    return [name, value.every(isWords) ? value.map((one) => wordIn(one, locale)).join(texts.say(locale, 'platform:list')) : value];
  }));
}

function wordIn(value: unknown, locale: Locale): unknown {
  return isWords(value) ? (locale === 'en' ? value.en : value.zh) : value;
}

function isWords(value: unknown): value is { readonly zh: string; readonly en: string } {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value && typeof value.zh === 'string' && typeof value.en === 'string';
}

function fieldError(error: unknown, locale: Locale, texts: Texts): FieldProblem {
  const record = typeof error === 'object' && error !== null ? error : {};
  const path = 'path' in record && typeof record.path === 'string' ? record.path : '';
  const rule = 'rule' in record && typeof record.rule === 'string' ? record.rule : 'invalid';
  const params = 'params' in record && typeof record.params === 'object' && record.params !== null ? { ...record.params } : {};
  if ('code' in record && typeof record.code === 'string') return { ...record, path, rule, message: codeText(record.code, inLanguage(params, locale, texts), locale, texts) };
  const name = `platform:field.${path.slice(path.lastIndexOf('.') + 1)}`;
  return { ...record, path, rule, message: ruleText(rule, params, locale, texts), ...(texts.has(locale, name) ? { name: texts.say(locale, name) } : {}) };
}

// The code of a refusal, or the key of any text (`approvals:fault.days`) where a page says the same before anything is refused.
function codeText(code: string, params: Readonly<Record<string, unknown>>, locale: Locale, texts: Texts): string {
  if (code.includes(':')) return texts.say(locale, code, params);
  const dot = code.indexOf('.');
  return texts.say(locale, `${code.slice(0, dot)}:refusal.${code.slice(dot + 1)}`, params);
}

function ruleText(rule: string, params: Readonly<Record<string, unknown>>, locale: Locale, texts: Texts): string {
  const key = `platform:rule.${rule}`;
  return texts.has(locale, key) ? texts.say(locale, key, params) : texts.say(locale, 'platform:rule.invalid', params);
}

/** What a bug looks like from outside. */
export function faultOf(id: string, locale: Locale, texts: Texts): Problem {
  return { type: 'urn:yugong:problem:platform.fault', title: texts.say(locale, 'platform:refusal.fault', { id }), status: 500, code: 'platform.fault', id };
}
