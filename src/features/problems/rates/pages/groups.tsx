// The same rates for every department, town, kind …: amount beside rate, ties share their place, every number opens its problems.
import { useState } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import type { getRates, Line } from '../contract.ts';
import type { Group } from '../definitions.ts';
import { FEW, hrefOf, placesOf, timeSay, type Looked } from './say.ts';

/** Rows that are drawn at once: a phone shows each as a card. */
const ROWS = 30;
const SHARES = ['resolution', 'satisfaction', 'on_time', 'first_time'] as const;

export function GroupTable({ data, group, looked }: { readonly data: OutputOf<typeof getRates>; readonly group: Group; readonly looked: Looked }) {
  const t = useT('rates');
  const [shown, setShown] = useState(ROWS);
  const places = placesOf(data.groups.map((line) => figure(line, 'resolution')?.bp ?? null));
  const order = data.groups.map((line, index) => ({ line, place: places[index] ?? null })).sort((a, b) => (group === 'month' || group === 'tier' ? (a.line.value < b.line.value ? -1 : 1) : (a.place ?? 9999) - (b.place ?? 9999) || b.line.all - a.line.all));
  return (
    <Section title={t('table.title', { group: t(`group.${group}`) })} hint={t(data.more ? 'table.more' : 'table.hint')}>
      <Scroll label={t('table.title', { group: t(`group.${group}`) })}>
        <table className="plain ratetable">
          <thead><tr><th className="num">{t('table.place')}</th><th>{t(`group.${group}`)}</th><th className="num">{t('column.all')}</th>{SHARES.map((code) => <th key={code} className="num">{t(`figure.${code}`)}</th>)}<th className="num">{t('beside.response')}</th><th className="num">{t('beside.overdue')}</th><th className="num">{t('table.reply')}</th></tr></thead>
          <tbody>{order.slice(0, shown).map(({ line, place }) => <Row key={line.value} line={line} place={place} group={group} looked={looked} />)}</tbody>
        </table>
      </Scroll>
      {order.length > ROWS && <Pager shown={Math.min(shown, order.length)} total={order.length} hasMore={shown < order.length} loading={false} onMore={() => setShown(shown + ROWS)} />}
    </Section>
  );
}

function Row({ line, place, group, looked }: { readonly line: Line; readonly place: number | null; readonly group: Group; readonly looked: Looked }) {
  const t = useT('rates');
  const format = useFormat();
  const of = { group, value: line.value };
  const response = figure(line, 'satisfaction')?.beside.find((one) => one.code === 'response');
  const over = figure(line, 'resolution')?.beside.find((one) => one.code === 'overdue')?.hit ?? 0;
  const reply = figure(line, 'first_reply');
  return (
    <tr>
      <td className="num two">{place ?? '—'}</td>
      <td className="ratename">{line.name ?? (line.value === '' ? t('none') : group === 'source' ? t(`source.${line.value}`) : group === 'tier' ? t(`tier.${line.value}`) : group === 'month' ? format.month(line.value) : line.value)}</td>
      <td data-col={t('column.all')} className="num"><Go href={hrefOf('all', 'base', looked, of)}>{format.count(line.all)}</Go></td>
      {SHARES.map((code) => {
        const one = figure(line, code);
        return <td key={code} data-col={t(`figure.${code}`)} className="num">{one === undefined || one.bp === null ? '—' : <>{format.percentBp(one.bp)} <span className="two small"><Go href={hrefOf(code, 'hit', looked, of)}>{format.count(one.hit)}</Go>/<Go href={hrefOf(code, 'base', looked, of)}>{format.count(one.base)}</Go></span>{one.base < FEW && <span className="ratefew" title={t('few', { count: one.base })}>*</span>}</>}</td>;
      })}
      <td data-col={t('beside.response')} className="num">{response === undefined || response.bp === null ? '—' : <>{format.percentBp(response.bp)} <span className="two small">{format.count(response.hit)}/{format.count(response.base)}</span></>}</td>
      <td data-col={t('beside.overdue')} className="num">{over === 0 ? '0' : <Go className="tone-bad" href={hrefOf('resolution', 'beside.overdue', looked, of)}>{format.count(over)}</Go>}</td>
      <td data-col={t('table.reply')} className="num">{timeSay(t, format, reply?.p50 ?? null)} / {timeSay(t, format, reply?.p90 ?? null)}</td>
    </tr>
  );
}

function figure(line: Line, code: string) {
  return line.figures.find((one) => one.code === code);
}
