// A list of policies from a spreadsheet: the fate of every row first, then what was chosen of them.
import { useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import type { StoredFile } from '../../../../web/upload.ts';
import { importPolicies, readPolicies } from '../contract.ts';

type Report = OutputOf<typeof readPolicies>;
const MOST_BYTES = 4 * 1024 * 1024;
const TONES = { new: 'ok', changed: 'warn', same: 'off', repeated: 'late', faulty: 'bad' } as const;

export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT('knowledge');
  const [file, setFile] = useState<StoredFile | undefined>(undefined);
  const [report, setReport] = useState<Report | undefined>(undefined);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const read = useRun(readPolicies, { touches: [], onDone: setReport });
  const take = useRun(importPolicies, { onDone: ({ added, changed }) => { toast({ text: t('import.done', { added, changed }) }); onClose(); } });
  const rows = (report?.rows ?? []).filter((row) => (row.fate === 'new' || row.fate === 'changed') && !left.has(row.row)).map((row) => row.row);
  const given = file === undefined ? undefined : { fileName: file.name, sha256: file.id };
  return (
    <Dialog open size="large" onClose={onClose} title={t('import.title')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        {report === undefined
          ? <Button kind="main" disabled={given === undefined} busy={read.running} onClick={() => given !== undefined && read.go(given)}>{t('import.read')}</Button>
          : <Button kind="main" disabled={given === undefined || rows.length === 0} busy={take.running} onClick={() => given !== undefined && take.go({ ...given, rows })}>{t('import.take', { count: rows.length })}</Button>}
      </>
    }>
      <div className="stack">
        <p className="two">{t('import.say')}</p>
        {file === undefined
          ? <FileDrop accept=".xlsx,.csv" maxBytes={MOST_BYTES} say={t('import.drop')} hint={t('import.hint')} onStored={setFile} />
          : <p className="row"><b>{file.name}</b><Button small kind="quiet" onClick={() => { setFile(undefined); setReport(undefined); setLeft(new Set()); }}>{t('import.another')}</Button></p>}
        {read.error !== undefined && <Problem small error={read.error} />}
        {report !== undefined && <Rows report={report} left={left} onToggle={(row) => setLeft(new Set(left.has(row) ? [...left].filter((one) => one !== row) : [...left, row]))} />}
        {take.error !== undefined && <Problem small error={take.error} />}
      </div>
    </Dialog>
  );
}

function Rows({ report, left, onToggle }: { readonly report: Report; readonly left: ReadonlySet<number>; readonly onToggle: (row: number) => void }) {
  const t = useT('knowledge');
  const field = (name: string): string => t(`field.${name}`);
  return (
    <>
      <p><b>{t('import.counts', { ...report.counts })}</b></p>
      <Scroll label={t('import.title')}>
        <table className="plain">
          <thead><tr><th scope="col" className="num">{t('import.row')}</th><th scope="col">{t('field.name')}</th><th scope="col">{t('import.fate')}</th><th scope="col">{t('import.why')}</th></tr></thead>
          <tbody>
            {report.rows.map((row) => (
              <tr key={row.row}>
                <td className="num two">{row.row}</td>
                <td><label className="row">{(row.fate === 'new' || row.fate === 'changed') && <input type="checkbox" checked={!left.has(row.row)} onChange={() => onToggle(row.row)} />}<span>{row.name} <span className="dim small">{row.number}</span></span></label></td>
                <td><State tone={TONES[row.fate]} word={t(`fate.${row.fate}`)} /></td>
                <td className="small">{[...row.faults.map((one) => t(`fault.${one.code}`, { field: field(one.field), text: one.text })), ...(row.changes.length > 0 ? [t('import.changes', { fields: row.changes.map(field).join(t('list')) })] : [])].join(t('list'))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
