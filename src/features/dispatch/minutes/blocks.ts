// Minutes as blocks of text that an office edits before they are issued: what the records say, in the order of the document. Pure; draws nothing.
import Type, { type Static } from 'typebox';
import { fill, joined, longDay, percent, weekdayOf, words } from './words.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ maxLength: 6000 });

export const MinutesBlock = Type.Union([
  Type.Object({ kind: Type.Literal('fact'), label: Type.String({ maxLength: 40 }), text: Text }, closed),
  Type.Object({ kind: Type.Literal('paragraph'), text: Text }, closed),
  Type.Object({ kind: Type.Literal('heading'), level: Type.Integer({ minimum: 1, maximum: 3 }), text: Type.String({ minLength: 1, maxLength: 500 }), body: Type.Optional(Text) }, closed),
  Type.Object({ kind: Type.Literal('requirement'), text: Text }, closed),
  Type.Object({ kind: Type.Literal('table'), rows: Type.Array(Type.Array(Type.String({ maxLength: 1000 }), { minItems: 5, maxItems: 5 }), { maxItems: 200 }) }, closed),
  Type.Object({ kind: Type.Literal('distribution'), text: Text }, closed),
]);
export type MinutesBlock = Static<typeof MinutesBlock>;

export interface DraftItem {
  readonly title: string; readonly status: string; readonly ask: string; readonly kind: 'measure' | 'escalate' | 'none' | null; readonly measure: string | null; readonly lead: string | null; readonly co: readonly string[]; readonly dueDay: string | null; readonly criterion: string | null;
  readonly escalateTo: 'leader' | 'main' | 'meeting' | null; readonly reason: string | null;
  /** The problem that it is about, and whether escalating raises it. */
  readonly problem: { readonly number: string; readonly climbs: boolean } | null;
}

export interface DraftGround {
  readonly day: string; readonly time: string; readonly place: string; readonly chair: string | null; readonly topic: string | null; readonly number: number; readonly yearNumber: number; readonly series: string; readonly kind: string; readonly receiptDays: number;
  readonly attendees: readonly { readonly name: string; readonly presence: 'invited' | 'present' | 'late' | 'excused' | 'absent'; readonly arrived: string | null; readonly reason: string | null }[];
  readonly fulfilment: { readonly since: number | null; readonly all: number; readonly onTime: number; readonly late: number; readonly overdue: number; readonly notDue: number; readonly rateBp: number | null };
  readonly earlier: readonly { readonly matter: string; readonly lead: string; readonly due: string; readonly daysOver: number }[];
  readonly items: readonly DraftItem[];
}

/** What the records of a meeting say, as blocks. Who was invited and not marked is named as that: nobody's presence is made up. */
export function draftOf(ground: DraftGround): readonly MinutesBlock[] {
  return [
    ...facts(ground), opening(ground), ...earlier(ground),
    { kind: 'heading', level: 1, text: words.decisions }, ...ground.items.flatMap(itemBlocks),
    { kind: 'heading', level: 1, text: words.requirements }, ...words.requirement.map((text): MinutesBlock => ({ kind: 'requirement', text: fill(text, { receipt: ground.receiptDays }) })),
    { kind: 'distribution', text: words.distribution.join('\n') },
  ];
}

export function ordinalOf({ number, yearNumber }: { readonly number: number; readonly yearNumber: number }): string {
  return fill(words.numbered, { number, yearNumber });
}

function facts({ day, time, place, chair, attendees }: DraftGround): MinutesBlock[] {
  const of = (...presences: readonly string[]): typeof attendees => attendees.filter((one) => presences.includes(one.presence));
  const fact = (label: string, text: string): MinutesBlock => ({ kind: 'fact', label, text });
  const late = of('late');
  const excused = of('excused');
  const unmarked = of('invited');
  return [
    fact(words.time, fill(words.dayWeek, { day: longDay(day), weekday: weekdayOf(day), time })), fact(words.place, place), ...(chair === null ? [] : [fact(words.chair, chair)]), fact(words.present, joined(of('present', 'late').map((one) => one.name))),
    ...(late.length === 0 ? [] : [fact(words.late, joined(late.map((one) => (one.arrived === null ? one.name : fill(words.lateOne, { name: one.name, time: one.arrived })))))]),
    ...(excused.length === 0 ? [] : [fact(words.excused, joined(excused.map((one) => (one.reason === null ? one.name : fill(words.excusedOne, { name: one.name, reason: one.reason })))))]),
    fact(words.absent, joined(of('absent').map((one) => one.name))),
    ...(unmarked.length === 0 ? [] : [fact(words.unmarked, joined(unmarked.map((one) => one.name)))]),
  ];
}

function opening(ground: DraftGround): MinutesBlock {
  const values = { day: longDay(ground.day), ordinal: ordinalOf(ground), what: nameOf(ground), topic: ground.topic ?? '' };
  return { kind: 'paragraph', text: fill(ground.topic === null ? words.opening : words.openingTopic, values) };
}

/** The series, with the kind of the meeting where the series' name does not say it. */
function nameOf({ series, kind }: Pick<DraftGround, 'series' | 'kind'>): string {
  return series.endsWith(kind) ? series : fill(words.seriesKind, { series, kind });
}

function earlier({ fulfilment: f, earlier: rows }: DraftGround): MinutesBlock[] {
  const heading: MinutesBlock = { kind: 'heading', level: 1, text: words.earlier };
  if (f.all === 0) return [heading, { kind: 'paragraph', text: words.earlierNone }];
  const say: MinutesBlock = { kind: 'paragraph', text: fill(words.earlierSay, { since: f.since ?? 1, all: f.all, onTime: f.onTime, late: f.late, overdue: f.overdue, notDue: f.notDue, rate: percent(f.rateBp), below: f.onTime + f.late + f.overdue }) };
  if (rows.length === 0) return [heading, say];
  return [heading, say, { kind: 'paragraph', text: words.earlierOpen }, { kind: 'table', rows: rows.map((row, i) => [String(i + 1), row.matter, row.lead, longDay(row.due), row.daysOver > 0 ? fill(words.overdueBy, { days: row.daysOver }) : words.dueOn]) }];
}

function itemBlocks(one: DraftItem): MinutesBlock[] {
  return [
    { kind: 'heading', level: 2, text: one.title }, ...(one.status === '' ? [] : [{ kind: 'heading', level: 3, text: words.status, body: ended(one.status) } as const]), ...(one.ask === '' ? [] : [{ kind: 'heading', level: 3, text: words.problem, body: ended(one.ask) } as const]),
    { kind: 'heading', level: 3, text: words.decided, body: decided(one) }, ...(one.kind === 'measure' ? [{ kind: 'paragraph', text: responsible(one) } as const] : []),
  ];
}

function decided(one: DraftItem): string {
  const reason = one.reason === null ? '' : ended(fill(words.reasonIs, { reason: one.reason }));
  if (one.kind === 'measure') return ended(one.measure ?? '');
  if (one.kind === 'escalate') return words.escalated[one.escalateTo ?? 'leader'] + raised(one) + reason;
  return words.noDecision + reason;
}

/** What becomes of the problem when the minutes are out. */
function raised({ problem, escalateTo }: DraftItem): string {
  if (problem === null || escalateTo === null) return '';
  return fill(problem.climbs || escalateTo === 'meeting' ? words.problemRaised[escalateTo] : words.problemStays, { number: problem.number });
}

function responsible(one: DraftItem): string {
  return [
    words.lead + (one.lead ?? words.none), ...(one.co.length === 0 ? [] : [words.co + joined(one.co)]), ...(one.dueDay === null ? [] : [words.deadline + longDay(one.dueDay)]), ...(one.criterion === null ? [] : [words.criterion + one.criterion.replace(new RegExp(`${words.stop}$`), '')]),
  ].join(words.semicolon) + words.stop;
}

/** A sentence that ends as one. */
export function ended(text: string): string {
  return text === '' || text.endsWith(words.stop) ? text : text + words.stop;
}
