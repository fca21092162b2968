// The rows of a ledger on a phone: state and title, then the chosen figures as pairs of word and value.
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../i18n.ts';
import { Go } from '../parts/go.tsx';
import type { LedgerProps } from './ledger.tsx';

const GUESS_PX = 150;

export function Cards<Row>({ ledger, pages, keyOf, hrefOf, sumWord, toneOf }: LedgerProps<Row>) {
  const t = useT('web');
  const rows = pages.items;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop((box.current?.getBoundingClientRect().top ?? 0) + window.scrollY), []);
  const rower = useWindowVirtualizer({ count: rows.length, estimateSize: () => GUESS_PX, overscan: 4, scrollMargin: top, getItemKey: (index) => (rows[index] === undefined ? index : keyOf(rows[index])) });
  const items = rower.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { hasMore, loadingMore, more } = pages;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - 8) more();
  }, [hasMore, loadingMore, last, rows.length, more]);
  const states = ledger.shown.filter((column) => column.card === 'state');
  const titles = ledger.shown.filter((column) => column.card === 'title');
  const lines = ledger.shown.filter((column) => column.card === undefined || column.card === 'line');
  const sums = ledger.shown.filter((column) => column.sum !== undefined);
  return (
    <>
      {(sumWord !== undefined || sums.length > 0) && (
        <details className="card cardsums">
          <summary>{sumWord ?? t('ledger.sums')}</summary>
          <dl>
            {sums.map((column) => <div key={column.id}><dt>{column.align === 'right' && column.unit !== undefined ? t('ledger.inUnit', { title: column.title, unit: column.unit }) : column.title}</dt><dd>{column.sum}</dd></div>)}
          </dl>
        </details>
      )}
      <div ref={box} className="cards" role="list" style={{ height: rower.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const title = titles.map((column) => <span key={column.id}>{column.cell(row)}</span>);
          return (
            <div key={item.key} data-index={item.index} ref={rower.measureElement} role="listitem" className={`cardrow ${toneOf?.(row) ?? ''}`} style={{ transform: `translateY(${String(item.start - rower.options.scrollMargin)}px)` }}>
              <div className="card pad">
                <div className="cardhead">
                  <b>{title}</b>
                  {states.map((column) => <span key={column.id}>{column.cell(row)}</span>)}
                </div>
                <dl>
                  {lines.map((column) => <div key={column.id} className={column.grow === true ? 'wide' : undefined}><dt>{column.align === 'right' && column.unit !== undefined ? t('ledger.inUnit', { title: column.title, unit: column.unit }) : column.title}</dt><dd>{column.cell(row)}</dd></div>)}
                </dl>
                {hrefOf !== undefined && <Go className="cardlink" href={hrefOf(row)} tabIndex={-1} aria-hidden="true" />}
              </div>
            </div>
          );
        })}
      </div>
      {loadingMore && <p className="dim small pad">{t('loading')}</p>}
    </>
  );
}
