// The form of a need or an offer. An enterprise publishes its own; an officer also for others and for counterparts outside.
import { useState } from 'react';
import Type from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { CheckInput, ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { goTo } from '../../../../web/place.ts';
import { useSession } from '../../../../web/session.tsx';
import { Day, Fen, Id, IndustryCode, MATCHINGS } from '../../fields.ts';
import { industryOptions } from '../../pages/names.ts';
import { present } from '../../pages/present.ts';
import { addListing, editListing } from '../contract.ts';
import { CounterpartPicker } from './counterpart.tsx';
import type { Listing } from './listing.tsx';

const OWNERS = ['org', 'counterpart'] as const;
const { title, text, kind, published, named, people } = addListing.input.properties;
const Values = Type.Object({
  kind, owner: Type.Enum(OWNERS), orgId: Type.Optional(Id), counterpartId: Type.Optional(Id), title, text, industry: Type.Optional(IndustryCode), amountFen: Type.Optional(Fen), people: Type.Optional(people), placeId: Type.Optional(Id), untilDay: Type.Optional(Day), published, named,
});

export function ListingForm({ side, listing, onClose }: { readonly side: 'need' | 'offer'; readonly listing?: Listing; readonly onClose: () => void }) {
  const t = useT('matching');
  const lang = useLang();
  const { today, can, user } = useSession();
  const officer = can('service.match');
  const line = listing?.listing;
  const [id] = useState(() => line?.id ?? newId());
  const add = useRun(addListing);
  const edit = useRun(editListing);
  const form = useForm({
    id: `service.listing:${line?.id ?? side}`, schema: Values, version: line?.version,
    start: line === undefined ? { kind: 'sales', owner: 'org', published: true, named: false, ...(officer ? {} : { orgId: user.orgId }) } : present({ kind: line.kind, owner: 'org' as const, title: line.title, text: listing?.text ?? '', industry: line.industry, amountFen: line.amountFen, people: line.people, placeId: listing?.placeId, untilDay: line.untilDay, published: line.published, named: line.named }),
    words: Object.fromEntries(Object.keys(Values.properties).map((name) => [name, { label: t(`field.${name}`) }])),
    check: (values) => ({
      ...(line === undefined && officer && values.owner !== 'counterpart' && values.orgId === undefined ? { orgId: t('refusal.one_owner') } : {}), ...(line === undefined && values.owner === 'counterpart' && values.counterpartId === undefined ? { counterpartId: t('refusal.one_owner') } : {}),
      ...(values.kind === 'labour' && values.people === undefined ? { people: t('refusal.people_needed') } : {}), ...(values.kind === 'finance' && values.amountFen === undefined ? { amountFen: t('refusal.amount_needed') } : {}),
    }),
    send: async ({ owner, orgId, counterpartId, kind: chosen, ...values }, version) => {
      const content = { ...values, named: values.published && values.named, industry: values.industry ?? null, amountFen: values.amountFen ?? null, people: values.people ?? null, placeId: values.placeId ?? null, untilDay: values.untilDay ?? null };
      if (line !== undefined) return edit.run({ id, ...content }, version === undefined ? {} : { version });
      return add.run({ id, side, kind: chosen, ...content, ...(owner === 'counterpart' ? (counterpartId === undefined ? {} : { counterpartId }) : orgId === undefined ? {} : { orgId }) });
    },
    onDone: () => {
      toast({ text: t('listing.saved') });
      onClose();
      if (line === undefined) goTo(`/service/matching/${id}`);
    },
  });
  const { values } = form;
  return (
    <Dialog open size="middle" onClose={onClose} title={t(line !== undefined ? 'listing.edit' : side === 'need' ? 'new_need' : 'new_offer')}>
      <Form form={form} submit={t('web:save')} columns={2} onCancel={onClose}>
        {line === undefined && <Field form={form} name="kind" wide>{(p) => <ChoiceInput id={p.id} value={p.value} options={MATCHINGS.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(next) => p.onChange(MATCHINGS.find((one) => one === next))} />}</Field>}
        {line === undefined && officer && <Field form={form} name="owner">{(p) => <ChoiceInput id={p.id} value={p.value} options={OWNERS.map((value) => ({ value, label: t(`owner.${value}`) }))} onChange={(next) => p.onChange(OWNERS.find((one) => one === next))} />}</Field>}
        {line === undefined && officer && (values.owner === 'counterpart' ? <Field form={form} name="counterpartId">{(p) => <CounterpartPicker {...p} />}</Field> : <Field form={form} name="orgId">{(p) => <OrgPicker {...p} />}</Field>)}
        <Field form={form} name="title" wide>{(p) => <TextInput {...p} maxLength={200} />}</Field>
        <Field form={form} name="text" wide>{(p) => <TextArea {...p} rows={4} maxLength={4000} />}</Field>
        {values.kind !== 'labour' && <Field form={form} name="amountFen">{(p) => <MoneyInput {...p} unit="wan" />}</Field>}
        {values.kind === 'labour' && <Field form={form} name="people">{(p) => <NumberInput {...p} digits={0} />}</Field>}
        <Field form={form} name="industry">{(p) => <SelectInput {...p} clearable options={industryOptions(lang)} />}</Field>
        <Field form={form} name="placeId">{(p) => <OrgPicker {...p} kinds={['town', 'park']} />}</Field>
        <Field form={form} name="untilDay">{(p) => <DayInput {...p} today={today} min={line?.openedDay ?? today} />}</Field>
        <div className="field wide"><CheckInput value={values.published ?? false} onChange={(next) => form.set('published', next ?? false)}>{t('field.published')}</CheckInput></div>
        {values.published === true && <div className="field wide"><CheckInput value={values.named ?? false} onChange={(next) => form.set('named', next ?? false)}>{t('field.named')}</CheckInput></div>}
      </Form>
    </Dialog>
  );
}
