// The filter bar as a sentence: 类别是 [工业] 且投资 [落后时序] 且在 [任意镇、园区]. Pressing a word changes it.
import { useState, type ReactNode } from 'react';
import type { UrlValue } from '../address.ts';
import { useFormat, type Format } from '../format.ts';
import { useT, type T } from '../i18n.ts';
import { MoneyInput } from '../inputs/money.tsx';
import { OptionList, toggled } from '../inputs/select.tsx';
import { DayInput } from '../inputs/day.tsx';
import { Popover } from '../parts/popover.tsx';
import type { LedgerState } from './state.ts';
import type { Filter } from './types.ts';

export function Sentence<Row>({ ledger, today, children }: { readonly ledger: LedgerState<Row>; readonly today: string; readonly children?: ReactNode }) {
  const t = useT('web');
  const format = useFormat();
  const [added, setAdded] = useState<readonly string[]>([]);
  const isSet = (filter: Filter): boolean => wordsOf(filter, ledger.values, format, t) !== undefined;
  const visible = ledger.filters.filter((filter) => filter.rare !== true || isSet(filter) || added.includes(filter.id));
  const rare = ledger.filters.filter((filter) => !visible.includes(filter));
  return (
    <div className="sentence noprint">
      {visible.map((filter) => (
        <span key={filter.id} className="clause">
          <span>{filter.say}</span>
          <Clause filter={filter} ledger={ledger} today={today} words={wordsOf(filter, ledger.values, format, t)} />
        </span>
      ))}
      {rare.length > 0 && (
        <Popover label={t('ledger.addFilter')} trigger={(trigger) => <button type="button" className="clausebtn add" {...trigger}>{t('ledger.addFilter')}</button>}>
          {(close) => (
            <div className="menu">
              {rare.map((filter) => (
                <button key={filter.id} type="button" onClick={() => { setAdded([...added, filter.id]); close(); }}>{filter.name ?? filter.say}</button>
              ))}
            </div>
          )}
        </Popover>
      )}
      {ledger.isFiltered && <button type="button" className="btn quiet small" onClick={ledger.clear}>{t('ledger.clear')}</button>}
      <span className="push row">{children}</span>
    </div>
  );
}

function Clause<Row>({ filter, ledger, today, words }: { readonly filter: Filter; readonly ledger: LedgerState<Row>; readonly today: string; readonly words: string | undefined }) {
  const t = useT('web');
  const text = (name: string): string | undefined => (typeof ledger.values[name] === 'string' ? ledger.values[name] : undefined);
  return (
    <Popover
      label={filter.name ?? filter.say}
      width={filter.kind === 'days' || filter.kind === 'money' ? 300 : 260}
      trigger={(trigger) => (
        <button type="button" className={`clausebtn${words === undefined ? '' : ' set'}`} title={words} {...trigger}>
          <span>{words ?? filter.any}</span>
        </button>
      )}
    >
      {(close) => {
        const clear = (names: readonly string[]): ReactNode => (words === undefined ? undefined : <button type="button" className="btn quiet small" onClick={() => { for (const name of names) ledger.setFilter(name, filter.kind === 'many' ? [] : undefined); close(); }}>{filter.any}</button>);
        switch (filter.kind) {
          case 'many': {
            const chosen = listOf(ledger.values[filter.id]);
            return <OptionList many options={filter.options} chosen={chosen} onChoose={(value) => ledger.setFilter(filter.id, toggled(chosen, value))} foot={clear([filter.id])} />;
          }
          case 'one': {
            const chosen = text(filter.id);
            return <OptionList options={filter.options} chosen={chosen === undefined ? [] : [chosen]} onChoose={(value) => { ledger.setFilter(filter.id, value); close(); }} foot={clear([filter.id])} />;
          }
          case 'text':
            return <TextFilter start={text(filter.id) ?? ''} label={filter.name ?? filter.say} placeholder={filter.placeholder ?? ''} onDone={(value) => { ledger.setFilter(filter.id, value === '' ? undefined : value); close(); }} />;
          case 'days':
            return (
              <div className="inner stack" style={{ gap: 8 }}>
                <label className="small two">{t('ledger.from')}<DayInput today={today} value={text(filter.from)} onChange={(day) => ledger.setFilter(filter.from, day)} label={t('ledger.from')} /></label>
                <label className="small two">{t('ledger.to')}<DayInput today={today} value={text(filter.to)} onChange={(day) => ledger.setFilter(filter.to, day)} label={t('ledger.to')} /></label>
                {clear([filter.from, filter.to])}
              </div>
            );
          case 'money': {
            const fen = (name: string): number | undefined => (text(name) === undefined ? undefined : Number(text(name)));
            return (
              <div className="inner stack" style={{ gap: 8 }}>
                <label className="small two">{t('ledger.atLeast')}<MoneyInput unit="yi" value={fen(filter.from)} onChange={(value) => ledger.setFilter(filter.from, moneyText(value))} label={t('ledger.atLeast')} /></label>
                <label className="small two">{t('ledger.atMost')}<MoneyInput unit="yi" value={fen(filter.to)} onChange={(value) => ledger.setFilter(filter.to, moneyText(value))} label={t('ledger.atMost')} /></label>
                {clear([filter.from, filter.to])}
              </div>
            );
          }
          default:
            return filter satisfies never;
        }
      }}
    </Popover>
  );
}

function TextFilter({ start, label, placeholder, onDone }: { readonly start: string; readonly label: string; readonly placeholder: string; readonly onDone: (value: string) => void }) {
  const t = useT('web');
  const [text, setText] = useState(start);
  return (
    <form className="inner row" onSubmit={(event) => { event.preventDefault(); onDone(text.trim()); }}>
      <input className="input" style={{ width: 'auto', flex: 1, minWidth: 0 }} type="search" aria-label={label} placeholder={placeholder} value={text} onChange={(event) => setText(event.target.value)} />
      <button type="submit" className="btn main">{t('ok')}</button>
    </form>
  );
}

/** The words of a set filter; undefined when unset. Also used for the printed head. */
export function wordsOf(filter: Filter, values: Readonly<Record<string, UrlValue>>, format: Format, t: T): string | undefined {
  switch (filter.kind) {
    case 'many': {
      const chosen = listOf(values[filter.id]);
      const words = chosen.map((value) => filter.options.find((option) => option.value === value)?.label ?? value);
      return words.length === 0 ? undefined : words.length > 3 ? t('ledger.severalOf', { first: words.slice(0, 2).join(t('listComma')), count: words.length }) : words.join(t('listComma'));
    }
    case 'one': {
      const value = values[filter.id];
      return typeof value === 'string' && value !== '' ? (filter.options.find((option) => option.value === value)?.label ?? value) : undefined;
    }
    case 'text': {
      const value = values[filter.id];
      return typeof value === 'string' && value !== '' ? t('quoted', { text: value }) : undefined;
    }
    case 'days': return range(values[filter.from], values[filter.to], (day) => format.day(day), t);
    case 'money': return range(values[filter.from], values[filter.to], (fen) => format.money(Number(fen)).text, t);
    default: return filter satisfies never;
  }
}

function range(from: UrlValue, to: UrlValue, say: (value: string) => string, t: T): string | undefined {
  const [start, end] = [from, to].map((value) => (typeof value === 'string' && value !== '' ? say(value) : undefined));
  if (start !== undefined && end !== undefined) return t('ledger.range', { from: start, to: end });
  if (start !== undefined) return t('ledger.since', { from: start });
  return end === undefined ? undefined : t('ledger.until', { to: end });
}

function listOf(value: UrlValue): readonly string[] {
  return typeof value === 'object' ? value : [];
}

function moneyText(value: number | undefined): string | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : String(value);
}
