// A local rule from a spreadsheet: the list is read and laid beside the catalogue, a person decides the doubtful rows, and only then is it
// stored. Nothing that is merely alike is taken by itself.
import { useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { StoredFile } from '../../../../web/upload.ts';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { getCatalogue, importOverlay, readOverlay, type LayerLine, type ListRow } from '../contract.ts';
import { pick, sayDays } from './words.ts';
import './catalogue.css';

const MOST_BYTES = 4 * 1024 * 1024;
const FRESH = 'fresh';
type Report = OutputOf<typeof readOverlay>;
type Choices = Readonly<Record<number, string | null>>;

export function ImportDialog({ layers, onClose }: { readonly layers: readonly LayerLine[]; readonly onClose: () => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const { today } = useSession();
  const [target, setTarget] = useState(FRESH);
  const [name, setName] = useState({ zh: '', en: '' });
  const [day, setDay] = useState<string | undefined>(today);
  const [note, setNote] = useState<string | undefined>(undefined);
  const [file, setFile] = useState<StoredFile | undefined>(undefined);
  const [report, setReport] = useState<Report | undefined>(undefined);
  const [choices, setChoices] = useState<Choices>({});
  const read = useRun(readOverlay, { touches: [], onDone: (found) => { setReport(found); setChoices({}); } });
  const save = useRun(importOverlay, { onDone: (output) => { toast({ text: t('catalogue.import.done', { count: output.items }) }); onClose(); } });
  const layer = layers.find((one) => one.code === target);
  const list = file === undefined || day === undefined ? undefined : {
    layer: layer?.code ?? freeCode(layers), name: { zh: name.zh.trim(), en: name.en.trim() === '' ? name.zh.trim() : name.en.trim() }, fromDay: day, fileName: file.name, sha256: file.id,
  };
  const count = report === undefined ? 0 : report.rows.filter((row) => codeOf(row, choices) !== null).length;
  const named = name.zh.trim() !== '';
  return (
    <Dialog open size="large" onClose={onClose} title={t('catalogue.import.title')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        {report === undefined
          ? <Button kind="main" disabled={list === undefined || !named} busy={read.running} onClick={() => list !== undefined && read.go(list)}>{t('catalogue.import.read')}</Button>
          : <Button kind="main" disabled={list === undefined || count === 0 || (note?.trim().length ?? 0) < 2} busy={save.running} onClick={() => list !== undefined && save.go({ ...list, note: note ?? '', choices: report.rows.map((row) => ({ row: row.row, code: codeOf(row, choices) })) }, { version: layer?.version ?? 0 })}>{t('catalogue.import.take', { count })}</Button>}
      </>
    }>
      <div className="stack">
        <p className="two">{t('catalogue.import.say')}</p>
        <div className="fields of2">
          <Line label={t('catalogue.import.target')} hint={layer === undefined ? t('catalogue.import.notLaid') : ''}>{(id) => <SelectInput id={id} value={target} options={[{ value: FRESH, label: t('catalogue.import.fresh') }, ...layers.map((one) => ({ value: one.code, label: pick(one.name, lang) }))]} onChange={(next) => setTarget(next ?? FRESH)} />}</Line>
          <Line label={t('catalogue.effect.from')}>{(id) => <DayInput id={id} today={today} min={today} value={day} onChange={setDay} />}</Line>
          <Line label={t('catalogue.import.nameZh')}>{(id) => <TextInput id={id} maxLength={300} value={name.zh} onChange={(zh) => setName({ ...name, zh: zh ?? '' })} />}</Line>
          <Line label={t('catalogue.import.nameEn')} optional>{(id) => <TextInput id={id} maxLength={300} value={name.en} onChange={(en) => setName({ ...name, en: en ?? '' })} />}</Line>
        </div>
        {file === undefined
          ? <FileDrop accept=".xlsx,.csv" maxBytes={MOST_BYTES} say={t('catalogue.import.drop')} hint={t('catalogue.import.hint')} onStored={setFile} />
          : <p className="row">{t('catalogue.import.file')}{t('colon')}<b>{file.name}</b><Button small kind="quiet" onClick={() => { setFile(undefined); setReport(undefined); }}>{t('catalogue.import.another')}</Button></p>}
        {read.error !== undefined && <Problem small error={read.error} />}
        {report !== undefined && <ReportTable report={report} choices={choices} onChoose={(row, code) => setChoices({ ...choices, [row]: code })} />}
        {report !== undefined && <Line label={t('catalogue.effect.note')}>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={note} onChange={setNote} />}</Line>}
        {save.error !== undefined && <Problem small error={save.error} />}
      </div>
    </Dialog>
  );
}

/** The item that a row is taken for: as it was decided, else only where it was surely matched. */
function codeOf(row: ListRow, choices: Choices): string | null {
  const chosen = choices[row.row];
  return chosen === undefined ? (row.state === 'matched' ? row.code : null) : chosen;
}

function freeCode(layers: readonly LayerLine[]): string {
  let n = 1;
  while (layers.some((one) => one.code === `local-${String(n)}`)) n += 1;
  return `local-${String(n)}`;
}

const TONES = { matched: 'ok', doubtful: 'warn', unmatched: 'off' } as const;
const ORDER = { doubtful: 0, unmatched: 1, matched: 2 } as const;

function ReportTable({ report, choices, onChoose }: { readonly report: Report; readonly choices: Choices; readonly onChoose: (row: number, code: string | null) => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const catalogue = useRead(getCatalogue, {});
  const items = [{ value: '-', label: t('catalogue.import.skip') }, ...(catalogue.data?.items ?? []).map(({ item }) => ({ value: item.code, label: `${item.code} ${pick(item.name, lang)}` }))];
  // What a person must decide stands first.
  const rows = report.rows.toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.row - b.row);
  return (
    <>
      <p><b>{t('catalogue.import.counts', { ...report.counts })}</b></p>
      <Scroll label={t('catalogue.import.title')}>
        <table className="plain importtable">
          <thead><tr><th scope="col" className="num">{t('catalogue.import.row')}</th><th scope="col">{t('catalogue.import.name')}</th><th scope="col">{t('catalogue.import.days')}</th><th scope="col" className="num">{t('catalogue.import.materials')}</th><th scope="col">{t('catalogue.import.is')}</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.row}>
                <td className="num two" data-label={t('catalogue.import.row')}>{row.row}</td>
                <td className="importname">{row.name}<p className="dim small">{row.department}</p></td>
                <td className="nowrap" data-label={t('catalogue.import.days')}>{row.days === null ? <span className="dim">—</span> : sayDays(row.days, 'working', t)}</td>
                <td className="num" data-label={t('catalogue.import.materials')}>{row.materials}</td>
                <td className="importis">
                  <SelectInput label={`${row.name} ${t('catalogue.import.is')}`} value={codeOf(row, choices) ?? '-'} options={items} onChange={(code) => onChoose(row.row, code === undefined || code === '-' ? null : code)} />
                  <State tone={TONES[row.state]} word={t(`catalogue.import.state.${row.state}`)} /> <span className="dim small">{row.why === null ? '' : `${row.code ?? ''} ${t(`catalogue.import.why.${row.why}`, { percent: row.percent })}`}</span>
                  {row.state === 'doubtful' && row.code !== null && codeOf(row, choices) === null && <Button small kind="quiet" onClick={() => onChoose(row.row, row.code)}>{t('catalogue.import.accept', { code: row.code })}</Button>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
