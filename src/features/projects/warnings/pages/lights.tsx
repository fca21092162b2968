// All lights that are on: what, since when, by which rule and with which numbers. Each leads to its project.
import { useMemo } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type T } from '../../../../web/i18n.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter } from '../../../../web/ledger/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { countLights, listLights, readWarningRules } from '../contract.ts';
import { getProject } from '../../register/contract.ts';
import { lightTone } from '../../portfolio/pages/say.ts';
import { LightNumbers } from './numbers.tsx';

type Light = OutputOf<typeof listLights>['items'][number];
const OBJECTS = ['start', 'completion', 'investment', 'milestone', 'statistics', 'report', 'prediction', 'approval'] as const;
const SHOWN = 60;

export function LightsPage() {
  const t = useT('warnings');
  const lang = useLang();
  const format = useFormat();
  const { today } = useSession();
  const rules = useRead(readWarningRules, {});
  const counts = useRead(countLights, {});
  const names = useMemo(() => new Map((rules.data?.rules ?? []).map((rule) => [rule.id, lang === 'en' ? rule.name.en : rule.name.zh])), [rules.data, lang]);
  const [{ projectId }] = useUrlState({ projectId: '' });
  const only = useRead(getProject, { id: projectId }, { when: projectId !== '' });
  const onlyName = only.data?.name ?? '…';
  const filters = useMemo<readonly Filter[]>(() => [
    // Only where a link named one project: nobody chooses among hundreds here, the record of each has its own link.
    ...(projectId === '' ? [] : [{ id: 'projectId', kind: 'one' as const, say: t('filter.project'), any: t('filter.any_project'), options: [{ value: projectId, label: onlyName }] }]),
    { id: 'object', kind: 'many', say: t('filter.object'), any: t('filter.any_object'), options: OBJECTS.map((value) => ({ value, label: t(`object.${value}`) })) },
    { id: 'level', kind: 'many', say: t('filter.level'), any: t('filter.any_level'), options: ['3', '2', '1'].map((value) => ({ value, label: t(`level.${value}`) })) },
  ], [t, projectId, onlyName]);
  const columns = useMemo<readonly Column<Light>[]>(() => columnsOf(t, format, today, names), [t, format, today, names]);
  const ledger = useLedger<Light>({ id: 'lights', filters, columns, sort: '-level' });
  const objects = list(ledger.values['object']);
  const levels = list(ledger.values['level']);
  const pages = useReadPages(listLights, {
    limit: SHOWN,
    ...(projectId === '' ? {} : { projectId }),
    ...(objects.length === 0 ? {} : { object: OBJECTS.filter((one) => objects.includes(one)) }),
    ...(levels.length === 0 ? {} : { level: levels.map(Number) }),
  });
  const lit = (counts.data?.items ?? []).reduce((sum, one) => sum + one.lights, 0);
  const projects = (counts.data?.projects ?? []).filter((one) => one.level > 0).reduce((sum, one) => sum + one.projects, 0);
  return (
    <>
      <PageHead title={t('title')} small={counts.data === undefined ? undefined : t('small', { count: lit, projects })}
        actions={<Button href="/warnings/rules">{t('rules.title')}</Button>} />
      <Ledger ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/projects/${row.projectId}`} today={today} title={t('title')} empty={<Empty title={t('none')} hint={t('none_hint')} />} />
    </>
  );
}

function columnsOf(t: T, format: Format, today: string, names: ReadonlyMap<string, string>): readonly Column<Light>[] {
  return [
    { id: 'light', title: t('column.light'), width: 92, card: 'state', cell: (row) => <State tone={lightTone(row.level)} word={t(`level.${String(row.level)}`)} /> },
    { id: 'project', title: t('column.project'), width: 232, pinned: true, card: 'title', cell: (row) => <Go href={`/projects/${row.projectId}`}>{row.projectName}</Go> },
    { id: 'what', title: t('column.what'), width: 112, cell: (row) => t(`object.${row.object}`) },
    { id: 'numbers', title: t('column.numbers'), width: 370, grow: true, cell: (row) => <LightNumbers row={row} /> },
    { id: 'since', title: t('column.since'), width: 184, cell: (row) => t('since', { day: format.shortDay(row.since, today), count: Math.max(0, format.daysBetween(row.since, today)) + 1 }) },
    { id: 'rule', title: t('column.rule'), width: 170, off: true, cell: (row) => names.get(row.rule) ?? row.rule },
    { id: 'town', title: t('column.town'), width: 92, cell: (row) => row.townName ?? '' },
    { id: 'commissioner', title: t('column.commissioner'), width: 110, cell: (row) => row.commissionerName ?? '' },
  ];
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
