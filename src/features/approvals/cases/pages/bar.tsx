// 时钟账: every day of a case on exactly one side, as a bar, as sums that add up, and stretch by stretch.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { SIDES } from '../contract.ts';
import type { One } from './say.ts';
import './cases.css';

type Ledger = NonNullable<One['ledger']>;

export function ClockBar({ ledger }: { readonly ledger: Ledger }) {
  const t = useT('cases');
  const format = useFormat();
  const [first, last] = [ledger.segments[0], ledger.segments.at(-1)];
  if (first === undefined || last === undefined) return <p className="two">{t('bar.none')}</p>;
  const say = (one: Ledger['segments'][number]): string => `${t(`side.${one.side}`)}${t('bar.colon')}${t(`stretch.${one.reason}`)} ${format.day(one.from)}–${format.day(one.to)} ${t('bar.days', { count: one.calendar })}`;
  return (
    <div className="card pad">
      <div className="clockbar" role="img" aria-label={ledger.segments.map(say).join('; ')}>
        {ledger.segments.map((one) => <span key={`${one.from}${one.side}${one.reason}`} className={`side-${one.side}${one.counts || one.side !== 'department' ? '' : ' uncounted'}`} style={{ flexGrow: one.calendar, flexBasis: 0 }} title={say(one)} />)}
      </div>
      <p className="clockends"><span>{format.day(first.from)}</span><span>{format.day(last.to)}</span></p>
      <ul className="clockparts">
        {SIDES.map((side) => (
          <li key={side}><i className={`side-${side}`} aria-hidden="true" />{t(`side.${side}`)} <b>{t('bar.days', { count: ledger.parts[side].calendar })}</b><span className="dim small">{t('bar.working', { count: ledger.parts[side].working })}</span></li>
        ))}
        <li className="push"><span className="two">{t('bar.all')}</span> <b>{t('bar.days', { count: ledger.elapsed.calendar })}</b><span className="dim small">{t('bar.working', { count: ledger.elapsed.working })}</span></li>
      </ul>
      <Segments ledger={ledger} />
    </div>
  );
}

function Segments({ ledger }: { readonly ledger: Ledger }) {
  const t = useT('cases');
  const format = useFormat();
  return (
    <Scroll label={t('bar.segments')} className="clocksegments">
      <table className="plain segments">
        <thead><tr><th>{t('bar.when')}</th><th>{t('bar.whose')}</th><th>{t('bar.what')}</th><th className="num">{t('bar.calendarDays')}</th><th className="num">{t('bar.workingDays')}</th><th>{t('bar.counts')}</th><th>{t('bar.paper')}</th></tr></thead>
        <tbody>
          {ledger.segments.map((one) => (
            <tr key={`${one.from}${one.side}${one.reason}`}>
              <td>{one.from === one.to ? format.day(one.from) : `${format.day(one.from)} – ${format.day(one.to)}`}</td>
              <td><i className={`side-${one.side}`} aria-hidden="true" />{t(`side.${one.side}`)}</td>
              <td data-col={t('bar.what')}>{t(`stretch.${one.reason}`)}{one.side !== 'department' && one.why !== null && <span className="dim small"> {one.why}</span>}</td>
              <td data-col={t('bar.calendarDays')} className="num">{format.count(one.calendar)}</td>
              <td data-col={t('bar.workingDays')} className="num">{format.count(one.working)}</td>
              <td data-col={t('bar.counts')}>{one.counts ? t('bar.yes') : <span className="dim">{t('bar.no')}</span>}</td>
              <td data-col={t('bar.paper')}>{one.document ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
