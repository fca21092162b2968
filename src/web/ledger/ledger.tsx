// The table of the product: a sentence as filter, saved views, chosen columns, sums in the foot, virtual rows, sorting, selection,
// loading on while scrolling, export of exactly what is shown. On a phone the rows are cards. All of its state is in the address.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react';
import type { ReadPages } from '../client.ts';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';
import { Button } from '../parts/button.tsx';
import { useGo } from '../router.tsx';
import { Cards } from './cards.tsx';
import { Columns } from './columns.tsx';
import { Sentence, wordsOf } from './filters.tsx';
import type { LedgerState } from './state.ts';
import type { Column } from './types.ts';
import { Views } from './views.tsx';
import './ledger.css';

export interface LedgerProps<Row> {
  readonly ledger: LedgerState<Row>;
  /** From useReadPages; or rows that are all there: `allRows(rows)`. */
  readonly pages: Pick<ReadPages<unknown>, 'error' | 'loading' | 'loadingMore' | 'refreshing' | 'hasMore' | 'more' | 'again'> & { readonly items: readonly Row[] };
  readonly keyOf: (row: Row) => string;
  readonly hrefOf?: (row: Row) => string;
  readonly today: string;
  /** What the table is: for screen readers and for print. */
  readonly title: string;
  /** How many there are beyond those loaded. */
  readonly total?: number;
  /** Word of the foot's first cell: 合计 23 个. */
  readonly sumWord?: string;
  /** Buttons right of the sentence. */
  readonly actions?: ReactNode;
  /** Exports exactly what is shown: filters, sort and columns. */
  readonly onExport?: (columns: readonly string[]) => void;
  readonly exporting?: boolean;
  /** Given: rows can be chosen; the bar shows what can be done with them. */
  readonly selection?: { readonly chosen: ReadonlySet<string>; readonly onChoose: (chosen: ReadonlySet<string>) => void; readonly actions: ReactNode };
  /** The line below: 口径…, 数据截至…. */
  readonly note?: ReactNode;
  /** Instead of the words for an empty list without filters. */
  readonly empty?: ReactNode;
  readonly toneOf?: (row: Row) => string | undefined;
}

const ROW_PX = 36;
const NARROW = '(max-width: 720px)';

export function Ledger<Row>(props: LedgerProps<Row>) {
  const t = useT('web');
  const format = useFormat();
  const { ledger, pages, today } = props;
  const narrow = useMedia(NARROW);
  const rows = pages.items;
  const said = ledger.filters.flatMap((filter) => {
    const words = wordsOf(filter, ledger.values, format, t);
    return words === undefined ? [] : [`${filter.say}${words}`];
  });
  return (
    <section className="ledger">
      {(ledger.views.length > 0 || ledger.isFiltered) && <Views ledger={ledger} {...(props.total === undefined ? {} : { total: props.total })} />}
      <Sentence ledger={ledger} today={today}>
        {!narrow && <Columns ledger={ledger} />}
        {props.onExport !== undefined && <Button busy={props.exporting ?? false} onClick={() => props.onExport?.(ledger.shown.map((column) => column.id))}>{t('ledger.export')}</Button>}
        {props.actions}
      </Sentence>
      <p className="printonly small">{said.join(t('listComma'))}</p>
      {props.selection !== undefined && props.selection.chosen.size > 0 && (
        <div className="notice calm chosenbar" role="status">
          {t('ledger.chosen', { count: props.selection.chosen.size })}
          {props.selection.actions}
          <button type="button" className="btn quiet small push" onClick={() => props.selection?.onChoose(new Set())}>{t('ledger.unchoose')}</button>
        </div>
      )}
      {pages.error !== undefined && rows.length === 0 ? (
        <div className="card"><Problem error={pages.error} onRetry={pages.again} /></div>
      ) : pages.loading ? (
        <div className="card pad"><Loading kind="table" lines={10} /></div>
      ) : rows.length === 0 ? (
        <div className="card">
          {ledger.isFiltered || props.empty === undefined ? <Empty title={t('ledger.empty')} {...(ledger.isFiltered ? { hint: t('ledger.emptyHint') } : {})}>{ledger.isFiltered && <Button onClick={ledger.clear}>{t('ledger.clear')}</Button>}</Empty> : props.empty}
        </div>
      ) : narrow ? (
        <Cards {...props} />
      ) : (
        <Table {...props} />
      )}
      <div className="ledgernote">
        {props.note !== undefined && <p className="dim small">{props.note}</p>}
        {props.total !== undefined && rows.length > 0 && <p className="dim small noprint push">{t('pager.of', { shown: rows.length, total: props.total })}</p>}
      </div>
    </section>
  );
}

function Table<Row>({ ledger, pages, keyOf, hrefOf, title, sumWord, selection, total, toneOf }: LedgerProps<Row>) {
  const t = useT('web');
  const go = useGo();
  const rows = pages.items;
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState<number | undefined>(undefined);
  const [at, setAt] = useState(-1);
  const printing = useMedia('print');
  const columns = ledger.shown;
  const hasSums = columns.some((column) => column.sum !== undefined) || sumWord !== undefined;
  const rower = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW_PX, overscan: 12 });
  const items = rower.getVirtualItems();
  const first = printing ? 0 : (items[0]?.index ?? 0);
  const last = printing ? rows.length - 1 : (items.at(-1)?.index ?? -1);
  const { hasMore, loadingMore, more } = pages;

  // The table ends where the window ends, so that head and sums are always in view; a short one is as high as its rows.
  useLayoutEffect(() => {
    const measure = (): void => {
      const top = (box.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
      setHeight(Math.max(320, window.innerHeight - top - 52));
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - 20) more();
  }, [hasMore, loadingMore, last, rows.length, more]);

  const keys = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target instanceof HTMLElement && event.target.closest('a, button, input') !== null && event.key === 'Enter') return;
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 15, PageUp: -15 }[event.key];
    const row = rows[at];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(rows.length - 1, at + step));
      setAt(next);
      rower.scrollToIndex(next);
    } else if (event.key === 'Enter' && row !== undefined && hrefOf !== undefined) go(hrefOf(row));
    else if (event.key === ' ' && row !== undefined && selection !== undefined) {
      event.preventDefault();
      selection.onChoose(flipped(selection.chosen, keyOf(row)));
    }
  };
  const before = first * ROW_PX;
  const after = Math.max(0, (rows.length - 1 - last) * ROW_PX);
  const wide = columns.reduce((sum, column) => sum + column.width, selection === undefined ? 0 : 40);
  const span = columns.length + (selection === undefined ? 0 : 1);
  const all = selection !== undefined && rows.length > 0 && rows.every((row) => selection.chosen.has(keyOf(row)));
  const lefts = pinnedLefts(columns, selection !== undefined);
  return (
    <div className={`card ledgerbox${pages.refreshing ? ' stale' : ''}`} ref={box} style={height === undefined ? undefined : { maxHeight: height }} tabIndex={0} role="region" aria-label={title} onKeyDown={keys}>
      <table style={{ minWidth: wide }} aria-rowcount={total ?? rows.length}>
        <caption className="hidden">{title}</caption>
        <colgroup>
          {selection !== undefined && <col style={{ width: 40 }} />}
          {columns.map((column) => <col key={column.id} style={column.grow === true ? { minWidth: column.width } : { width: column.width }} />)}
        </colgroup>
        <thead>
          <tr>
            {selection !== undefined && <th scope="col" className="pin" style={{ left: 0 }}><input type="checkbox" aria-label={t('ledger.chooseAll')} checked={all} onChange={() => selection.onChoose(new Set(all ? [] : rows.map(keyOf)))} /></th>}
            {columns.map((column) => <Head key={column.id} column={column} ledger={ledger} left={lefts.get(column.id)} />)}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true"><td className="gap" colSpan={span} style={{ height: before }} /></tr>}
          {rows.slice(first, last + 1).map((row, offset) => {
            const key = keyOf(row);
            const index = first + offset;
            return (
              <tr key={key} aria-rowindex={index + 1} className={`${index === at ? 'at' : ''} ${toneOf?.(row) ?? ''}`} onClick={(event) => {
                setAt(index);
                if (hrefOf === undefined || !(event.target instanceof HTMLElement) || event.target.closest('a, button, input, label') !== null || String(window.getSelection()) !== '') return;
                if (event.metaKey || event.ctrlKey) window.open(hrefOf(row), '_blank', 'noopener');
                else go(hrefOf(row));
              }}>
                {selection !== undefined && <td className="pin" style={{ left: 0 }}><input type="checkbox" aria-label={t('ledger.choose')} checked={selection.chosen.has(key)} onChange={() => selection.onChoose(flipped(selection.chosen, key))} /></td>}
                {columns.map((column) => {
                  const left = lefts.get(column.id);
                  return <td key={column.id} className={`${column.align === 'right' ? 'num' : ''}${left === undefined ? '' : ' pin'}`} style={left === undefined ? undefined : { left }}>{column.cell(row)}</td>;
                })}
              </tr>
            );
          })}
          {after > 0 && <tr aria-hidden="true"><td className="gap" colSpan={span} style={{ height: after }} /></tr>}
          {loadingMore && <tr><td colSpan={span} className="dim small">{t('loading')}</td></tr>}
        </tbody>
        {hasSums && (
          <tfoot>
            <tr>
              {selection !== undefined && <td className="pin" style={{ left: 0 }} />}
              {columns.map((column, index) => {
                const left = lefts.get(column.id);
                const word = sumWord !== undefined && index === sumPlace(columns) ? sumWord : undefined;
                return <td key={column.id} className={`${column.align === 'right' ? 'num' : ''}${left === undefined ? '' : ' pin'}`} style={left === undefined ? undefined : { left }}>{column.sum ?? word}</td>;
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Head<Row>({ column, ledger, left }: { readonly column: Column<Row>; readonly ledger: LedgerState<Row>; readonly left: number | undefined }) {
  const now = column.sort !== undefined && ledger.sort.replace(/^-/, '') === column.sort ? (ledger.sort.startsWith('-') ? 'descending' : 'ascending') : undefined;
  const words = (
    <>
      {column.title}
      {column.unit !== undefined && <span className="unit dim">{column.unit}</span>}
    </>
  );
  return (
    <th scope="col" aria-sort={now} className={`${column.align === 'right' ? 'num' : ''}${left === undefined ? '' : ' pin'}`} style={left === undefined ? undefined : { left }}>
      {column.sort === undefined ? words : (
        <button type="button" className={now} onClick={() => ledger.setSort(now === 'descending' ? (column.sort ?? '') : now === 'ascending' ? `-${column.sort ?? ''}` : column.align === 'right' ? `-${column.sort ?? ''}` : (column.sort ?? ''))}>{words}</button>
      )}
    </th>
  );
}

/** For lists that are short and all there. */
export function allRows<Row>(items: readonly Row[], read?: { readonly loading: boolean; readonly refreshing: boolean; readonly error: ReadPages<unknown>['error']; readonly again: () => void }) {
  return { items, error: read?.error, loading: read?.loading ?? false, loadingMore: false, refreshing: read?.refreshing ?? false, hasMore: false, more: () => undefined, again: read?.again ?? (() => undefined) };
}

export function flipped(chosen: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(key)) next.add(key);
  return next;
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

// The sum's word stands under the title column, else under the first.
function sumPlace<Row>(columns: readonly Column<Row>[]): number {
  return Math.max(0, columns.findIndex((column) => column.card === 'title'));
}

function pinnedLefts<Row>(columns: readonly Column<Row>[], choosing: boolean): ReadonlyMap<string, number> {
  const lefts = new Map<string, number>();
  let left = choosing ? 40 : 0;
  for (const column of columns) {
    if (column.pinned !== true) break;
    lefts.set(column.id, left);
    left += column.width;
  }
  return lefts;
}
