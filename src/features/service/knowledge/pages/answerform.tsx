// The form of an answer, new or edited. Whoever saves it has reviewed it.
import { useState } from 'react';
import Type from 'typebox';
import { addDays } from '../../../../kernel/days.ts';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { goTo } from '../../../../web/place.ts';
import { useSession } from '../../../../web/session.tsx';
import { Day, Id, Text } from '../../fields.ts';
import { kindOptions } from '../../pages/names.ts';
import { addAnswer, AnswerContent, AUDIENCES, editAnswer } from '../contract.ts';
import type { Answer } from './answer.tsx';

const Values = Type.Object({ ...AnswerContent.properties, departmentId: Type.Optional(Id), validUntil: Type.Optional(Day), sources: Type.Optional(AnswerContent.properties.sources), note: Type.Optional(Text) });
const REVIEW_DAYS = 180;

export function AnswerForm({ answer, onClose }: { readonly answer?: Answer; readonly onClose: () => void }) {
  const t = useT('knowledge');
  const lang = useLang();
  const { today } = useSession();
  const [id] = useState(() => answer?.answer.id ?? newId());
  const add = useRun(addAnswer);
  const edit = useRun(editAnswer);
  const line = answer?.answer;
  const form = useForm({
    id: `service.answer:${line?.id ?? 'new'}`, schema: Values, version: line?.version,
    start: line === undefined ? { audience: 'public', validFrom: today, reviewDue: addDays(today, REVIEW_DAYS), sources: [] } : {
      question: line.question, answer: answer?.text ?? '', kind: line.kind, audience: line.audience, validFrom: line.validFrom, reviewDue: line.reviewDue > today ? line.reviewDue : addDays(today, REVIEW_DAYS), sources: answer?.sources.map((one) => ({ ...one })) ?? [],
      ...(line.departmentId === null ? {} : { departmentId: line.departmentId }), ...(line.validUntil === null ? {} : { validUntil: line.validUntil }),
    },
    words: { question: { label: t('field.question') }, answer: { label: t('field.answer') }, kind: { label: t('field.kind') }, audience: { label: t('field.audience') }, departmentId: { label: t('field.departmentId') }, validFrom: { label: t('field.validFrom') }, validUntil: { label: t('field.validUntil') }, reviewDue: { label: t('field.reviewDue') }, sources: { label: t('field.sources') }, note: { label: t('field.note') } },
    send: async ({ note, ...values }, version) => {
      const content = { ...values, departmentId: values.departmentId ?? null, validUntil: values.validUntil ?? null, sources: (values.sources ?? []).filter((one) => one.name.trim() !== '') };
      return line === undefined ? add.run({ id, ...content }) : edit.run({ id, ...content, ...(note === undefined ? {} : { note }) }, version === undefined ? {} : { version });
    },
    onDone: () => {
      toast({ text: t('answer.saved') });
      onClose();
      if (line === undefined) goTo(`/service/answers/${id}`);
    },
  });
  return (
    <Dialog open size="middle" onClose={onClose} title={t(line === undefined ? 'answers.new' : 'answer.edit')}>
      <Form form={form} submit={t('web:save')} columns={2} onCancel={onClose}>
        <Field form={form} name="question" wide>{(p) => <TextInput {...p} maxLength={300} />}</Field>
        <Field form={form} name="answer" wide>{(p) => <TextArea {...p} rows={8} maxLength={8000} />}</Field>
        <Field form={form} name="kind">{(p) => <SelectInput {...p} options={kindOptions(lang)} />}</Field>
        <Field form={form} name="audience">{(p) => <ChoiceInput id={p.id} value={p.value} options={AUDIENCES.map((value) => ({ value, label: t(`audience.${value}`) }))} onChange={(next) => p.onChange(AUDIENCES.find((one) => one === next))} />}</Field>
        <Field form={form} name="departmentId">{(p) => <OrgPicker {...p} kinds={['department', 'town', 'park', 'other']} />}</Field>
        <Field form={form} name="reviewDue">{(p) => <DayInput {...p} today={today} min={addDays(today, 1)} />}</Field>
        <Field form={form} name="validFrom">{(p) => <DayInput {...p} today={today} />}</Field>
        <Field form={form} name="validUntil">{(p) => <DayInput {...p} today={today} />}</Field>
        <Field form={form} name="sources" wide>{(p) => <Sources value={p.value ?? []} onChange={p.onChange} />}</Field>
        {line !== undefined && <Field form={form} name="note" wide>{(p) => <TextInput {...p} maxLength={1000} />}</Field>}
      </Form>
    </Dialog>
  );
}

type Source = { name: string; number: string };

function Sources({ value, onChange }: { readonly value: readonly Source[]; readonly onChange: (next: Source[]) => void }) {
  const t = useT('knowledge');
  const change = (at: number, part: Partial<Source>): void => onChange(value.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <div className="stack">
      {value.map((one, i) => (
        <div key={i} className="linefields">
          <TextInput label={t('field.source_name')} placeholder={t('field.source_name')} maxLength={200} value={one.name} onChange={(name) => change(i, { name: name ?? '' })} />
          <TextInput label={t('field.source_number')} placeholder={t('field.source_number')} maxLength={200} value={one.number} onChange={(number) => change(i, { number: number ?? '' })} />
          <Button small kind="quiet" onClick={() => onChange(value.filter((_, at) => at !== i))}>{t('remove')}</Button>
        </div>
      ))}
      <div><Button small onClick={() => onChange([...value, { name: '', number: '' }])}>{t('add_source')}</Button></div>
    </div>
  );
}
