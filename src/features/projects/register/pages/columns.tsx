// The columns of the ledger: what each row shows, sorts by and sums up. The same ids name the columns of the export.
import type { ReactNode } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Format, Tone } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';
import type { Column } from '../../../../web/ledger/types.ts';
import { Bar } from '../../../../web/parts/bars.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { ProjectRow, sumProjects } from '../contract.ts';
import { stateOf } from './say.ts';

type Sums = OutputOf<typeof sumProjects>;

/** Columns of the exported file for each column shown. */
export const EXPORTED: Readonly<Record<string, readonly string[]>> = { state: ['light', 'sideState'], name: ['name', 'level'], place: ['town', 'park'], rate: ['rateBp'], points: ['pointsBp'], total: ['totalFen'], plan: ['planFen'], done: ['doneFen'], stat: ['statFen'], accumulated: ['accumulatedFen'], updated: [] };

export function columnsFor(t: T, format: Format, sums: Sums | undefined): readonly Column<ProjectRow>[] {
  const unit = format.unitName('yi');
  const money = (fen: number | null): string => format.money(fen, 'yi').number;
  // Rounded to be read; to the cent when pointed at.
  const exact = (fen: number | undefined): ReactNode => (fen === undefined ? '' : <span title={format.money(fen, 'yuan').text}>{money(fen)}</span>);
  const time = sums?.timeProgressBp;
  const text = (id: string, title: string, width: number, cell: (row: ProjectRow) => string | null): Column<ProjectRow> => ({ id, title, width, off: true, cell: (row) => cell(row) ?? <span className="dim">—</span> });
  const day = (id: 'plannedStart' | 'actualStart' | 'plannedCompletion' | 'actualCompletion'): Column<ProjectRow> => text(id, t(`field.${id}`), 130, (row) => (row[id] === null ? null : format.day(row[id])));
  return [
    { id: 'state', title: t('field.light'), width: 86, pinned: true, card: 'state', sort: 'light', cell: (row) => <State {...stateOf(row, t)} /> },
    {
      id: 'name', title: t('list.project'), width: 212, grow: true, pinned: true, card: 'title', sort: 'name',
      cell: (row) => <span className="namecell"><Go href={`/projects/${row.id}`} title={row.name}>{row.name}</Go>{row.level !== null && <span className="tag">{t(`levelShort.${row.level}`)}</span>}{row.parentId !== null && <span className="tag">{t('field.package')}</span>}</span>,
    },
    { id: 'place', title: t('field.town'), width: 88, cell: (row) => <span className="two">{row.townName ?? row.parkName ?? '—'}</span> },
    { id: 'stage', title: t('field.stage'), width: 98, cell: (row) => <span className="two">{t(`stage.${row.stage}`)}</span> },
    { id: 'total', title: t('col.total'), unit, width: 92, align: 'right', sort: 'total', cell: (row) => money(row.totalFen), sum: exact(sums?.totalFen) },
    { id: 'plan', title: t('col.plan'), unit, width: 92, align: 'right', sort: 'plan', cell: (row) => money(row.planFen), sum: exact(sums?.planFen) },
    { id: 'done', title: t('col.done'), unit, width: 92, align: 'right', sort: 'done', cell: (row) => money(row.doneFen), sum: exact(sums?.doneFen) },
    {
      id: 'rate', title: t('col.rate'), width: 164, sort: 'rate', ...(time === undefined ? {} : { unit: t('list.tick', { time: format.percent(time / 10_000, time % 100 === 0 ? 0 : 1) }) }),
      cell: (row) => (row.rateBp === null ? <span className="dim">{t('list.noPlan')}</span> : <span className="ratecell"><span>{format.percent(row.rateBp / 10_000)}</span><Bar share={row.rateBp / 10_000} {...(time === undefined ? {} : { time: time / 10_000 })} tone={barTone(row)} /></span>),
      sum: sums === undefined || sums.rateBp === null ? '' : format.percent(sums.rateBp / 10_000),
    },
    {
      id: 'points', title: t('col.points'), unit: t('col.pointsUnit'), width: 100, align: 'right', cell: (row) => (row.sideState !== null || row.pointsBp === null ? '—' : format.points(row.pointsBp / 100)),
      sum: sums === undefined || sums.pointsBp === null ? '' : format.points(sums.pointsBp / 100),
    },
    { id: 'commissioner', title: t('col.commissioner'), width: 78, cell: (row) => <span className="two">{row.commissionerName ?? '—'}</span> },
    { id: 'seq', title: t('field.seq'), width: 72, align: 'right', off: true, sort: 'seq', card: 'none', cell: (row) => row.seq },
    text('code', t('field.code'), 210, (row) => row.code),
    text('category', t('field.category'), 110, (row) => row.category),
    text('nature', t('field.nature'), 90, (row) => (row.nature === null ? null : t(`nature.${row.nature}`))),
    text('listYear', t('field.listYear'), 96, (row) => (row.listYear === null ? null : String(row.listYear))),
    text('batch', t('field.batch'), 96, (row) => row.batch),
    text('builder', t('field.builderName'), 220, (row) => row.builderName),
    { id: 'stat', title: t('col.stat'), unit, width: 108, align: 'right', off: true, cell: (row) => (row.inStatistics ? money(row.statFen) : t('list.notInStatistics')), sum: exact(sums?.statFen) },
    { id: 'accumulated', title: t('col.accumulated'), unit, width: 116, align: 'right', off: true, cell: (row) => money(row.accumulatedFen) },
    day('plannedStart'), day('actualStart'), day('plannedCompletion'), day('actualCompletion'),
    text('leader', t('field.leader'), 110, (row) => row.leader),
    text('responsibleOrg', t('field.responsibleOrgId'), 170, (row) => row.responsibleOrgName),
    text('responsiblePerson', t('field.responsiblePerson'), 100, (row) => row.responsiblePerson),
    text('lastReportMonth', t('field.lastReportMonth'), 110, (row) => (row.lastReportMonth === null ? null : format.month(row.lastReportMonth))),
    { id: 'updated', title: t('field.updatedAt'), width: 150, off: true, sort: 'updated', cell: (row) => <span className="two">{format.instant(row.updatedAt)}</span> },
  ];
}

/** Points behind time from which the bar changes; the light beside it follows the zone's rules, of which investment is one. */
const BEHIND = 10;
const FAR_BEHIND = 30;

function barTone(row: ProjectRow): Tone {
  const behind = -(row.pointsBp ?? 0) / 100;
  if (row.sideState !== null) return 'off';
  return behind > FAR_BEHIND ? 'bad' : behind > BEHIND ? 'late' : 'ok';
}
