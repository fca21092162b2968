// The form of a matching event with its parties.
import { useState } from 'react';
import Type from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { goTo } from '../../../../web/place.ts';
import { useSession } from '../../../../web/session.tsx';
import { MATCHINGS } from '../../fields.ts';
import { addFair, editFair } from '../contract.ts';
import { CounterpartPicker } from './counterpart.tsx';
import type { Fair } from './fair.tsx';

const { id: _id, text, ...fields } = addFair.input.properties;
const Values = Type.Object({ ...fields, text: Type.Optional(text) });
type Party = { orgId?: string; counterpartId?: string; offered?: string };

export function FairForm({ fair, onClose }: { readonly fair?: Fair; readonly onClose: () => void }) {
  const t = useT('matching');
  const { today } = useSession();
  const known = fair?.fair;
  const [id] = useState(() => known?.id ?? newId());
  const add = useRun(addFair);
  const edit = useRun(editFair);
  const form = useForm({
    id: `service.fair:${known?.id ?? 'new'}`, schema: Values, version: known?.version,
    start: known === undefined ? { kind: 'sales', day: today, parties: [] } : {
      kind: known.kind, name: known.name, day: known.day, place: known.place, ...(fair?.text === null || fair === undefined ? {} : { text: fair.text }),
      parties: fair?.parties.map((one): Party => ({ ...(one.orgId === null ? {} : { orgId: one.orgId }), ...(one.counterpartId === null ? {} : { counterpartId: one.counterpartId }), ...(one.offered === null ? {} : { offered: one.offered }) })) ?? [],
    },
    words: { kind: { label: t('field.kind') }, name: { label: t('field.name') }, day: { label: t('field.day') }, place: { label: t('field.place') }, text: { label: t('fairs_page.text') }, parties: { label: t('fairs_page.parties') } },
    send: async (values, version) => {
      const content = { ...values, text: values.text ?? null, parties: values.parties.filter((one) => one.orgId !== undefined || one.counterpartId !== undefined) };
      return known === undefined ? add.run({ id, ...content }) : edit.run({ id, ...content }, version === undefined ? {} : { version });
    },
    onDone: () => {
      toast({ text: t('fairs_page.saved') });
      onClose();
      if (known === undefined) goTo(`/service/fairs/${id}`);
    },
  });
  return (
    <Dialog open size="middle" onClose={onClose} title={t(known === undefined ? 'fairs_page.new' : 'fairs_page.edit')}>
      <Form form={form} submit={t('web:save')} columns={2} onCancel={onClose}>
        <Field form={form} name="kind" wide>{(p) => <ChoiceInput id={p.id} value={p.value} options={MATCHINGS.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(next) => p.onChange(MATCHINGS.find((one) => one === next))} />}</Field>
        <Field form={form} name="name" wide>{(p) => <TextInput {...p} maxLength={200} />}</Field>
        <Field form={form} name="day">{(p) => <DayInput {...p} today={today} />}</Field>
        <Field form={form} name="place">{(p) => <TextInput {...p} maxLength={200} />}</Field>
        <Field form={form} name="text" wide>{(p) => <TextArea {...p} rows={3} maxLength={4000} />}</Field>
        <Field form={form} name="parties" wide>{(p) => <Parties value={p.value ?? []} onChange={p.onChange} />}</Field>
      </Form>
    </Dialog>
  );
}

function Parties({ value, onChange }: { readonly value: readonly Party[]; readonly onChange: (next: Party[]) => void }) {
  const t = useT('matching');
  // Which of both a line without a choice yet is for.
  const [outside, setOutside] = useState<ReadonlySet<number>>(() => new Set(value.flatMap((one, at) => (one.counterpartId === undefined ? [] : [at]))));
  const change = (at: number, next: Party): void => onChange(value.map((one, i) => (i === at ? next : one)));
  const offered = (one: Party): { offered?: string } => (one.offered === undefined ? {} : { offered: one.offered });
  const add = (out: boolean): void => {
    if (out) setOutside(new Set([...outside, value.length]));
    onChange([...value, {}]);
  };
  const drop = (at: number): void => {
    setOutside(new Set([...outside].filter((one) => one !== at).map((one) => (one > at ? one - 1 : one))));
    onChange(value.filter((_, i) => i !== at));
  };
  return (
    <div className="stack">
      {value.map((one, at) => (
        <div key={at} className="linefields">
          {outside.has(at)
            ? <CounterpartPicker label={t('owner.counterpart')} value={one.counterpartId} onChange={(next) => change(at, { ...offered(one), ...(next === undefined ? {} : { counterpartId: next }) })} />
            : <OrgPicker label={t('owner.org')} value={one.orgId} onChange={(next) => change(at, { ...offered(one), ...(next === undefined ? {} : { orgId: next }) })} />}
          <TextInput label={t('field.offered')} placeholder={t('field.offered')} maxLength={1000} value={one.offered} onChange={(next) => change(at, { ...(one.orgId === undefined ? {} : { orgId: one.orgId }), ...(one.counterpartId === undefined ? {} : { counterpartId: one.counterpartId }), ...(next === undefined || next === '' ? {} : { offered: next }) })} />
          <Button small kind="quiet" onClick={() => drop(at)}>{t('fairs_page.remove_party')}</Button>
        </div>
      ))}
      <div className="row"><Button small onClick={() => add(false)}>{t('fairs_page.add_party')}{t('colon')}{t('owner.org')}</Button><Button small onClick={() => add(true)}>{t('fairs_page.add_party')}{t('colon')}{t('owner.counterpart')}</Button></div>
    </div>
  );
}
