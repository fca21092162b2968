// The form of a measure, new or edited with the reason why.
import { useState } from 'react';
import Type from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Text } from '../../fields.ts';
import { pick } from '../../pages/names.ts';
import { addMeasure, editMeasure } from '../contract.ts';

const { id: _id, programmeId: _programme, ...fields } = addMeasure.input.properties;
const Values = Type.Object({ ...fields, note: Type.Optional(Text) });

interface Known { readonly id: string; readonly version: number; readonly action: string; readonly text: string; readonly orgId: string; readonly dueDay: string; readonly indicator: string; readonly unit: string; readonly target: number }

export function MeasureForm({ programmeId, year, actions, measure, onClose }: { readonly programmeId?: string; readonly year: number; readonly actions: readonly { readonly code: string; readonly zh: string; readonly en: string }[]; readonly measure?: Known; readonly onClose: () => void }) {
  const t = useT('programme');
  const lang = useLang();
  const { today } = useSession();
  const [id] = useState(() => measure?.id ?? newId());
  const add = useRun(addMeasure);
  const edit = useRun(editMeasure);
  const form = useForm({
    id: `service.measure:${measure?.id ?? 'new'}`, schema: Values, version: measure?.version,
    start: measure === undefined ? { dueDay: `${String(year)}-12-31` } : { action: measure.action, text: measure.text, orgId: measure.orgId, dueDay: measure.dueDay, indicator: measure.indicator, unit: measure.unit, target: measure.target },
    words: { action: { label: t('field.action') }, text: { label: t('field.text') }, orgId: { label: t('field.orgId') }, dueDay: { label: t('field.dueDay') }, indicator: { label: t('field.indicator') }, unit: { label: t('field.unit') }, target: { label: t('field.target') }, note: { label: t('field.note') } },
    send: async ({ action, note, ...values }, version) => (measure === undefined ? add.run({ id, programmeId: programmeId ?? '', action, ...values }) : edit.run({ id, ...values, note: note ?? '' }, version === undefined ? {} : { version })),
    onDone: () => { toast({ text: t('measure.saved') }); onClose(); },
  });
  return (
    <Dialog open size="middle" onClose={onClose} title={t(measure === undefined ? 'add_measure' : 'edit_measure')}>
      <Form form={form} submit={t('web:save')} columns={2} onCancel={onClose}>
        <Field form={form} name="action">{(p) => <SelectInput {...p} disabled={measure !== undefined} options={actions.map((one) => ({ value: one.code, label: pick(one, lang) }))} />}</Field>
        <Field form={form} name="orgId">{(p) => <OrgPicker {...p} kinds={['department', 'town', 'park']} />}</Field>
        <Field form={form} name="text" wide>{(p) => <TextArea {...p} rows={2} maxLength={500} />}</Field>
        <Field form={form} name="indicator">{(p) => <TextInput {...p} maxLength={100} />}</Field>
        <Field form={form} name="dueDay">{(p) => <DayInput {...p} today={today} />}</Field>
        <Field form={form} name="target">{(p) => <NumberInput {...p} digits={2} />}</Field>
        <Field form={form} name="unit">{(p) => <TextInput {...p} maxLength={20} />}</Field>
        {measure !== undefined && <Field form={form} name="note" wide>{(p) => <TextInput {...p} maxLength={1000} />}</Field>}
      </Form>
    </Dialog>
  );
}
