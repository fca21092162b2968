// What other features write about a project, as one sentence: what happened, to what, and the parts of it that a reader wants. Pure. What has no
// words in `history:say` is not said; a code that has none in `history:value` nor among the names is said as it stands.
import type { Format } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';

export interface Telling {
  readonly kind: string;
  readonly day: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Words {
  readonly t: T;
  readonly format: Format;
  /** Of organisations, people, and of the codes that a feature has named (register/names.ts). */
  readonly names: Readonly<Record<string, string>>;
  readonly has: (key: string) => boolean;
}

export function tell(event: Telling, words: Words): string {
  const { t, has } = words;
  const key = `history:${event.kind.replace('.', '_')}`;
  const after = objectOf(event.after);
  const what = has(key) ? t(key) : t('history:otherStep');
  const about = after['item'] === undefined ? [] : [valueOf('item', after['item'], words)];
  const parts = [...about, ...partsOf(event, after, words)].filter((one) => one !== '');
  return parts.length === 0 ? what : `${what}${t('history:colon')}${parts.join(t('history:comma'))}`;
}

/** Of answers to many questions their number; of a change what it was before. */
function partsOf(event: Telling, after: Readonly<Record<string, unknown>>, words: Words): string[] {
  const { t } = words;
  if (event.kind === 'approvals.facts_answered') return [t('history:answers', { count: Object.keys(after).length })];
  if (event.kind.startsWith('problems.')) return problemOf(after, words);
  const before = objectOf(event.before);
  return ordered(after).flatMap(([field, value]) => {
    if (field === 'item' || !words.has(`history:say.${field}`) || empty(value) || (field === 'day' && value === event.day) || (field === 'status' && STATES_SAID.test(event.kind)) || (field === 'round' && value === 1)) return [];
    const said = t(`history:say.${field}`, { value: valueOf(field, value, words) });
    const was = before[field];
    return [empty(was) || JSON.stringify(was) === JSON.stringify(value) ? said : `${said}${t('history:was', { value: valueOf(field, was, words) })}`];
  });
}

/** Which problem it was; what became of it stands in its own history. */
function problemOf({ number, title }: Readonly<Record<string, unknown>>, { t }: Words): string[] {
  if (typeof title !== 'string') return typeof number === 'string' ? [t('history:problemNumber', { number })] : [];
  return [typeof number === 'string' ? t('history:problem', { number, title }) : title];
}

/** Of these the kind says the state already. */
const STATES_SAID = /^approvals\.case_(?!reported)/;

/** As a reader wants them: a stored record keeps no order of its own. */
const FIRST = ['order', 'limits', 'measures', 'startDay', 'beginDay', 'permitDay', 'round', 'stage', 'system', 'status', 'receivedDay', 'acceptedDay', 'decidedDay', 'outcome', 'passed', 'view', 'procedure', 'days', 'material', 'document', 'number', 'day'];

function ordered(after: Readonly<Record<string, unknown>>): [string, unknown][] {
  const place = (field: string): number => (FIRST.includes(field) ? FIRST.indexOf(field) : FIRST.length);
  return Object.entries(after).sort(([a], [b]) => place(a) - place(b));
}

function empty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function valueOf(field: string, value: unknown, words: Words): string {
  const { t, format, names, has } = words;
  if (Array.isArray(value)) return value.map((one: unknown) => valueOf(field, one, words)).join(t('history:list'));
  if (typeof value === 'boolean') return t(`history:value.${field}.${value ? 'yes' : 'no'}`);
  if (typeof value === 'number') return format.count(value);
  if (typeof value === 'object' && value !== null) {
    const { item, material, due } = { item: undefined, material: undefined, due: undefined, ...value };
    const name = valueOf('item', item ?? material ?? '', words);
    return typeof due === 'string' ? t('history:due', { name, day: format.day(due) }) : name;
  }
  const text = String(value);
  const key = `history:value.${field}.${text}`;
  if (has(key)) return t(key);
  if (names[text] !== undefined) return names[text];
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? format.day(text) : text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 80;

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
