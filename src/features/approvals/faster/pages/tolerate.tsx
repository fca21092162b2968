// The dialog of acceptance with materials owed: a line and a day for each. Only what is secondary may follow; the main ones are named, so that
// nobody enters them.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { useFresh } from '../../cases/pages/act.tsx';
import { acceptWithDebts } from '../contract.ts';
import { pick, type Faster } from './say.ts';

interface Row { readonly key: string; readonly material: string | undefined; readonly due: string | undefined }
type Policy = Faster['may']['tolerate'][number];

export function TolerateDialog({ shown, onClose }: { readonly shown: Faster; readonly onClose: () => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const { today } = useSession();
  const { preset, last } = shown.tolerance;
  const fresh = (): Row => ({ key: newId(), material: undefined, due: preset });
  const [id] = useState(newId);
  const [item, setItem] = useState<string | undefined>(undefined);
  const [day, setDay] = useState<string | undefined>(today);
  const [document, setDocument] = useState<string | undefined>(undefined);
  const [rows, setRows] = useState<readonly Row[]>(() => [fresh()]);
  const [mainComplete, setMainComplete] = useState(false);
  const run = useRun(acceptWithDebts, { touches: ['approvals.', 'projects.'], onDone: () => { toast({ text: t('faster.done') }); onClose(); } });
  useFresh(run.error);
  const policy = shown.may.tolerate.find((one) => one.item === item);
  const number = document?.trim() ?? '';
  const missing = rows.flatMap(({ material, due }) => (material === undefined || material.trim() === '' ? [] : [{ material: material.trim(), ...(due === undefined ? {} : { due }) }]));
  const ready = policy !== undefined && day !== undefined && missing.length > 0 && (!policy.waiting || number !== '');
  const change = (key: string, part: Partial<Row>): void => setRows((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const name = (code: string): string => pick(shown.names.find((one) => one.code === code)?.name ?? { zh: code, en: code }, lang);
  return (
    <Dialog open size="middle" onClose={onClose} title={t('faster.act.tolerate')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={run.running} onClick={() => run.go({ id: shown.id, toleranceId: id, item: item ?? '', day: day ?? today, mainComplete, missing, ...(number === '' ? {} : { document: number }) }, { version: shown.version })}>{t('faster.act.tolerate')}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('faster.tolerateHint')}</p>
        <div className="fasterfields">
          <Line label={t('faster.field.item')}>{(field) => <SelectInput id={field} label={t('faster.field.item')} value={item} onChange={setItem} options={shown.may.tolerate.map((one) => ({ value: one.item, label: name(one.item) }))} />}</Line>
          <Line label={t('faster.field.day')}>{(field) => <DayInput id={field} today={today} max={today} value={day} onChange={setDay} />}</Line>
          {policy?.waiting === true && <Line label={t('faster.field.acceptance')} hint={t('faster.acceptanceHint')}>{(field) => <TextInput id={field} maxLength={200} value={document} onChange={setDocument} />}</Line>}
        </div>
        {policy !== undefined && <Listed policy={policy} />}
        <fieldset className="owedrows">
          <legend>{t('faster.owedRows')}</legend>
          {rows.map((row, nth) => (
            <div key={row.key} className="owedrow">
              <Line label={t('faster.field.material', { n: nth + 1 })}>{(field) => (policy === undefined || policy.secondary.length === 0
                ? <TextInput id={field} maxLength={300} value={row.material} onChange={(material) => change(row.key, { material })} />
                : <SelectInput id={field} label={t('faster.field.material', { n: nth + 1 })} value={row.material} onChange={(material) => change(row.key, { material })} options={policy.secondary.map((one) => ({ value: one.zh, label: pick(one, lang) }))} />)}</Line>
              <Line label={t('faster.field.due')}>{(field) => <DayInput id={field} today={today} max={last} value={row.due} onChange={(due) => change(row.key, { due })} />}</Line>
              {rows.length > 1 && <Button small kind="quiet" onClick={() => setRows((all) => all.filter((one) => one.key !== row.key))}>{t('web:remove')}</Button>}
            </div>
          ))}
          <div className="row"><Button small onClick={() => setRows((all) => [...all, fresh()])}>{t('faster.addRow')}</Button><span className="dim small">{t('faster.lastDue', { day: format.day(last) })}</span></div>
        </fieldset>
        <CheckInput id="faster-mainComplete" value={mainComplete} onChange={(next) => setMainComplete(next === true)}>{t('faster.field.mainComplete')}</CheckInput>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

/** What the catalogue says of the materials of an item. */
function Listed({ policy }: { readonly policy: Policy }) {
  const t = useT('approvals');
  const lang = useLang();
  const list = (words: Policy['main']): string => words.map((one) => pick(one, lang)).join(t('list'));
  return (
    <ul className="two small">
      {policy.main.length > 0 && <li>{t('faster.mainListed', { materials: list(policy.main) })}</li>}
      <li>{policy.secondary.length > 0 ? t('faster.secondaryListed', { materials: list(policy.secondary) }) : t('faster.secondaryUnlisted')}</li>
    </ul>
  );
}
