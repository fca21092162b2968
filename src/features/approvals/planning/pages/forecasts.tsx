// 开工预测: all projects that have not begun, with the predicted day of permit and start, what decides it and whose turn it is. One question:
// which start is in danger, and which department holds it?
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { projectFacets } from '../../../projects/register/contract.ts';
import { FORECAST_SORTS, listForecasts } from '../contract.ts';
import { named, saySlip, toneOfSlip } from './say.ts';
import './planning.css';

/** Those that lead an item; the words stand in the locales. */
const DEPARTMENTS = ['development', 'land', 'planning', 'housing', 'environment', 'water', 'forest', 'relics', 'emergency', 'trading_centre', 'city', 'civil_defence'] as const;

export function ForecastsPage() {
  const t = useT('approvals');
  const { today } = useSession();
  const format = useFormat();
  const [state, set] = useUrlState({ sort: 'slip', department: '', town: '', late: '' });
  const facets = useRead(projectFacets, {});
  const list = useReadPages(listForecasts, {
    sort: FORECAST_SORTS.find((one) => one === state.sort) ?? 'slip', limit: 60, ...(state.department === '' ? {} : { department: [state.department] }), ...(state.town === '' ? {} : { townId: [state.town] }), ...(state.late === '' ? {} : { late: true }),
  });
  const { first } = list;
  const any = (label: string) => ({ value: '', label });
  return (
    <>
      <PageHead title={t('planning.forecastsTitle')} {...(first === undefined ? {} : { small: t('planning.forecastsSmall', { total: first.total, late: first.late }) })} />
      <div className="row apfilter noprint">
        <ChoiceInput label={t('planning.sort')} value={state.sort} onChange={(sort) => set({ sort: sort ?? 'slip' })} options={FORECAST_SORTS.map((value) => ({ value, label: t(`planning.sortBy.${value}`) }))} />
        <SelectInput label={t('planning.anyDepartment')} value={state.department} onChange={(department) => set({ department: department ?? '' })} options={[any(t('planning.anyDepartment')), ...DEPARTMENTS.map((value) => ({ value, label: t(`planning.department.${value}`) }))]} />
        <SelectInput label={t('planning.anyTown')} value={state.town} onChange={(town) => set({ town: town ?? '' })} options={[any(t('planning.anyTown')), ...(facets.data?.towns ?? []).map((one) => ({ value: one.value, label: one.name ?? one.value }))]} />
        <SelectInput label={t('planning.anyStart')} value={state.late} onChange={(late) => set({ late: late ?? '' })} options={[any(t('planning.anyStart')), { value: '1', label: t('planning.onlyLate') }]} />
      </div>
      {list.error !== undefined ? <Problem error={list.error} onRetry={list.again} /> : first === undefined ? <Loading kind="table" lines={10} /> : list.items.length === 0 ? <Empty title={t('planning.noForecasts')} hint={t('planning.noForecastsHint')} /> : (
        <>
          <Scroll label={t('planning.forecastsTitle')}>
            <table className="plain aplist apforecasts">
              <thead>
                <tr><th>{t('planning.project')}</th><th>{t('planning.permitDay')}</th><th>{t('planning.beginDay')}</th><th className="num">{t('planning.againstRegister')}</th><th className="num">{t('planning.againstAgreed')}</th><th>{t('planning.deciding')}</th><th>{t('planning.lead')}</th><th>{t('planning.commissioner')}</th></tr>
              </thead>
              <tbody>{list.items.map((one) => <Row key={one.id} one={one} today={today} />)}</tbody>
            </table>
          </Scroll>
          <Pager shown={list.items.length} total={first.total} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
          <p className="dim small">{t('planning.forecastsNote', { day: format.day(first.day) })}</p>
        </>
      )}
    </>
  );
}

function Row({ one, today }: { readonly one: OutputOf<typeof listForecasts>['items'][number]; readonly today: string }) {
  const t = useT('approvals');
  const format = useFormat();
  const late = one.lateDays;
  return (
    <tr>
      <td className="apname"><Go href={`/projects/${one.id}/approvals`}>{one.name}</Go><small>{[one.townName, one.openItems > 0 ? t('planning.openItems', { count: one.openItems }) : null].filter((part) => part !== null).join(' · ')}</small></td>
      <td data-col={t('planning.permitDay')}>{format.shortDay(one.permitDay, today)}{one.deciding === null && one.permitDay !== null && one.permitDay <= today && <span className="tag">{t('planning.given')}</span>}{one.permitProvisional && <span className="tag">{t('planning.provisional')}</span>}</td>
      <td data-col={t('planning.beginDay')}>{one.beginDay === null ? <span className="two">{t('planning.unplanned')}</span> : format.shortDay(one.beginDay, today)}{one.beginProvisional && <span className="tag">{t('planning.provisional')}</span>}</td>
      <td data-col={t('planning.againstRegister')} className={`num ${late === null || late <= 0 ? 'two' : late > 180 ? 'tone-bad' : late > 60 ? 'tone-late' : 'tone-warn'}`}>{late === null ? '—' : late > 0 ? t('planning.lateBy', { count: late }) : late < 0 ? t('planning.earlyBy', { count: -late }) : t('planning.slip.on')}</td>
      <td data-col={t('planning.againstAgreed')} className={`num tone-${toneOfSlip(one.slipDays)}`}>{one.slipDays === null ? <span className="two">{t('planning.noAgreed')}</span> : saySlip(one.slipDays, t)}</td>
      <td data-col={t('planning.deciding')} className="apwide">{one.deciding === null ? '—' : named(one.deciding.name, format)}{one.held !== null && <small><Go href={`/approvals/cases/${one.held.caseId}`}>{one.held.item === one.deciding?.code ? '' : `${named(one.held.name, format)} `}{t(`planning.held.${one.held.side}`, { day: format.shortDay(one.held.day, today) })}</Go></small>}</td>
      <td data-col={t('planning.lead')} className="two apwrap">{one.department === null ? '—' : t(`planning.department.${one.department}`)}</td>
      <td data-col={t('planning.commissioner')} className="two">{one.commissionerName ?? '—'}</td>
    </tr>
  );
}
