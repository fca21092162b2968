// What a change of the catalogue would do, before it is saved: what is wrong, which items change, which running projects are affected, and
// from which day. Saves upon the version that was edited; where another was faster, nothing is lost.
import { useEffect, useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { dropItem, previewCatalogue, saveFrame, saveItem, setLayer, type Draft, type FaultLine, type LayerLine, type Preview } from '../contract.ts';
import { placeOf, type PlacedFault } from './draft.ts';
import { EffectList } from './effectlist.tsx';
import { pick } from './words.ts';

type Undated<Kind extends Draft['kind']> = Omit<Extract<Draft, { readonly kind: Kind }>, 'fromDay'>;

export interface EffectProps {
  readonly layer: LayerLine;
  readonly change: Undated<'item'> | Undated<'switch'> | Undated<'drop'> | Undated<'frame'>;
  /** The version upon which it was edited; without it that of the layer as it was read last. */
  readonly version?: number;
  /** Another changed the layer meanwhile: the editor asks field by field. */
  readonly onStale?: () => void;
  /** What is wrong, to be shown beside the fields. */
  readonly onFaults?: (faults: readonly PlacedFault[]) => void;
  /** What changes in words: limits before and after. */
  readonly said?: readonly string[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function EffectDialog({ layer, change, version = layer.version, said = [], onStale, onFaults, onClose, onSaved }: EffectProps) {
  const t = useT('approvals');
  const lang = useLang();
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(today);
  const [note, setNote] = useState<string | undefined>(undefined);
  const [preview, setPreview] = useState<Preview | undefined>(undefined);
  const code = 'code' in change ? change.code : '';
  const ask = useRun(previewCatalogue, { touches: [], onDone: (found) => { setPreview(found); onFaults?.(found.faults.map((one) => ({ path: placeOf(one.path, code), message: t(`fault.${one.code}`, { what: one.what }) }))); } });
  const done = (number: number | null): void => { toast({ text: number === null ? t('catalogue.layers.set') : t('catalogue.effect.saved', { layer: pick(layer.name, lang), number }) }); onSaved(); };
  const saveOne = useRun(saveItem, { onDone: (output) => done(output.number) });
  const saveParts = useRun(saveFrame, { onDone: (output) => done(output.number) });
  const saveSwitch = useRun(setLayer, { onDone: (output) => done(output.number) });
  const saveDrop = useRun(dropItem, { onDone: (output) => done(output.number) });
  const save = { item: saveOne, frame: saveParts, drop: saveDrop, switch: saveSwitch }[change.kind];
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
  const stale = save.error?.status === 412 || (preview !== undefined && preview.version !== version);
  const send = (): void => {
    if (day === undefined || note === undefined) return;
    const common = { layer: layer.code, fromDay: day, note };
    const sources = 'sources' in change && change.sources !== undefined ? { sources: change.sources } : {};
    if (change.kind === 'switch') saveSwitch.go({ ...common, laid: change.laid }, { version });
    else if (change.kind === 'drop') saveDrop.go({ ...common, code: change.code }, { version });
    else if (change.kind === 'frame') saveParts.go({ ...common, patch: change.patch, ...(change.reset === undefined ? {} : { reset: change.reset }), ...sources }, { version });
    else saveOne.go({ ...common, code: change.code, patch: change.patch, ...(change.reset === undefined ? {} : { reset: change.reset }), ...sources }, { version });
  };
  return (
    <Dialog open size="large" onClose={onClose} title={t('catalogue.effect.title')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!sound || stale || (note?.trim().length ?? 0) < 2} busy={save.running} onClick={send}>{t('catalogue.effect.save')}</Button>
      </>
    }>
      <div className="stack">
        <div className="fields of2">
          <Line label={t('catalogue.effect.from')} hint={t('catalogue.effect.fromHint')}>{(id) => <DayInput id={id} today={today} min={today} value={day} onChange={setDay} />}</Line>
          <Line label={t('catalogue.effect.note')}>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={note} onChange={setNote} />}</Line>
        </div>
        {stale && <p className="notice row" role="alert"><span>{t('catalogue.effect.stale')}</span>{onStale !== undefined && <Button small onClick={onStale}>{t('catalogue.effect.compare')}</Button>}</p>}
        {preview === undefined && (ask.error === undefined ? <Loading lines={4} /> : <Problem small error={ask.error} />)}
        {preview !== undefined && !sound && <Faults faults={preview.faults} today={today} />}
        {sound && day !== undefined && <EffectList preview={preview} said={said} asked={{ layer: layer.code, draft: { ...change, fromDay: day } }} />}
        {save.error !== undefined && save.error.status !== 412 && <Problem small error={save.error} />}
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
