// What a change of the catalogue would do, before it is saved: what is wrong, which items change, which running projects are affected, and
// from which day. Saves on the version that was shown.
import { useEffect, useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { dropItem, previewCatalogue, saveItem, setLayer, type Draft, type FaultLine, type LayerLine, type Preview } from '../contract.ts';
import { placeOf, type PlacedFault } from './draft.ts';
import { Changes } from './version.tsx';
import { pick } from './words.ts';

type ItemDraft = Omit<Extract<Draft, { readonly kind: 'item' }>, 'fromDay'>;
type SwitchDraft = Omit<Extract<Draft, { readonly kind: 'switch' }>, 'fromDay'>;
type DropDraft = Omit<Extract<Draft, { readonly kind: 'drop' }>, 'fromDay'>;

export interface EffectProps {
  readonly layer: LayerLine;
  readonly change: ItemDraft | SwitchDraft | DropDraft;
  /** What is wrong, to be shown beside the fields. */
  readonly onFaults?: (faults: readonly PlacedFault[]) => void;
  /** What changes in words: limits before and after. */
  readonly said?: readonly string[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function EffectDialog({ layer, change, said = [], onFaults, onClose, onSaved }: EffectProps) {
  const t = useT('approvals');
  const lang = useLang();
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(today);
  const [note, setNote] = useState<string | undefined>(undefined);
  const [preview, setPreview] = useState<Preview | undefined>(undefined);
  const code = change.kind === 'switch' ? '' : change.code;
  const ask = useRun(previewCatalogue, { touches: [], onDone: (found) => { setPreview(found); onFaults?.(found.faults.map((one) => ({ path: placeOf(one.path, code), message: t(`fault.${one.code}`, { what: one.what }) }))); } });
  const done = (number: number | null): void => { toast({ text: number === null ? t('catalogue.layers.set') : t('catalogue.effect.saved', { layer: pick(layer.name, lang), number }) }); onSaved(); };
  const saveOne = useRun(saveItem, { onDone: (output) => done(output.number) });
  const saveSwitch = useRun(setLayer, { onDone: (output) => done(output.number) });
  const saveDrop = useRun(dropItem, { onDone: (output) => done(output.number) });
  const save = change.kind === 'item' ? saveOne : change.kind === 'drop' ? saveDrop : saveSwitch;
  const { go } = ask;
  const whole = day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day);
  const asked = JSON.stringify(change);
  useEffect(() => {
    setPreview(undefined);
    if (whole) go({ layer: layer.code, draft: { ...change, fromDay: day } });
  }, [go, day, whole, layer.code, asked]); // eslint-disable-line react-hooks/exhaustive-deps -- a change is what it says
  // What the shape of the contract refuses stands beside its field too.
  const refused = ask.error;
  useEffect(() => {
    if (refused !== undefined && refused.errors.length > 0) onFaults?.(refused.errors.map((one) => ({ path: placeOf(one.path, code), message: one.message })));
  }, [refused]); // eslint-disable-line react-hooks/exhaustive-deps -- once for each refusal
  const sound = preview !== undefined && preview.faults.length === 0;
  const send = (): void => {
    if (day === undefined || note === undefined) return;
    const common = { layer: layer.code, fromDay: day, note };
    if (change.kind === 'switch') saveSwitch.go({ ...common, laid: change.laid }, { version: layer.version });
    else if (change.kind === 'drop') saveDrop.go({ ...common, code: change.code }, { version: layer.version });
    else saveOne.go({ ...common, code: change.code, patch: change.patch, ...(change.reset === undefined ? {} : { reset: change.reset }), ...(change.sources === undefined ? {} : { sources: change.sources }) }, { version: layer.version });
  };
  return (
    <Dialog open size="large" onClose={onClose} title={t('catalogue.effect.title')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!sound || (note?.trim().length ?? 0) < 2} busy={save.running} onClick={send}>{t('catalogue.effect.save')}</Button>
      </>
    }>
      <div className="stack">
        <div className="fields of2">
          <Line label={t('catalogue.effect.from')} hint={t('catalogue.effect.fromHint')}>{(id) => <DayInput id={id} today={today} min={today} value={day} onChange={setDay} />}</Line>
          <Line label={t('catalogue.effect.note')}>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={note} onChange={setNote} />}</Line>
        </div>
        {preview === undefined && (ask.error === undefined ? <Loading lines={4} /> : <Problem small error={ask.error} />)}
        {preview !== undefined && !sound && <Faults faults={preview.faults} today={today} />}
        {sound && <Effect preview={preview} said={said} />}
        {save.error !== undefined && <Problem small error={save.error} />}
      </div>
    </Dialog>
  );
}

function Faults({ faults, today }: { readonly faults: readonly FaultLine[]; readonly today: string }) {
  const t = useT('approvals');
  const format = useFormat();
  return (
    <div className="problem" role="alert">
      <p className="blanktitle">{t('catalogue.effect.faults', { count: faults.length })}</p>
      <ul>{faults.map((one) => <li key={one.path + one.code + one.what}>{t(`fault.${one.code}`, { what: one.what })}　<span className="dim small">{itemIn(one.path)}{one.day > today ? ` ${t('catalogue.effect.faultOn', { day: format.day(one.day) })}` : ''}</span></li>)}</ul>
    </div>
  );
}

function itemIn(path: string): string {
  return /^items\.([A-Z]\d{2})/.exec(path)?.[1] ?? '';
}

function Effect({ preview, said }: { readonly preview: Preview; readonly said: readonly string[] }) {
  const t = useT('approvals');
  const format = useFormat();
  return (
    <>
      <p><b>{preview.items.length === 0 ? t('catalogue.effect.none') : t('catalogue.effect.items', { count: preview.items.length })}</b></p>
      {said.map((one) => <p key={one}>{one}</p>)}
      <div className="effectlist"><Changes changes={preview.items} /></div>
      {!preview.laid && <p className="notice">{t('catalogue.effect.notLaid')}</p>}
      <p className="two">{preview.running === 0 ? t('catalogue.effect.noRunning') : `${t('catalogue.effect.running', { count: format.count(preview.running) })} ${preview.projects.length === 0 ? t('catalogue.effect.same') : ''}`}</p>
      {preview.projects.length > 0 && (
        <ul className="effectlist">
          {preview.projects.map((one) => (
            <li key={one.id}>
              <Go href={`/projects/${one.id}`}>{one.name}</Go>
              <p className="two small">
                {[
                  ...(one.appears.length > 0 ? [t('catalogue.effect.appears', { codes: one.appears.join(t('list')) })] : []),
                  ...(one.disappears.length > 0 ? [t('catalogue.effect.disappears', { codes: one.disappears.join(t('list')) })] : []),
                  ...one.limits.map((limit) => t('catalogue.effect.limitChange', { code: limit.code, kind: t(`from.${limit.kind}`), before: limit.before, after: limit.after })),
                ].join(t('comma'))}
              </p>
            </li>
          ))}
        </ul>
      )}
      {preview.replaces !== null && <p className="two small">{t('catalogue.effect.replaces', { number: preview.replaces })}</p>}
      {preview.later.map((one) => <p key={one.number} className="tone-warn small">{t('catalogue.effect.later', { number: one.number, day: format.day(one.fromDay) })}</p>)}
    </>
  );
}
