// The report of a quarter: what was reached since the year began, and how.
import { useState } from 'react';
import Type from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { reportMeasure } from '../contract.ts';
import type { Measure } from './measure.tsx';

const { id: _id, measureId: _measure, ...fields } = reportMeasure.input.properties;
const Values = Type.Object(fields);

export function ReportForm({ measure: { measure, quarters }, onClose }: { readonly measure: Measure; readonly onClose: () => void }) {
  const t = useT('programme');
  const format = useFormat();
  const [id] = useState(newId);
  const run = useRun(reportMeasure);
  const open = quarters.filter((one) => measure.owes.includes(one.quarter));
  const form = useForm({
    id: `service.report:${measure.id}`, schema: Values, start: { ...(open[0] === undefined ? {} : { quarter: open[0].quarter }) },
    words: { quarter: { label: t('field.quarter') }, value: { label: t('field.value') }, text: { label: t('field.report') } },
    send: async (values) => run.run({ id, measureId: measure.id, ...values }),
    onDone: () => { toast({ text: t('measure.reported') }); onClose(); },
  });
  return (
    <Dialog open size="small" onClose={onClose} title={t('measure.report')}>
      <Form form={form} submit={t('measure.report')} onCancel={onClose}>
        <Field form={form} name="quarter">{(p) => <ChoiceInput id={p.id} value={p.value === undefined ? undefined : String(p.value)} options={open.map((one) => ({ value: String(one.quarter), label: `${t('quarters.name', { quarter: one.quarter })} · ${t('quarters.due', { day: format.day(one.due) })}` }))} onChange={(next) => p.onChange(next === undefined ? undefined : Number(next))} />}</Field>
        <Field form={form} name="value" hint={`${measure.indicator} · ${t('measure.target')} ${format.count(measure.target)} ${measure.unit}`}>{(p) => <NumberInput {...p} digits={2} unit={measure.unit} />}</Field>
        <Field form={form} name="text">{(p) => <TextArea {...p} rows={4} maxLength={2000} />}</Field>
      </Form>
    </Dialog>
  );
}
