// Who there is in the demonstration zone: the tree of bodies and the people with the names of their roles. Nobody has a personal
// name, nobody has a real number. Pure; the ids are always the same.
import people from './data/people.json';
import { idFrom } from '../kernel/ids.ts';
import { COMMISSIONERS, LEADERS, type DemoProject } from './model.ts';

export type OrgKind = 'department' | 'town' | 'park' | 'enterprise';

export interface Body {
  readonly id: string;
  readonly kind: OrgKind;
  readonly name: string;
  readonly shortName: string | undefined;
  readonly nameEn: string | undefined;
  readonly code: string | undefined;
  readonly duties: readonly string[];
}

export interface Person {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  /** Name of the body; undefined: the zone itself. */
  readonly body: string | undefined;
  readonly role: 'admin' | 'office' | 'leader' | 'commissioner' | 'department' | 'desk' | 'town' | 'chain_chief' | 'enterprise' | 'auditor';
  readonly chains: readonly string[];
  readonly phone: string | undefined;
}

export const ROOT = people.root;

/** The project office is a part of the body that is answerable for development and statistics. */
const OFFICE_AT = '示范区发展改革和统计局';
/** Enterprise Service 110 sits here: what comes in lies on its desk. */
export const DESK_AT = '示范区企业服务中心';
export const DESKS = 3;

export function bodiesOf(projects: readonly DemoProject[]): readonly Body[] {
  const departments = people.departments.map((one) => body('department', one.name, { shortName: one.short, nameEn: one.en, duties: one.duties }));
  const towns = people.towns.map((one) => body('town', one.name, { nameEn: one.en, code: one.code }));
  const parks = people.parks.map((one) => body('park', one.name, { shortName: one.short, nameEn: one.en }));
  return [...departments, ...towns, ...parks, ...firmsWithPeople(projects).map((name) => body('enterprise', name, {}))];
}

function body(kind: OrgKind, name: string, more: { shortName?: string; nameEn?: string; code?: string; duties?: readonly string[] }): Body {
  return { id: idFrom('demo', 'body', name), kind, name, shortName: more.shortName, nameEn: more.nameEn, code: more.code, duties: more.duties ?? [] };
}

/** The chains that have a chief, as the projects name them. */
export const CHAINS = people.chains;

/** Who stands on the sign-in page, the first of each role in front: those of the project whose approvals are told to the end. */
export const CARDS: readonly string[] = people.cards.map((name) => idFrom('demo', 'person', name));

export function peopleOf(projects: readonly DemoProject[]): readonly Person[] {
  const town = new Map(projects.map((one) => [one.commissioner, one.town]));
  return [
    person('admin', 'admin', '系统管理员'),
    ...numbered(3, (no) => person('office', `office${no}`, `项目办${no}`, { body: OFFICE_AT })),
    ...numbered(LEADERS, (no) => person('leader', `leader${no}`, `分包领导${no}`)),
    ...numbered(COMMISSIONERS, (no) => person('commissioner', `zy${no}`, `专员${no}`, { body: town.get(`专员${no}`), phone: `0391-00000${no}` })),
    ...people.departments.map((one) => person('department', `dept-${one.duties[0] ?? ''}`, `${one.short}经办`, { body: one.name })),
    ...numbered(DESKS, (no) => person('desk', `desk${no}`, `企服坐席${no}`, { body: DESK_AT })),
    ...people.towns.map((one) => person('town', `town-${one.code}`, `${one.name}经办`, { body: one.name })),
    ...people.parks.map((one, at) => person('town', `park-${at + 1}`, `${one.short}经办`, { body: one.name })),
    ...people.chains.map((chain, at) => person('chain_chief', `chain${two(at + 1)}`, `${chain}链长`, { chains: [chain] })),
    ...firmsWithPeople(projects).map((name, at) => person('enterprise', `firm${two(at + 1)}`, `企业经办${two(at + 1)}`, { body: name })),
    person('auditor', 'auditor', '审计01', { body: '示范区审计局' }),
  ];
}

/** The firm whose approvals are told to the end, leading enterprises and a few others have somebody who signs in; of the rest the register knows the name alone. */
function firmsWithPeople(projects: readonly DemoProject[]): readonly string[] {
  const leading = /豫光金铅|金马能源|富联科技|恒通化工|金利金锌/;
  const builders = [...new Set(projects.filter((one) => !one.government).map((one) => one.builder))];
  const told = people.firms.filter((name) => builders.includes(name));
  return [...told, ...builders.filter((name) => leading.test(name)), ...builders.filter((name) => !leading.test(name) && !told.includes(name)).slice(0, 5)];
}

function person(role: Person['role'], login: string, name: string, more: { body?: string | undefined; chains?: readonly string[]; phone?: string } = {}): Person {
  return { id: idFrom('demo', 'person', name), login, name, body: more.body, role, chains: more.chains ?? [], phone: more.phone };
}

function numbered<T>(count: number, make: (no: string) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(two(at + 1)));
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
