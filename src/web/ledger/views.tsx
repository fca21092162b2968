// Saved views as tabs: those of the office, then the reader's own; ＋ keeps what is shown now under a name.
import { useState } from 'react';
import { useT } from '../i18n.ts';
import { Popover } from '../parts/popover.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { LedgerState } from './state.ts';

export function Views<Row>({ ledger, total }: { readonly ledger: LedgerState<Row>; readonly total?: number }) {
  const t = useT('web');
  const unsaved = ledger.view === undefined;
  const current = ledger.views.find((view) => view.id === ledger.view);
  const tabs = ledger.views.map((view) => {
    const count = view.count ?? (view.id === ledger.view ? total : undefined);
    return { id: view.id, label: view.name, ...(count === undefined ? {} : { count }) };
  });
  if (unsaved) tabs.push({ id: '', label: t('ledger.thisView'), ...(total === undefined ? {} : { count: total }) });
  return (
    <Tabs
      label={t('ledger.views')}
      tabs={tabs}
      here={ledger.view ?? ''}
      onGo={(id) => {
        const view = ledger.views.find((one) => one.id === id);
        if (view !== undefined) ledger.openView(view);
      }}
      end={
        <span className="viewend">
          {unsaved && <SaveView onSave={ledger.saveView} />}
          {current?.own === true && <button type="button" className="btn quiet small" onClick={() => ledger.dropView(current.id)}>{t('ledger.dropView')}</button>}
        </span>
      }
    />
  );
}

function SaveView({ onSave }: { readonly onSave: (name: string) => void }) {
  const t = useT('web');
  const [name, setName] = useState('');
  return (
    <Popover label={t('ledger.saveView')} width={260} align="end" trigger={(trigger) => <button type="button" className="btn quiet small" {...trigger}>{t('ledger.saveView')}</button>}>
      {(close) => (
        <form className="inner row" onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          onSave(name.trim());
          setName('');
          close();
        }}>
          <input className="input" style={{ flex: 1, width: 'auto', minWidth: 0 }} aria-label={t('ledger.viewName')} placeholder={t('ledger.viewName')} maxLength={20} value={name} onChange={(event) => setName(event.target.value)} />
          <button type="submit" className="btn main">{t('save')}</button>
        </form>
      )}
    </Popover>
  );
}
