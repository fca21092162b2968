// 办件时效: days that decided cases took against promise and law, by body and item; every number opens its cases.
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { useSession } from '../../../../web/session.tsx';
import { departmentPace } from '../contract.ts';
import { pick } from './say.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import './cases.css';

export function PacePage() {
  const t = useT('cases');
  const lang = useLang();
  const format = useFormat();
  const { today } = useSession();
  const [state, set] = useUrlState({ from: undefined as string | undefined, to: undefined as string | undefined });
  const read = useRead(departmentPace, { ...(state.from === undefined ? {} : { from: state.from }), ...(state.to === undefined ? {} : { to: state.to }) }, { keep: true });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={10} /> : <Problem error={read.error} onRetry={read.again} />;
  const { items, from, to } = read.data;
  const within = `state=decided&decidedFrom=${from}&decidedTo=${to}`;
  return (
    <>
      <PageHead title={t('pace.title')} small={t('pace.small', { from: format.day(from), to: format.day(to) })} crumbs={<Crumbs crumbs={[{ label: t('list.title'), href: '/approvals/cases' }, { label: t('pace.title') }]} />} />
      <div className="row noprint pacedays">
        <Labelled label={t('pace.from')}>{(id) => <DayInput id={id} today={today} max={today} value={state.from ?? from} onChange={(day) => set({ from: day })} />}</Labelled>
        <Labelled label={t('pace.to')}>{(id) => <DayInput id={id} today={today} max={today} value={state.to ?? to} onChange={(day) => set({ to: day })} />}</Labelled>
      </div>
      {items.length === 0 ? <Empty title={t('pace.empty')} hint={t('pace.emptyHint')} /> : (
        <Scroll label={t('pace.title')}>
          <table className="plain pacelist">
            <thead>
              <tr><th>{t('column.org')}</th><th>{t('column.item')}</th><th className="num">{t('pace.decided')}</th><th className="num">P50</th><th className="num">P90</th><th className="num">{t('pace.promised')}</th><th className="num">{t('pace.statutory')}</th><th>{t('pace.unit')}</th><th className="num">{t('pace.kept')}</th><th className="num">{t('pace.late')}</th><th className="num">{t('pace.open')}</th></tr>
            </thead>
            <tbody>
              {items.map((one, at) => {
                const mine = `orgId=${one.orgId}&item=${one.item}`;
                // What is open and late has already broken its promise: without it a body that decides nothing would keep every one.
                const due = one.decided + one.openOver;
                const slow = one.p90 !== null && one.promised !== null && one.p90 > one.promised;
                return (
                  <tr key={`${one.orgId}${one.item}`}>
                    <td className="paceorg">{items[at - 1]?.orgId === one.orgId ? '' : one.orgName}</td>
                    <td className="paceitem"><span className="casecode">{one.item}</span>{pick(one.itemName, lang)}</td>
                    <td data-col={t('pace.decided')} className="num">{one.decided === 0 ? '0' : <Go href={`/approvals/cases?${mine}&${within}`}>{format.count(one.decided)}</Go>}</td>
                    <td data-col="P50" className="num">{one.p50 === null ? '—' : format.count(one.p50)}</td>
                    <td data-col="P90" className={slow ? 'num tone-late' : 'num'}>{one.p90 === null ? '—' : format.count(one.p90)}</td>
                    <td data-col={t('pace.promised')} className="num">{one.promised === null ? '—' : format.count(one.promised)}</td>
                    <td data-col={t('pace.statutory')} className="num">{one.statutory === null ? '—' : format.count(one.statutory)}</td>
                    <td data-col={t('pace.unit')} className="paceunit">{t(`unit.${one.unit}`)}</td>
                    <td data-col={t('pace.kept')} className="num paceopen">{due === 0 ? '—' : <>{format.percent(one.kept / due)} <span className="two small">{format.count(one.kept)}/{format.count(due)}</span></>}</td>
                    <td data-col={t('pace.late')} className={one.late > 0 ? 'num tone-bad' : 'num'}>{format.count(one.late)}</td>
                    <td data-col={t('pace.open')} className="num paceopen">{one.open === 0 ? '0' : <Go href={`/approvals/cases?${mine}`}>{format.count(one.open)}</Go>}{one.openOver > 0 && <span className="tone-bad small"> {t('pace.openOver', { count: one.openOver })}</span>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      )}
      <p className="two small">{t('pace.note')}</p>
      {read.error !== undefined && <Problem small error={read.error} onRetry={read.again} />}
    </>
  );
}
