// The measures of a programme as a ledger: whose, until when, how far, what is owed.
import { useMemo } from 'react';
import type { Static } from 'typebox';
import { useReadPages } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type Lang, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter } from '../../../../web/ledger/types.ts';
import { Bar } from '../../../../web/parts/bars.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { actionName, pick } from '../../pages/names.ts';
import { listMeasures, MEASURE_STATES, type MeasureLine } from '../contract.ts';
import { MEASURE_TONES } from './tones.ts';

type Line = Static<typeof MeasureLine>;
const PAGE_ROWS = 60;

export function Measures({ year, actions }: { readonly year: number; readonly actions: readonly { readonly code: string; readonly zh: string; readonly en: string }[] }) {
  const t = useT('programme');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const reports = can('service.match');
  const columns = useMemo(() => columnsFor(t, format, lang), [t, format, lang]);
  const filters = useMemo((): readonly Filter[] => [
    { kind: 'text', id: 'q', say: t('filter.q'), any: t('filter.any_q') },
    { kind: 'many', id: 'action', say: t('filter.action'), any: t('filter.any_action'), options: actions.map((one) => ({ value: one.code, label: pick(one, lang) })) },
    { kind: 'one', id: 'state', say: t('filter.state'), any: t('filter.any_state'), options: [...MEASURE_STATES.map((value) => ({ value, label: t(`state.${value}`) })), { value: 'reported_late', label: t('filter.reported_late') }] },
    ...(reports ? [{ kind: 'one' as const, id: 'mine', say: t('filter.mine'), any: t('filter.any_mine'), options: [{ value: '1', label: t('filter.is_mine') }] }] : []),
  ], [t, lang, actions, reports]);
  const ledger = useLedger({ id: 'measures', filters, columns, sort: '' });
  const input = { ...inputFor(listMeasures.input, ledger), year };
  const pages = useReadPages(listMeasures, { ...input, limit: PAGE_ROWS });
  const file = useDownload();
  return (
    <Ledger
      ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/service/measures/${row.id}`} today={today} title={t('tab.measures')} {...(pages.first === undefined ? {} : { total: pages.first.total })}
      empty={<Empty title={t('empty')} hint={t('empty_hint')} />} onExport={() => file.start('service.measures_export', input)} exporting={file.running}
    />
  );
}

function columnsFor(t: T, format: Format, lang: Lang): readonly Column<Line>[] {
  const en = lang === 'en';
  const amount = (value: number, unit: string): string => `${format.count(value)} ${unit}`;
  return [
    { id: 'state', title: t('col.state'), width: en ? 152 : 104, pinned: true, card: 'state', cell: (row) => <State tone={MEASURE_TONES[row.state]} word={t(`state.${row.state}`)} /> },
    { id: 'text', title: t('col.text'), width: 320, grow: true, pinned: true, card: 'title', cell: (row) => row.text },
    { id: 'action', title: t('col.action'), width: 128, cell: (row) => actionName(row.action, lang) },
    { id: 'org', title: t('col.org'), width: 110, cell: (row) => row.orgName },
    { id: 'due', title: t('col.due'), width: en ? 112 : 134, cell: (row) => format.day(row.dueDay) },
    { id: 'target', title: t('col.target'), width: 84, align: 'right', cell: (row) => amount(row.target, row.unit) },
    { id: 'value', title: t('col.value'), width: 84, align: 'right', cell: (row) => (row.value === null ? '—' : amount(row.value, row.unit)) },
    { id: 'progress', title: t('col.progress'), width: 190, cell: (row) => <><Bar share={row.progressBp / 10_000} tone={row.state === 'late' ? 'late' : 'ok'} /> {format.percentBp(row.progressBp)}</> },
    { id: 'owes', title: t('col.owes'), width: 76, cell: (row) => (row.owes.length === 0 ? '—' : <span className={row.state === 'late' ? 'tone-late' : undefined}>{row.owes.map((quarter) => t('quarter_short', { quarter })).join(' ')}</span>) },
    { id: 'late', title: t('col.late'), width: 64, align: 'right', cell: (row) => (row.lateReports === 0 ? '—' : format.count(row.lateReports)) },
  ];
}
