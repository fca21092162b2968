// The service in the demonstration zone: answers, policies with whom they suit, the eight actions of the year, needs and offers with their deals. All of it
// invented and played by the real commands on the days of data/knowledge.json.
import book from './data/knowledge.json';
import actions from '../features/service/data/actions.json';
import { idFrom } from '../kernel/ids.ts';
import { tellSuited } from '../features/service/policies/telling.ts';
import type { Actor } from '../platform/actor.ts';
import { moment, type Acting } from './acting.ts';

export interface ServiceCast {
  readonly called: (name: string) => Actor;
  readonly ofFirm: (body: string) => Actor | undefined;
  readonly projectOf: (serial: number) => string | undefined;
}

const FEN_PER_WAN = 1_000_000;
const fen = (wan: number | null | undefined): number | null => (wan === null || wan === undefined ? null : wan * FEN_PER_WAN);
const idOf = (...parts: readonly string[]): string => idFrom('demo', 'service', ...parts);
const body = (name: string): string => idFrom('demo', 'body', name);
const PLACES: Readonly<Record<string, string>> = book.places;
const placeOf = (short: string): string => body(PLACES[short] ?? short);
const COUNTERPARTS = new Set(book.counterparts.map((one) => one.name));
const counterpart = (name: string): string => idOf('counterpart', name);
/** Of an organisation of the zone or of a counterpart outside. */
const owner = (name: string): { counterpartId: string } | { orgId: string } => (COUNTERPARTS.has(name) ? { counterpartId: counterpart(name) } : { orgId: body(name) });

interface Deed { readonly day: string; readonly who: Actor; readonly name: string; readonly input: Readonly<Record<string, unknown>>; readonly versionOf?: string }

/** Day by day, within a day in the order of the story. */
export async function playService(acting: Acting, cast: ServiceCast): Promise<void> {
  const deeds = [...answers(cast), ...policies(cast), ...programme(cast), ...matchings(cast)];
  const sorted = deeds.map((deed, at) => ({ deed, at })).toSorted((a, b) => (a.deed.day === b.deed.day ? a.at - b.at : a.deed.day < b.deed.day ? -1 : 1));
  for (const [at, { deed: { day, ...deed } }] of sorted.entries()) {
    const now = moment(day, 21_000 + at);
    await acting.act({ ...deed, at: now });
    if (deed.name === 'service.add_policy') await tellSuited(acting.app.database, now);
  }
}

function answers({ called, ofFirm }: ServiceCast): Deed[] {
  return book.answers.flatMap((one, at): Deed[] => {
    const id = idOf('answer', one.question);
    const { department, day, question, answer, kind, audience, sources, validUntil, reviewDue } = one;
    const officer = called('审批局经办');
    const firm = ofFirm(book.traits[at % book.traits.length]?.firm ?? '');
    return [
      { day, who: called('项目办01'), name: 'service.add_answer', input: { id, question, answer, kind, audience, sources, validUntil, reviewDue, departmentId: body(department), validFrom: day } },
      ...(at % 3 === 0 && validUntil === null ? [{ day: '2023-04-17', who: officer, name: 'service.settle_with_answer', input: { id: idOf('settled', question), answerId: id } }] : []),
      ...(at % 2 === 0 && firm !== undefined && audience === 'public' && validUntil === null ? [{ day: '2023-05-12', who: firm, name: 'service.rate_answer', input: { id: idOf('vote', question), answerId: id, useful: at % 8 !== 6, ...(at % 8 === 6 ? { comment: '想知道要带哪些材料' } : {}) } }] : []),
    ];
  });
}

function policies({ called, ofFirm }: ServiceCast): Deed[] {
  const office = called('项目办02');
  const department = called('工信科技局经办');
  const entered = book.policies.map(({ day, department: lead, amountWan, conditions, ...one }): Deed => ({
    day, who: office, name: 'service.add_policy',
    input: { ...one, id: idOf('policy', one.number), validFrom: day, amountFen: fen(amountWan), departmentId: body(lead), conditions: conditions?.map((group) => ({ any: group.any.map((test) => ('values' in test && test.values !== undefined ? { ...test, values: test.values.map(valueOf) } : test)) })) ?? null },
  }));
  const stated = book.traits.map(({ firm, by, day, v }): Deed => ({
    day, who: by === 'officer' ? department : (ofFirm(firm) ?? department), name: 'service.state_traits', versionOf: `traits ${firm}`, input: { id: body(firm), traits: Object.entries(v).map(([code, value]) => ({ code, value: typeof value === 'string' ? valueOf(value) : value })) },
  }));
  const verified = book.verify.map(({ firm, codes, day }): Deed => ({ day, who: department, name: 'service.verify_traits', versionOf: `traits ${firm}`, input: { id: body(firm), codes, document: '现场核对（演示）' } }));
  return [...entered, ...stated, ...verified, ...deliveries(department)];
}

/** `@高新` stands for the id of that place. */
function valueOf(text: string): string {
  return text.startsWith('@') ? placeOf(text.slice(1)) : text;
}

/** Told in one go where one day and policy have several; each is found again by its policy and enterprise. */
function deliveries(who: Actor): Deed[] {
  const told = [...new Set(book.deliveries.map((one) => `${String(one.p)} ${one.told}`))].map((key): Deed => {
    const same = book.deliveries.filter((one) => `${String(one.p)} ${one.told}` === key);
    return { day: same[0]?.told ?? '', who, name: 'service.tell_policy', input: { id: policyId(same[0]?.p ?? 1), orgIds: same.map((one) => body(one.f)) } };
  });
  return told;
}

function policyId(number: number): string {
  return idOf('policy', book.policies[number - 1]?.number ?? '');
}

/** After all were told: what became of each, once it is known under which id it stands. */
export async function playDeliveries(acting: Acting, cast: ServiceCast): Promise<void> {
  const who = cast.called('财政金融局经办');
  const steps = book.deliveries.flatMap((one) => [
    ...(one.applied === undefined ? [] : [{ one, step: 'applied', day: one.applied, more: {} }]), ...(one.received === undefined ? [] : [{ one, step: 'received', day: one.received, more: one.wan === undefined ? {} : { amountFen: one.wan * FEN_PER_WAN } }]),
    ...(one.declined === undefined ? [] : [{ one, step: 'declined', day: one.declined, more: one.note === undefined ? {} : { note: one.note } }]),
  ]);
  for (const { one, step, day, more } of steps.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const id = await deliveryId(acting, policyId(one.p), body(one.f));
    await acting.act({ who, at: moment(day, 24_000), name: 'service.note_delivery', versionOf: id, input: { id, step, day, ...more } });
  }
}

async function deliveryId(acting: Acting, policy: string, orgId: string): Promise<string> {
  const { app } = acting;
  const answer = await app.ask(app.system, 'service.deliveries', { policyId: policy, orgId });
  const items: unknown = typeof answer === 'object' && answer !== null && 'items' in answer ? answer.items : [];
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  return typeof first === 'object' && first !== null && 'id' in first ? String(first.id) : '';
}

const MEASURED = '2023-02-06';

function programme({ called, projectOf }: ServiceCast): Deed[] {
  const office = called('项目办01');
  const { day, ...head } = book.programme;
  const id = idOf('programme', String(head.year));
  const begun: Deed = { day, who: office, name: 'service.create_programme', input: { id, ...head, actions } };
  const measures = book.measures.flatMap((one): Deed[] => {
    const measureId = idOf('measure', one.text);
    const who = called(ownerOf(one.owner));
    const report = (quarter: number, value: number, on: string, text: string): Deed => ({ day: on, who, name: 'service.report_measure', input: { id: idOf('report', one.text, String(quarter)), measureId, quarter, value, text } });
    const approved = (quarter: number, on: string): Deed => ({ day: on, who: called('项目办02'), name: 'service.decide_report', versionOf: idOf('report', one.text, String(quarter)), input: { id: idOf('report', one.text, String(quarter)), approve: true } });
    return [
      { day: MEASURED, who: office, name: 'service.add_measure', input: { id: measureId, programmeId: id, action: one.action, text: one.text, orgId: body(one.owner), dueDay: one.due, indicator: one.indicator, unit: one.unit, target: one.target } },
      ...(one.q1 === null || one.q1Day === null ? [] : [report(1, one.q1, one.q1Day, one.text1), approved(1, '2023-04-20')]), ...(one.q2 === null ? [] : [report(2, one.q2, '2023-06-30', '二季度按计划推进，佐证材料已上传。')]),
    ];
  });
  const tagged = book.tags.flatMap(({ serial, actions: codes }): Deed[] => {
    const project = projectOf(serial);
    return project === undefined ? [] : [{ day: '2023-03-16', who: office, name: 'service.tag_project', input: { id: project, actions: codes } }];
  });
  return [begun, ...measures, ...tagged];
}

const SHORT: Readonly<Record<string, string>> = { 示范区工业信息和科技局: '工信科技局', 示范区发展改革和统计局: '发改统计局', 示范区自然资源和规划局: '资源规划局', 示范区生态环境局: '生态环境局', 示范区交通运输局: '交通局', 示范区水利局: '水利局', 示范区商务局: '商务局', 示范区财政金融局: '财政金融局', 示范区行政审批和政务信息管理局: '审批局' };

function ownerOf(name: string): string {
  return `${SHORT[name] ?? name}经办`;
}

function matchings({ called, ofFirm }: ServiceCast): Deed[] {
  const who = called('商务局经办');
  const known = book.counterparts.map((one): Deed => ({ day: '2023-02-08', who, name: 'service.add_counterpart', input: { ...one, id: counterpart(one.name) } }));
  const listed = book.listings.flatMap(({ key, owner: whose, day, amountWan, place, until, close, ...one }): Deed[] => [
    { day, who: ofFirm(whose) ?? who, name: 'service.add_listing', input: { ...one, id: idOf('listing', key), ...owner(whose), amountFen: fen(amountWan), placeId: place === null ? null : placeOf(place), untilDay: until } },
    ...(close === null ? [] : [{ day: close.day, who: ofFirm(whose) ?? who, name: 'service.close_listing', versionOf: idOf('listing', key), input: { id: idOf('listing', key), reason: close.reason, ...(close.note === undefined ? {} : { note: close.note }) } }]),
  ]);
  const held = book.fairs.map(({ key, parties, ...one }): Deed => ({ day: '2023-03-13', who, name: 'service.add_fair', input: { ...one, id: idOf('fair', key), parties: parties.map((party) => ({ ...owner(party.name), ...(party.offered === null ? {} : { offered: party.offered }) })) } }));
  return [...known, ...listed, ...held, ...book.deals.flatMap((one) => dealt(who, one))];
}

function dealt(who: Actor, one: (typeof book.deals)[number]): Deed[] {
  const id = idOf('deal', one.need, one.offer);
  const step = (name: string, day: unknown, more: Readonly<Record<string, unknown>>): Deed => ({ day: String(day), who, name: 'service.move_deal', versionOf: id, input: { id, step: name, day: String(day), ...more } });
  const amount = (wan: unknown): Readonly<Record<string, unknown>> => (typeof wan === 'number' ? { amountFen: wan * FEN_PER_WAN } : {});
  return [
    { day: one.day, who, name: 'service.add_deal', input: { id, needId: idOf('listing', one.need), offerId: idOf('listing', one.offer), day: one.day, ...('fair' in one && one.fair !== undefined ? { fairId: idOf('fair', one.fair) } : {}), ...amount(one.wan), ...(one.people === undefined ? {} : { people: one.people }) } },
    ...(one.signed === undefined ? [] : [step('signed', one.signed[0], { ...amount(one.signed[1]), document: String(one.signed[2]) })]), ...(one.fulfilled === undefined ? [] : [step('fulfilled', one.fulfilled[0], amount(one.fulfilled[1]))]),
    ...(one.fallen === undefined ? [] : [step('fallen', one.fallen[0], { reason: one.fallen[1] })]),
  ];
}
