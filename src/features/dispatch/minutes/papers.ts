// Minutes, agenda packs, slips, bulletins and records as official documents: records in, document out. Pure; `platform/documents` draws them.
import type { Block, CellContent, FormRow, OfficialDocument } from '../../../platform/documents/model.ts';
import { ended, type MinutesBlock } from './blocks.ts';
import { fill, joined, longDay, minutesName, minutesTitle, words } from './words.ts';

export interface Issuer { readonly office: string; readonly made: Date; readonly day: string }

export interface MinutesHead { readonly number: number; readonly yearNumber: number; readonly series: string }

export function minutesPaper(blocks: readonly MinutesBlock[], { number, yearNumber, series }: MinutesHead, { office, made, day }: Issuer): OfficialDocument {
  const title = minutesTitle({ number, yearNumber, series });
  const name = minutesName(series);
  const copies = blocks.flatMap((one) => (one.kind === 'distribution' ? one.text.split('\n').map((line) => line.trim()).filter((line) => line !== '') : []));
  return {
    about: { title, organisation: office, made }, head: { kind: 'masthead', name, issue: fill(words.issue, { number }), issuer: office, day }, title: [fill(words.numbered, { number, yearNumber }), name], blocks: drawn(blocks),
    foot: { ...(copies.length === 0 ? {} : { distribution: copies }), issuer: office, day },
  };
}

/** Facts and requirements that follow each other stand together. */
function drawn(blocks: readonly MinutesBlock[]): readonly Block[] {
  const out: Block[] = [];
  for (const one of blocks) {
    const last = out.at(-1);
    if (one.kind === 'fact') {
      const item = { label: one.label, text: one.text };
      if (last?.kind === 'facts') out[out.length - 1] = { kind: 'facts', items: [...last.items, item] };
      else out.push({ kind: 'facts', items: [item] });
    } else if (one.kind === 'requirement') {
      if (last?.kind === 'list') out[out.length - 1] = { ...last, items: [...last.items, one.text] };
      else out.push({ kind: 'list', mark: 'bracket', items: [one.text] });
    } else if (one.kind === 'table') out.push(tableOf(one.rows));
    else if (one.kind === 'heading') out.push({ kind: 'heading', level: one.level === 1 ? 1 : one.level === 2 ? 2 : 3, text: one.text, ...(one.body === undefined ? {} : { body: one.body }) });
    else if (one.kind === 'paragraph') out.push({ kind: 'paragraph', text: one.text });
  }
  return out;
}

function tableOf(rows: readonly (readonly string[])[]): Block {
  return { kind: 'table', size: 'normal', columns: [{ title: words.columnNumber, width: 8, align: 'centre' }, { title: words.columnMatter, width: 32 }, { title: words.columnLead, width: 20, align: 'centre' }, { title: words.columnDue, width: 26, align: 'centre' }, { title: words.columnState, width: 16 }], rows };
}

export interface PackItem { readonly title: string; readonly status: string; readonly ask: string; readonly owner: string | null; readonly minutes: number; readonly facts: readonly string[] }

export interface Pack {
  readonly ordinal: string; readonly series: string; readonly facts: readonly { readonly label: string; readonly text: string }[]; readonly earlier: readonly MinutesBlock[]; readonly items: readonly PackItem[];
}

/** 议程材料: the list with its minutes, then each item on its own. */
export function packPaper(pack: Pack, { office, made, day }: Issuer): OfficialDocument {
  const title = fill(words.packTitle, { ordinal: pack.ordinal, series: pack.series });
  const minutes = pack.items.reduce((sum, one) => sum + one.minutes, 0);
  return {
    about: { title, organisation: office, made }, title: [title],
    blocks: [
      { kind: 'facts', items: pack.facts }, { kind: 'heading', level: 1, text: words.agenda }, { kind: 'paragraph', text: fill(words.agendaSay, { items: pack.items.length, minutes }) },
      { kind: 'table', size: 'normal', columns: [{ title: words.columnNumber, width: 8, align: 'centre' }, { title: words.columnMatter, width: 56 }, { title: words.columnLead, width: 22, align: 'centre' }, { title: words.time, width: 14, align: 'centre' }], rows: pack.items.map((one, i) => [String(i + 1), one.title, one.owner ?? '—', fill(words.minutesOf, { minutes: one.minutes })]) },
      ...drawn(pack.earlier), { kind: 'heading', level: 1, text: words.matters },
      ...pack.items.flatMap((one): Block[] => [
        { kind: 'heading', level: 2, text: one.title }, ...part(words.status, one.status), ...part(words.why, one.facts.join(words.semicolon)), ...part(words.ask, one.ask), ...(one.owner === null ? [] : [{ kind: 'paragraph', text: words.owner + one.owner } as const]),
      ]),
    ],
    foot: { issuer: office, day },
  };
}

function part(label: string, text: string): Block[] {
  return text === '' ? [] : [{ kind: 'heading', level: 3, text: label, body: ended(text) }];
}

/** What stands on a slip, as it was when it was issued. */
export interface SlipContent {
  readonly series: string; readonly meeting: number; readonly project: string | null; readonly matter: string; readonly status: string; readonly ask: string; readonly measure: string | null; readonly criterion: string | null; readonly owner: string | null; readonly co: readonly string[]; readonly due: string; readonly originalDue: string | null; readonly issued: string;
}

export interface SlipPaper {
  readonly kind: 'assign' | 'supervise' | 'bulletin' | 'interview'; readonly number: string; readonly times: number; readonly overdueDays: number; readonly content: SlipContent; readonly signed: { readonly name: string; readonly day: string } | null; readonly reports: readonly { readonly day: string; readonly text: string }[];
  readonly extensions: readonly { readonly old: string; readonly wanted: string }[]; readonly doneDay: string | null; readonly copies: readonly string[]; readonly record: string | null;
}

export function slipPaper(slip: SlipPaper, issuer: Issuer): OfficialDocument {
  return slip.kind === 'bulletin' ? bulletinPaper(slip, issuer) : formPaper(slip, issuer);
}

const label = (text: string): CellContent => ({ text, label: true });
const wide = (text: string): CellContent => ({ text, columns: 3 });

function formPaper(slip: SlipPaper, { office, made, day }: Issuer): OfficialDocument {
  const { content: c } = slip;
  const w = words.slip;
  const title = fill(words.slipTitle[slip.kind], { series: c.series });
  const demand = [c.measure ?? '', ...(c.criterion === null ? [] : [fill(w.criterion, { criterion: c.criterion })])].join('\n');
  const matter = [c.matter, ...(c.ask === '' || c.ask === c.matter ? [] : [c.ask])].join('\n');
  const rows: FormRow[] = [
    { cells: [label(w.number), slip.number, label(w.source), fill(w.sourceSay, { meeting: c.meeting, series: c.series })] }, { cells: [label(w.project), wide(c.project ?? '—')] }, { cells: [label(w.matter), wide(matter)], lines: 1.5 }, { cells: [label(w.demand), wide(demand)], lines: 1.5 },
    { cells: [label(w.lead), c.owner ?? '', label(w.co), joined(c.co)] }, { cells: [label(w.due), longDay(c.due), label(w.signed), slip.signed === null ? '' : fill(w.signedSay, { name: slip.signed.name, day: longDay(slip.signed.day) })] },
    ...(slip.kind === 'supervise' ? superviseRows(slip) : []),
    ...(slip.kind === 'interview' ? [{ cells: [label(w.record), wide(slip.record ?? '')], lines: 8 }] : lastRows(slip)),
  ];
  return { about: { title, organisation: office, made }, title: [title], blocks: [{ kind: 'form', size: 'normal', widths: [15, 35, 15, 35], rows }], foot: { ...(slip.copies.length === 0 ? {} : { copies: slip.copies }), issuer: office, day } };
}

function superviseRows(slip: SlipPaper): FormRow[] {
  const w = words.slip;
  return [
    { cells: [label(w.overdue), fill(w.overdueSay, { days: slip.overdueDays, day: longDay(slip.content.issued) }), label(w.times), fill(w.timesSay, { times: slip.times })] },
    { cells: [label(w.opinionSupervise), wide(fill(w.superviseSay, { day: longDay(slip.content.due) }))], lines: 1.5 },
  ];
}

function lastRows(slip: SlipPaper): FormRow[] {
  const w = words.slip;
  const extension = slip.extensions.length === 0 ? w.extensionNone : slip.extensions.map((one) => fill(w.extensionSay, { old: longDay(one.old), new: longDay(one.wanted) })).join('\n');
  return [
    { cells: [label(w.handling), wide(slip.reports.map((one) => `${longDay(one.day)}${words.colon}${one.text}`).join('\n'))], lines: slip.kind === 'supervise' ? 1.5 : 2.5 }, { cells: [label(w.proof), wide('')] }, { cells: [label(w.opinion), wide(w.opinionBoxes)], lines: 1.5 }, { cells: [label(w.review), wide(w.reviewBoxes)], lines: 1.5 },
    { cells: [label(w.closed), slip.doneDay === null ? '' : longDay(slip.doneDay), label(w.extension), extension] },
  ];
}

function bulletinPaper(slip: SlipPaper, { office, made, day }: Issuer): OfficialDocument {
  const { content: c } = slip;
  const title = fill(words.slipTitle.bulletin, { series: c.series });
  const values = { day: longDay(c.issued), meeting: c.meeting, series: c.series, measure: (c.measure ?? c.matter).replace(new RegExp(`[${words.stop}${words.semicolon}]$`), '') + words.semicolon, lead: c.owner ?? '', original: longDay(c.originalDue ?? c.due), today: longDay(c.issued), days: slip.overdueDays, times: slip.times };
  const [first = '', second = '', third = ''] = words.bulletinBody;
  return {
    about: { title, organisation: office, made }, head: { kind: 'masthead', name: words.bulletinName, issue: slip.number, issuer: office, day }, title: [title], addressee: words.addressee,
    blocks: [{ kind: 'heading', level: 1, text: words.bulletinFacts }, { kind: 'paragraph', text: fill(first, values) }, { kind: 'paragraph', text: fill(second, values) }, { kind: 'heading', level: 1, text: words.bulletinDemand }, { kind: 'paragraph', text: fill(third, values) }, { kind: 'signature', organisations: [office], day }],
    foot: { ...(slip.copies.length === 0 ? {} : { copies: slip.copies }), issuer: office, day },
  };
}

/** 工作提醒函, to whoever has not signed for a slip. A letter has no issuer and day between lines at its foot. */
export function letterPaper(slip: { readonly number: string; readonly receiptDue: string; readonly content: SlipContent }, { office, made, day }: Issuer): OfficialDocument {
  const { content: c } = slip;
  const values = { meeting: c.meeting, series: c.series, matter: c.matter, number: slip.number, due: longDay(slip.receiptDue) };
  return {
    about: { title: words.letterTitle, organisation: office, made }, head: { kind: 'letter', issuer: office, number: slip.number.replace(/^[^〔]*/, words.letterCode) }, title: [words.letterTitle], addressee: (c.owner ?? '') + words.colon,
    blocks: [...words.letterBody.map((text): Block => ({ kind: 'paragraph', text: fill(text, values) })), { kind: 'signature', organisations: [office], day }],
  };
}
