// Which columns are shown: the reader's choice, kept in the address.
import { useT } from '../i18n.ts';
import { Popover } from '../parts/popover.tsx';
import type { LedgerState } from './state.ts';

export function Columns<Row>({ ledger }: { readonly ledger: LedgerState<Row> }) {
  const t = useT('web');
  const shown = ledger.shown.map((column) => column.id);
  const toggle = (id: string): void => {
    const next = shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id];
    const standard = ledger.columns.filter((column) => column.off !== true).map((column) => column.id);
    const ordered = ledger.columns.map((column) => column.id).filter((one) => next.includes(one));
    ledger.setColumns(ordered.join() === standard.join() ? undefined : ordered);
  };
  return (
    <Popover label={t('ledger.columns')} align="end" width={220} trigger={(trigger) => <button type="button" className="btn" {...trigger}>{t('ledger.columns')}</button>}>
      {() => (
        <div className="menu">
          {ledger.columns.filter((column) => column.pinned !== true).map((column) => (
            <label key={column.id}>
              <input type="checkbox" checked={shown.includes(column.id)} onChange={() => toggle(column.id)} />
              {column.title}
            </label>
          ))}
          <hr />
          <button type="button" onClick={() => ledger.setColumns(undefined)}>{t('ledger.columnsReset')}</button>
        </div>
      )}
    </Popover>
  );
}
