// One import from reading to report. The page follows the state of the import: whoever opens the address sees where it stands.
import { useState } from 'react';
import { queryHref, useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { usePath } from '../../../../web/router.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { cancelImport, getImport } from '../contract.ts';
import type { FoundTable } from '../mapping.ts';
import { MappingStep } from './mapping.tsx';
import { PreviewStep } from './preview.tsx';
import './imports.css';

type Import = OutputOf<typeof getImport>;
const BUSY = new Set(['reading', 'previewing', 'committing']);
const EVERY_SECONDS = 1;

export function ImportPage() {
  const { id = '' } = usePath();
  const t = useT('imports');
  const [busy, setBusy] = useState(true);
  const [remap, setRemap] = useState(false);
  const read = useRead(getImport, { id }, busy ? { everySeconds: EVERY_SECONDS } : {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" lines={6} /> : <Problem error={read.error} onRetry={read.again} />;
  const { item } = read.data;
  if (busy !== BUSY.has(item.state)) setBusy(BUSY.has(item.state));
  return (
    <>
      <PageHead title={item.fileName} small={t(`state_long.${item.state}`)} crumbs={<p className="dim small"><Go href="/import">{t('title')}</Go></p>} />
      <Step data={read.data} remap={remap} onRemap={setRemap} />
    </>
  );
}

function Step({ data, remap, onRemap }: { readonly data: Import; readonly remap: boolean; readonly onRemap: (yes: boolean) => void }) {
  const { item } = data;
  const tables = tablesOf(data.tables);
  if (BUSY.has(item.state)) return <Progress item={item} />;
  if (item.state === 'failed') return <Failed item={item} />;
  if (item.state === 'done') return <Report item={item} />;
  if (data.mapping === null) return <Failed item={item} />;
  if (item.state === 'preview' && !remap) return <PreviewStep item={item} onRemap={() => onRemap(true)} />;
  return <MappingStep key={item.updatedAt} id={item.id} tables={tables} mapping={data.mapping} onSent={() => onRemap(false)} />;
}

function Progress({ item }: { readonly item: Import['item'] }) {
  const t = useT('imports');
  const format = useFormat();
  const cancel = useRun(cancelImport);
  const share = item.allRows === 0 ? 0.05 : Math.min(1, item.doneRows / item.allRows);
  return (
    <div className="card pad" role="status">
      <p>{t(`progress.${item.state}`, { done: format.count(item.doneRows), all: format.count(item.allRows) })}</p>
      <div className="importbar"><u style={{ width: `${String(Math.round(share * 100))}%` }} /></div>
      <p className="two">{t('progress.leave')}</p>
      <div className="row"><Button busy={cancel.running} onClick={() => cancel.go({ id: item.id })}>{t('cancel')}</Button></div>
      {cancel.error !== undefined && <Problem small error={cancel.error} />}
    </div>
  );
}

function Failed({ item }: { readonly item: Import['item'] }) {
  const t = useT('imports');
  return (
    <div className="blank failed" role="alert">
      <p className="blanktitle">{item.error?.title ?? t('state_long.cancelled')}</p>
      <p className="two">{t('failed_hint')}</p>
      <div className="row"><Button href="/import">{t('again')}</Button></div>
    </div>
  );
}

function Report({ item }: { readonly item: Import['item'] }) {
  const t = useT('imports');
  const format = useFormat();
  const count = (name: string): string => format.count(item.counts?.[name] ?? 0);
  return (
    <>
      <FigureStrip>
        <Figure label={t('report.written')} value={count('committed')} unit={t('unit')} href="/projects" />
        <Figure label={t('fate.unchanged')} value={count('unchanged')} unit={t('unit')} />
        <Figure label={t('fate.skipped')} value={count('skipped')} unit={t('unit')} />
        <Figure label={t('fate.refused')} value={count('refused')} unit={t('unit')} noteTone="bad" />
        <Figure label={t('fate.doubtful')} value={count('doubtful')} unit={t('unit')} />
      </FigureStrip>
      <p className="two">{t('report.adds', { rows: count('rows') })}</p>
      <div className="row">
        <Button kind="main" href="/projects">{t('report.to_projects')}</Button>
        {(item.counts?.['warned'] ?? 0) > 0 && <Button href={queryHref('projects.import_report', { id: item.id }).replace('/api/queries/', '/api/downloads/')}>{t('report.marked')}</Button>}
        <Button href="/import">{t('again')}</Button>
      </div>
    </>
  );
}

// Our own reader wrote the tables; they travel as plain data.
function tablesOf(tables: unknown): readonly FoundTable[] {
  return Array.isArray(tables) ? (tables as FoundTable[]) : [];
}
