// Choosing a counterpart outside the zone, or adding one on the spot.
import { useState } from 'react';
import { read, useRead, useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { Picker } from '../../../../web/inputs/picker.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import type { InputProps } from '../../../../web/inputs/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { addCounterpart, COUNTERPARTS, pickCounterparts } from '../contract.ts';

const LIMIT = 30;

export function CounterpartPicker(props: InputProps<string>) {
  const t = useT('matching');
  const [adding, setAdding] = useState(false);
  const chosen = useRead(pickCounterparts, { ids: props.value === undefined ? [] : [props.value] }, { when: props.value !== undefined });
  const name = chosen.data?.items[0]?.name;
  return (
    <div className="stack">
      <Picker
        {...props} {...(name === undefined ? {} : { shown: name })} name="counterparts"
        load={async (q) => (await read(pickCounterparts, { limit: LIMIT, ...(q === '' ? {} : { q }) })).items.map((one) => ({ value: one.id, label: one.name, hint: t(`counterpart.${one.kind}`) }))}
      />
      {adding ? <NewCounterpart onDone={(id) => { setAdding(false); props.onChange(id); }} /> : <div><Button small kind="quiet" onClick={() => setAdding(true)}>{t('owner.new')}</Button></div>}
    </div>
  );
}

function NewCounterpart({ onDone }: { readonly onDone: (id: string) => void }) {
  const t = useT('matching');
  const [id] = useState(newId);
  const [name, setName] = useState<string | undefined>(undefined);
  const [kind, setKind] = useState<(typeof COUNTERPARTS)[number]>('enterprise');
  const [place, setPlace] = useState<string | undefined>(undefined);
  const run = useRun(addCounterpart, { onDone: () => onDone(id) });
  const ready = (name ?? '').trim().length > 1;
  return (
    <div className="conditiongroup">
      <TextInput label={t('field.name')} placeholder={t('field.name')} maxLength={200} value={name} onChange={setName} />
      <SelectInput label={t('field.counterpart_kind')} value={kind} options={COUNTERPARTS.map((value) => ({ value, label: t(`counterpart.${value}`) }))} onChange={(next) => setKind(COUNTERPARTS.find((one) => one === next) ?? 'other')} />
      <TextInput label={t('field.counterpart_place')} placeholder={t('field.counterpart_place')} maxLength={100} value={place} onChange={setPlace} />
      {run.error !== undefined && <Problem small error={run.error} />}
      <div><Button small disabled={!ready} busy={run.running} onClick={() => run.go({ id, name: (name ?? '').trim(), kind, ...((place ?? '').trim() === '' ? {} : { place: (place ?? '').trim() }) })}>{t('owner.new')}</Button></div>
    </div>
  );
}
