// 政策: for officers which hold and whom they suit, for an enterprise which may suit it, until when, and what to tell us.
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Static } from 'typebox';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type Lang, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter, View } from '../../../../web/ledger/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { GIVES, LEVELS, listPolicies, type PolicyLine } from '../contract.ts';
import { FIT_TONES, sayWindow, traitName, WINDOW_TONES } from './say.ts';
import '../../pages/service.css';

type Line = Static<typeof PolicyLine>;
const PAGE_ROWS = 60;
const ImportDialog = lazy(async () => ({ default: (await import('./import.tsx')).ImportDialog }));

export function PoliciesPage() {
  const t = useT('knowledge');
  const lang = useLang();
  const format = useFormat();
  const { today, can, user } = useSession();
  const [importing, setImporting] = useState(false);
  const officer = can('service.match') || !can('service.offer');
  const columns = useMemo(() => columnsFor(t, format, lang, officer), [t, format, lang, officer]);
  const filters = useMemo(() => filtersFor(t, officer), [t, officer]);
  const views = useMemo(() => viewsFor(t, officer), [t, officer]);
  const ledger = useLedger({ id: officer ? 'policies' : 'policies-mine', filters, columns, sort: '', views });
  const input = inputFor(listPolicies.input, ledger);
  const pages = useReadPages(listPolicies, { ...input, limit: PAGE_ROWS });
  const open = useRead(listPolicies, { fits: 'unknown', limit: 1 }, { when: !officer });
  const file = useDownload();
  return (
    <>
      <PageHead
        title={t(officer ? 'policies.title' : 'policies.mine')} {...(pages.first === undefined ? {} : { small: t('policies.count', { count: pages.first.total }) })}
        actions={officer ? (
          <>
            <Button href="/service/enterprises">{t('policies.enterprises')}</Button><Button href="/service/deliveries">{t('policies.deliveries')}</Button>
            {can('service.keep_knowledge') && <><Button onClick={() => setImporting(true)}>{t('policies.import')}</Button><Button kind="main" href="/service/policies/new">{t('policies.new')}</Button></>}
          </>
        ) : <Button kind="main" href={`/service/enterprises/${user.orgId}`}>{t('policies.tell_us')}</Button>}
      />
      {!officer && (open.data?.total ?? 0) > 0 && <p className="notice calm">{t('policies.unknown_note', { count: open.data?.total ?? 0 })} <Go href={`/service/enterprises/${user.orgId}`}>{t('policies.tell_us')}</Go></p>}
      <Ledger
        ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/service/policies/${row.id}`} today={today} title={t('policies.title')} {...(pages.first === undefined ? {} : { total: pages.first.total })}
        empty={<Empty title={t('policies.empty')} hint={t(officer ? 'policies.empty_hint' : 'policies.empty_mine')} />} onExport={() => file.start('service.policies_export', input)} exporting={file.running}
      />
      {importing && <Suspense fallback={null}><ImportDialog onClose={() => setImporting(false)} /></Suspense>}
    </>
  );
}

const STATES = ['open', 'ending', 'unstated', 'all'] as const;

function filtersFor(t: T, officer: boolean): readonly Filter[] {
  return [
    { kind: 'text', id: 'q', say: t('policies.q'), any: t('policies.any_q'), placeholder: t('answers.q_hint') },
    { kind: 'one', id: 'state', say: t('policies.state'), any: t('policies.state_current'), options: STATES.filter((one) => officer || one !== 'unstated').map((value) => ({ value, label: t(`policies.state_${value}`) })) },
    ...(officer ? [] : [{ kind: 'one' as const, id: 'fits', say: t('policies.fits'), any: t('policies.any_fits'), options: (['yes', 'unknown'] as const).map((value) => ({ value, label: t(`fits.${value}`) })) }]),
    { kind: 'many', id: 'gives', say: t('policies.gives'), any: t('policies.any_gives'), options: GIVES.map((value) => ({ value, label: t(`gives.${value}`) })) },
    { kind: 'many', id: 'level', say: t('policies.level'), any: t('policies.any_level'), options: LEVELS.map((value) => ({ value, label: t(`level.${value}`) })), rare: true },
  ];
}

function viewsFor(t: T, officer: boolean): readonly View[] {
  const all = { id: 'current', name: t('policies.view_current'), search: '' };
  return officer ? [all, { id: 'ending', name: t('policies.view_ending'), search: 'state=ending' }, { id: 'unstated', name: t('policies.view_unstated'), search: 'state=unstated' }]
    : [all, { id: 'yes', name: t('policies.view_yes'), search: 'fits=yes' }, { id: 'unknown', name: t('policies.view_unknown'), search: 'fits=unknown' }, { id: 'ending', name: t('policies.view_ending'), search: 'state=ending' }];
}

function columnsFor(t: T, format: Format, lang: Lang, officer: boolean): readonly Column<Line>[] {
  const en = lang === 'en';
  const count = (value: number): string => (value === 0 ? '—' : format.count(value));
  const own: readonly Column<Line>[] = [
    { id: 'fits', title: t('policies.col_fits'), width: en ? 148 : 108, pinned: true, card: 'state', cell: (row) => (row.fits === null ? '—' : <State tone={FIT_TONES[row.fits]} word={t(`fits.${row.fits}`)} />) },
  ];
  const window: Column<Line> = { id: 'window', title: t('policies.col_window'), width: en ? 120 : 104, pinned: officer, ...(officer ? { card: 'state' as const } : {}), cell: (row) => <State tone={WINDOW_TONES[row.window]} word={sayWindow(row, t)} /> };
  const name: Column<Line> = { id: 'name', title: t('policies.col_name'), width: 284, grow: true, pinned: true, card: 'title', cell: (row) => <>{row.name}{row.number !== '' && <span className="dim small"> {row.number}</span>}{officer && row.unstated && <span className="tag">{t('policies.state_unstated')}</span>}{row.delivery !== null && <span className="tag">{t(`delivery.${row.delivery}`)}</span>}</> };
  const shared: readonly Column<Line>[] = [
    { id: 'gives', title: t('policies.col_gives'), width: en ? 110 : 92, cell: (row) => t(`gives.${row.gives}`) },
    { id: 'amount', title: t('policies.col_amount'), width: en ? 112 : 104, align: 'right', cell: (row) => (row.amountFen === null ? '—' : format.money(row.amountFen).text) },
    { id: 'until', title: t('policies.col_until'), width: lang === 'en' ? 112 : 134, cell: (row) => (row.applyUntil === null ? '—' : format.day(row.applyUntil)) },
  ];
  const rest: readonly Column<Line>[] = [
    { id: 'department', title: t('policies.col_department'), width: 120, cell: (row) => row.departmentName ?? '—' }, { id: 'level', title: t('policies.col_level'), width: 90, off: true, cell: (row) => t(`level.${row.level}`) },
    { id: 'issuer', title: t('policies.col_issuer'), width: 180, off: true, cell: (row) => row.issuer },
  ];
  if (!officer) return [...own, name, window, ...shared, { id: 'missing', title: t('policies.col_missing'), width: en ? 184 : 220, cell: (row) => (row.missing.length === 0 ? '—' : row.missing.map((code) => traitName(code, lang)).join(t('list'))) }, ...rest];
  return [
    window, name, ...shared, ...rest,
    { id: 'yes', title: t('policies.col_yes'), width: en ? 96 : 84, align: 'right', cell: (row) => count(row.yes) }, { id: 'unknown', title: t('policies.col_unknown'), width: en ? 116 : 76, align: 'right', cell: (row) => count(row.unknown) },
    { id: 'told', title: t('policies.col_told'), width: 72, align: 'right', cell: (row) => count(row.told) }, { id: 'received', title: t('policies.col_received'), width: 82, align: 'right', cell: (row) => count(row.received) },
  ];
}
