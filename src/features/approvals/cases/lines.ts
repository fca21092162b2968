// A case as a line of a list: the columns that are kept, under the words of the contract. Pure.
import type { Static } from 'typebox';
import type { Words } from '../catalogue/shape.ts';
import type { CaseLine } from './contract.ts';
import type { CaseRow } from './reads.ts';

interface Named { item(code: string): { readonly name: Words } | undefined }

export function linesOf(rows: readonly CaseRow[], handbook: Named): Static<typeof CaseLine>[] {
  return rows.map((row) => lineOf(row, handbook));
}

export function lineOf(row: CaseRow, handbook: Named): Static<typeof CaseLine> {
  return {
    id: row.id, version: row.version, projectId: row.project_id, projectName: row.project_name, item: row.item, itemName: handbook.item(row.item)?.name ?? { zh: row.item, en: row.item }, round: row.round,
    orgId: row.org_id, orgName: row.org_name, joint: row.joint_id !== null, leadOrgName: row.lead_name, status: row.status, outcome: row.outcome, document: row.document,
    source: row.source, system: row.system, verifiedDay: row.verified_day, receivedDay: row.received_day, acceptedDay: row.accepted_day, deemed: row.deemed, decidedDay: row.decided_day,
    deliveredDay: row.delivered_day, closedDay: row.closed_day, side: row.side, sideDay: row.side_day, unit: row.unit, used: row.used,
    statutory: clockOf(row.statutory_limit, row.statutory_left, row.statutory_over, row.statutory_due), promised: clockOf(row.promised_limit, row.promised_left, row.promised_over, row.promised_due),
    provisional: row.provisional, level: row.level, owes: row.owes, owedDay: row.owed_day, daysLeft: row.days_left, critical: row.critical, slipDays: row.slip_days, owedMaterials: row.owed_materials, materialDue: row.material_due,
  };
}

function clockOf(limit: number | null, left: number | null, over: number | null, due: string | null): { limit: number; left: number; over: number; due: string } | null {
  return limit === null || left === null || over === null || due === null ? null : { limit, left, over, due };
}
