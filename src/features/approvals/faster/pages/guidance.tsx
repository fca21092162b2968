// 批前辅导: the records of the whole zone, and how many of the applications after them were accepted at the first attempt. The figure's numerator and
// denominator open the records that they count.
import { useReadPages } from '../../../../web/client.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { listGuidance } from '../contract.ts';
import { ItemFilter } from './itemfilter.tsx';
import { pick } from './say.ts';
import './faster.css';

const OUTCOMES = ['passed', 'decided', 'open'] as const;
const TONE = { passed: 'ok', not_passed: 'late', open: 'off' } as const;

export function GuidancePage() {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const [state, set] = useUrlState({ outcome: 'all', item: undefined as string | undefined });
  const outcome = OUTCOMES.find((one) => one === state.outcome);
  const list = useReadPages(listGuidance, { limit: 50, ...(outcome === undefined ? {} : { outcome }), ...(state.item === undefined ? {} : { item: state.item }) });
  if (list.first === undefined) return list.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={list.error} onRetry={list.again} />;
  const { all, decided, passed } = list.first.counts;
  const tabs = [
    { id: 'all', label: t('faster.guidanceList.all'), count: all }, { id: 'passed', label: t('faster.guidanceList.numerator'), count: passed }, { id: 'decided', label: t('faster.guidanceList.denominator'), count: decided },
    { id: 'open', label: t('faster.guidanceList.open'), count: all - decided },
  ];
  return (
    <>
      <PageHead title={t('faster.guidanceList.title')} small={t('faster.guidanceList.small')} />
      <FigureStrip>
        <Figure label={t('faster.guidanceList.rate')} value={decided === 0 ? t('faster.guidanceList.none') : format.percent(passed / decided)} note={t('faster.guidanceList.of', { passed, decided })} definition={t('faster.guidanceList.rateDefinition')} />
        <Figure label={t('faster.guidanceList.numerator')} value={format.count(passed)} href="/approvals/guidance?outcome=passed" />
        <Figure label={t('faster.guidanceList.denominator')} value={format.count(decided)} href="/approvals/guidance?outcome=decided" />
        <Figure label={t('faster.guidanceList.open')} value={format.count(all - decided)} href="/approvals/guidance?outcome=open" />
      </FigureStrip>
      <Tabs label={t('faster.guidanceList.title')} tabs={tabs} here={outcome ?? 'all'} onGo={(next) => set({ outcome: next })} />
      <div className="row expirytools"><ItemFilter names={list.first.names} value={state.item} onChange={(item) => set({ item })} /></div>
      {list.items.length === 0 ? <Empty title={t('faster.guidanceList.empty')} hint={t('faster.guidanceList.emptyHint')} /> : (
        <ul className="card fasterlist">
          {list.items.map((one) => (
            <li key={one.id}>
              <div className="fasterhead"><State tone={TONE[one.outcome]} word={t(`faster.outcome.${one.outcome}`)} /><Go href={`/projects/${one.projectId}/approvals/faster`}>{one.projectName}</Go><b>{pick(one.itemName, lang)}</b><span className="two small push">{t('faster.givenBy', { name: one.givenBy, day: format.day(one.day) })}</span></div>
              {one.missing.length > 0 && <p className="small">{t('faster.missing')}{t('colon')}{one.missing.join(t('list'))}</p>}
              {one.comments !== null && <p className="small two">{one.comments}</p>}
              {one.appliedDay !== null && <p className="dim small">{one.caseId === null ? t('faster.applied', { day: format.day(one.appliedDay) }) : <Go href={`/approvals/cases/${one.caseId}`}>{t('faster.applied', { day: format.day(one.appliedDay) })}</Go>}</p>}
            </li>
          ))}
        </ul>
      )}
      <Pager shown={list.items.length} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
    </>
  );
}
