// Enterprises with what is known of them: how many traits, how many verified, how many policies may suit.
import { useMemo } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useReadPages } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type Lang, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter } from '../../../../web/ledger/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listEnterprises } from '../contract.ts';

type Row = OutputOf<typeof listEnterprises>['items'][number];
const PAGE_ROWS = 60;

export function EnterprisesPage() {
  const t = useT('knowledge');
  const lang = useLang();
  const format = useFormat();
  const { today } = useSession();
  const columns = useMemo(() => columnsFor(t, format, lang), [t, format, lang]);
  const filters = useMemo((): readonly Filter[] => [
    { kind: 'text', id: 'q', say: t('enterprises.q'), any: t('enterprises.any_q') }, { kind: 'one', id: 'known', say: t('enterprises.known'), any: t('enterprises.any_known'), options: ['1', '0'].map((value) => ({ value, label: t(`enterprises.known_${value}`) })) },
  ], [t]);
  const ledger = useLedger({ id: 'enterprises', filters, columns, sort: '' });
  const pages = useReadPages(listEnterprises, { ...inputFor(listEnterprises.input, ledger), limit: PAGE_ROWS });
  return (
    <>
      <PageHead title={t('enterprises.title')} {...(pages.first === undefined ? {} : { small: t('enterprises.count', { count: pages.first.total }) })} actions={<Button href="/service/policies">{t('policies.title')}</Button>} />
      <Ledger ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/service/enterprises/${row.id}`} today={today} title={t('enterprises.title')} {...(pages.first === undefined ? {} : { total: pages.first.total })} empty={<Empty title={t('enterprises.empty')} hint={t('enterprises.empty_hint')} />} />
    </>
  );
}

function columnsFor(t: T, format: Format, lang: Lang): readonly Column<Row>[] {
  const number = (id: keyof Row & ('traits' | 'verified' | 'yes' | 'unknown'), width: number): Column<Row> => ({ id, title: t(`enterprises.col_${id}`), width, align: 'right', cell: (row) => (row[id] === 0 ? '—' : format.count(row[id])) });
  const wide = lang === 'en' ? 60 : 0;
  return [{ id: 'name', title: t('enterprises.col_name'), width: 320, grow: true, pinned: true, card: 'title', cell: (row) => row.name }, number('traits', 110), number('verified', 90), number('yes', 120 + wide), number('unknown', 120 + wide)];
}
