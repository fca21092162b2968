// Where a project's approvals stand: every item that it needs or may need, its latest case, and what must be granted before it may be applied
// for. Pure; the plan with its dates and floats is planning's.
import type { OutputOf } from '../../../kernel/contract.ts';
import { applicability, trackOf } from '../planning/applicability.ts';
import { versionIn } from '../clocks/terms.ts';
import type { Facts } from '../catalogue/shape.ts';
import { precedenceOf } from '../planning/precedence.ts';
import type { Handbook } from './catalogue.ts';
import type { projectCases } from './contract.ts';
import { lineOf } from './lines.ts';
import { listedIn } from './materials.ts';
import type { CaseRow } from './reads.ts';
import { departmentOf, isGranted, isOver } from './rules.ts';

type ItemLine = OutputOf<typeof projectCases>['items'][number];

/**
 * `documents`: days of documents that no case made, by item. `nameOf`: the body that handles what a department of the catalogue handles elsewhere.
 * Rows of one item in the order of their rounds.
 */
export function itemsOf(handbook: Handbook, facts: Facts, rows: readonly CaseRow[], documents: ReadonlyMap<string, string>, nameOf: (department: string) => string | null, day: string): ItemLine[] {
  const latest = new Map(rows.map((row) => [row.item, row]));
  const applied = applicability(handbook.catalogue, facts).filter((one) => one.verdict !== 'not_needed' || latest.has(one.item.code) || documents.has(one.item.code));
  const present = new Set(applied.filter((one) => one.verdict === 'needed' || latest.has(one.item.code) || documents.has(one.item.code)).map((one) => one.item.code));
  const finished = new Set([...[...latest].filter(([, row]) => isGranted(row)).map(([code]) => code), ...documents.keys()]);
  // What may follow later must at least be under way.
  const inHand = new Set([...latest].filter(([, row]) => row.accepted_day !== null && row.closed_day === null).map(([code]) => code));
  const { before } = precedenceOf(handbook.catalogue, trackOf(facts) ?? 'enterprise', new Set([...present, ...handbook.catalogue.milestones.map((one) => one.code)]), finished);
  const names = new Map([...handbook.catalogue.items, ...handbook.catalogue.milestones].map((one) => [one.code, one.name]));
  return applied.map(({ item, verdict }) => {
    const row = latest.get(item.code);
    const waitsFor = (before.get(item.code) ?? []).filter((edge) => !finished.has(edge.from) && !(edge.deferrable && inHand.has(edge.from))).map((edge) => ({ code: edge.from, name: names.get(edge.from) ?? { zh: edge.from, en: edge.from } }));
    const version = versionIn(handbook.limits(item.code, facts).rules, day);
    return {
      code: item.code, name: item.name, stage: item.stage, verdict, orgName: row?.org_name ?? nameOf(departmentOf(item)), waitsFor,
      promisedDays: version?.promised?.days ?? null, statutoryDays: item.statutory.length === 0 ? null : (version?.statutory.days ?? null), unit: version?.promised?.unit ?? version?.statutory.unit ?? 'working',
      mayApply: verdict === 'needed' && waitsFor.length === 0 && !documents.has(item.code) && (row === undefined || isOver(row)), case: row === undefined ? null : lineOf(row, handbook),
      documentDay: documents.get(item.code) ?? null, materials: listedIn(item),
    };
  });
}
