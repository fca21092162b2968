// Entering the notice of a year: its text is pasted, a file is read, or days are typed; then what it says, what is wrong with it, and what it would
// move stand side by side before it is saved.
import { useState } from 'react';
import { noticeOf } from '../../../../kernel/calendarfile.ts';
import { isDay } from '../../../../kernel/days.ts';
import { Refusal } from '../../../../kernel/refuse.ts';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { enterNotice } from '../contract.ts';
import { rowsInFile } from '../dayfile.ts';
import { readNotice } from '../noticetext.ts';
import { EffectBox, Hindered, sayFault, useEffectOf } from './effect.tsx';
import { RowsTable, wholeRows, type RowDraft } from './rows.tsx';
import type { Year } from './say.ts';
import { useFreshCalendar } from './stale.ts';
import './calendar.css';

const WAYS = ['paste', 'file', 'table'] as const;
const MOST_BYTES = 256 * 1024;

export function EnterDialog({ year, onClose }: { readonly year: Year; readonly onClose: () => void }) {
  const t = useT('calendar');
  const format = useFormat();
  const [way, setWay] = useState<(typeof WAYS)[number]>(year.notice === null ? 'paste' : 'table');
  const [of, setOf] = useState<number | undefined>(year.year);
  const [rows, setRows] = useState<readonly RowDraft[]>(() => (year.notice?.rows ?? []).map((row) => ({ ...row })));
  const [document, setDocument] = useState<string | undefined>(year.notice?.entered?.document);
  const [link, setLink] = useState<string | undefined>(year.notice?.entered?.link ?? undefined);
  const [note, setNote] = useState<string | undefined>(undefined);
  const run = useRun(enterNotice, { touches: ['approvals.'], onDone: () => { toast({ text: t('enter.done', { year: of ?? '' }) }); onClose(); } });
  useFreshCalendar(run.error);
  const whole = wholeRows(rows);
  const fits = of !== undefined && Number.isInteger(of) && of >= 2000 && of <= 2098;
  const notice = fits && whole !== undefined && whole.length > 0 ? noticeOf(of, whole) : undefined;
  const effect = useEffectOf(notice === undefined ? undefined : { kind: 'notice', ...notice });
  const badLink = link !== undefined && !/^https?:\/\/\S{3,490}$/.test(link);
  const first = effect.data?.faults[0];
  const fault = !fits ? t('enter.badYear') : rows.length > 0 && whole === undefined ? t('enter.badRows') : notice !== undefined && first !== undefined ? sayFault(first, t, format) : badLink ? t('enter.badLink') : undefined;
  const missing = notice === undefined ? t('enter.noDays') : (document?.trim().length ?? 0) < 2 ? t('enter.noDocument') : undefined;
  const ready = notice !== undefined && (document?.trim().length ?? 0) >= 2 && !badLink && effect.data?.faults.length === 0 && effect.error === undefined;
  const take = (found: readonly RowDraft[], foundYear?: number, foundDocument?: string): void => {
    setRows(found.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1)));
    if (foundYear !== undefined) setOf(foundYear);
    if (foundDocument !== undefined) setDocument(foundDocument);
  };
  return (
    <Dialog open size="large" onClose={onClose} title={t(year.notice === null ? 'enter.new' : 'enter.correct')} foot={
      <>
        <Hindered fault={fault} missing={missing} />
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={run.running} onClick={() => notice !== undefined && document !== undefined && run.go({ ...notice, document, ...(link === undefined ? {} : { link }), ...(note === undefined ? {} : { note }) }, { version: year.edition })}>{t('enter.save', { year: of ?? '' })}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('enter.say')}</p>
        <ChoiceInput label={t('enter.way')} value={way} onChange={(next) => setWay(WAYS.find((one) => one === next) ?? 'paste')} options={WAYS.map((value) => ({ value, label: t(`enter.${value}`) }))} />
        {way === 'paste' && <Paste onRead={take} />}
        {way === 'file' && <FromFile onRead={take} />}
        <div className="fields of2">
          <Line label={t('enter.year')} fault={fits ? undefined : t('enter.badYear')}>{(id, wrong) => <NumberInput id={id} {...wrong} digits={0} value={of} onChange={setOf} />}</Line>
          <Line label={t('notice.document')}>{(id) => <TextInput id={id} maxLength={200} placeholder={t('enter.documentExample')} value={document} onChange={setDocument} />}</Line>
          <Line label={t('enter.link')} optional fault={badLink ? t('enter.badLink') : undefined}>{(id, wrong) => <TextInput id={id} {...wrong} maxLength={500} value={link} onChange={setLink} />}</Line>
          <Line label={t('notice.note')} optional>{(id) => <TextInput id={id} maxLength={1000} value={note} onChange={setNote} />}</Line>
        </div>
        <RowsTable rows={rows} year={of ?? year.year} onChange={setRows} />
        {rows.length > 0 && whole === undefined && <p className="tone-bad small" role="alert">{t('enter.badRows')}</p>}
        {notice !== undefined && <EffectBox read={effect} />}
        {notice !== undefined && !year.lunar && <p className="dim small">{t('enter.noLunar')}</p>}
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

type OnRead = (rows: readonly RowDraft[], year?: number, document?: string) => void;

function Paste({ onRead }: { readonly onRead: OnRead }) {
  const t = useT('calendar');
  const [text, setText] = useState<string | undefined>(undefined);
  const found = text === undefined ? undefined : readNotice(text);
  const change = (next: string | undefined): void => {
    setText(next);
    const read = next === undefined ? undefined : readNotice(next);
    if (read !== undefined && read.rows.length > 0) onRead(read.rows, read.year, read.document);
  };
  return (
    <>
      <Line label={t('enter.text')} hint={t('enter.textHint')} wide>{(id) => <TextArea id={id} rows={7} maxLength={20_000} value={text} onChange={change} />}</Line>
      {found !== undefined && (found.faults.length === 0 ? <p className="two small" role="status">{t('enter.read', { year: found.year ?? '', count: found.rows.length })}</p>
        : <ul className="callist" role="alert">{found.faults.map((one) => <li key={`${one.code}${one.what}`} className="tone-warn">{t(`textFault.${one.code}`, { what: one.what })}</li>)}</ul>)}
    </>
  );
}

function FromFile({ onRead }: { readonly onRead: OnRead }) {
  const t = useT('calendar');
  const [said, setSaid] = useState<{ readonly text: string; readonly bad: boolean } | undefined>(undefined);
  const read = async (file: File): Promise<void> => {
    try {
      const { rows, unclear } = rowsInFile(await file.text());
      const days = rows.filter((row) => isDay(row.from) && isDay(row.to));
      if (days.length === 0) return setSaid({ text: t('enter.emptyFile', { name: file.name }), bad: true });
      onRead(days, mostOften(days.map((row) => Number(row.from.slice(0, 4)))));
      setSaid(unclear.length === 0 ? { text: t('enter.fileRead', { name: file.name, count: days.length }), bad: false } : { text: t('enter.unclear', { count: unclear.length, what: unclear.slice(0, 3).join('; ') }), bad: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setSaid({ text: t('enter.badFile', error.details), bad: true });
    }
  };
  return (
    <>
      <FileDrop accept=".csv,.ics,.txt" maxBytes={MOST_BYTES} say={t('enter.drop')} hint={t('enter.dropHint')} onStored={() => undefined} onChosen={(file) => void read(file)} />
      {said !== undefined && <p className={said.bad ? 'tone-bad small' : 'two small'} role={said.bad ? 'alert' : 'status'}>{said.text}</p>}
    </>
  );
}

function mostOften(years: readonly number[]): number | undefined {
  return [...new Set(years)].toSorted((a, b) => years.filter((one) => one === b).length - years.filter((one) => one === a).length)[0];
}
