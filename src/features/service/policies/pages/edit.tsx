// The editor of a policy: its fields, its conditions line by line without any code, and which enterprises would match before it is saved.
import { useState } from 'react';
import Type from 'typebox';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { goTo } from '../../../../web/place.ts';
import { usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Day, Fen, Id, Text } from '../../fields.ts';
import { copyOf } from '../conditions.ts';
import { addPolicy, editPolicy, GIVES, LEVELS, PolicyContent, readPolicy } from '../contract.ts';
import { present } from '../../pages/present.ts';
import { ConditionEditor } from './conditions.tsx';
import '../../pages/service.css';

const { number: _number, ...plain } = PolicyContent.properties;
const Values = Type.Object({
  ...plain, number: Type.Optional(Type.String({ maxLength: 200 })), validUntil: Type.Optional(Day), applyFrom: Type.Optional(Day), applyUntil: Type.Optional(Day), amountFen: Type.Optional(Fen), departmentId: Type.Optional(Id), note: Type.Optional(Text),
});

export function NewPolicyPage() {
  return <Editor policy={undefined} />;
}

export function EditPolicyPage() {
  const { id = '' } = usePath();
  const read = useRead(readPolicy, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Editor policy={read.data} />;
}

function Editor({ policy }: { readonly policy: OutputOf<typeof readPolicy> | undefined }) {
  const t = useT('knowledge');
  const { today } = useSession();
  const [id] = useState(() => policy?.policy.id ?? newId());
  const add = useRun(addPolicy);
  const edit = useRun(editPolicy);
  const line = policy?.policy;
  const form = useForm({
    id: `service.policy:${line?.id ?? 'new'}`, schema: Values, version: line?.version,
    start: line === undefined ? { level: 'zone', validFrom: today, gives: 'reward', conditions: [] } : {
      ...present({
        name: line.name, number: line.number, issuer: line.issuer, level: line.level, validFrom: line.validFrom, validUntil: line.validUntil, applyFrom: line.applyFrom, applyUntil: line.applyUntil, gives: line.gives, amountFen: line.amountFen, benefit: line.benefit, how: policy?.how,
        departmentId: line.departmentId,
      }), conditions: policy?.conditions ?? null,
    },
    words: Object.fromEntries([...Object.keys(Values.properties).filter((name) => name !== 'conditions' && name !== 'note').map((name) => [name, { label: t(`field.${name === 'departmentId' ? 'department' : name}`) }] as const), ['conditions', { label: t('editor.conditions') }], ['note', { label: t('field.note') }]]),
    send: async ({ note, ...values }, version) => {
      const content = {
        ...values, number: values.number ?? '', validUntil: values.validUntil ?? null, applyFrom: values.applyFrom ?? null, applyUntil: values.applyUntil ?? null, amountFen: values.amountFen ?? null, departmentId: values.departmentId ?? null, conditions: values.conditions,
      };
      return line === undefined ? add.run({ id, ...content }) : edit.run({ id, ...content, ...(note === undefined ? {} : { note }) }, version === undefined ? {} : { version });
    },
    onDone: () => {
      toast({ text: t('editor.saved') });
      goTo(`/service/policies/${id}`);
    },
  });
  return (
    <>
      <PageHead title={t(line === undefined ? 'editor.new' : 'editor.edit')} crumbs={<Crumbs crumbs={[{ label: t('policies.title'), href: '/service/policies' }, ...(line === undefined ? [] : [{ label: line.name, href: `/service/policies/${line.id}` }])]} />} />
      <div className="card pad">
        <Form form={form} submit={t('editor.save')} columns={2} onCancel={() => goTo(line === undefined ? '/service/policies' : `/service/policies/${line.id}`)}>
          <Field form={form} name="name" wide>{(p) => <TextInput {...p} maxLength={300} />}</Field>
          <Field form={form} name="issuer">{(p) => <TextInput {...p} maxLength={200} />}</Field>
          <Field form={form} name="number">{(p) => <TextInput {...p} maxLength={200} />}</Field>
          <Field form={form} name="level">{(p) => <SelectInput {...p} value={p.value} options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))} onChange={(next) => p.onChange(LEVELS.find((one) => one === next))} />}</Field>
          <Field form={form} name="departmentId">{(p) => <OrgPicker {...p} kinds={['department', 'town', 'park']} />}</Field>
          <Field form={form} name="validFrom">{(p) => <DayInput {...p} today={today} />}</Field>
          <Field form={form} name="validUntil">{(p) => <DayInput {...p} today={today} />}</Field>
          <Field form={form} name="applyFrom">{(p) => <DayInput {...p} today={today} />}</Field>
          <Field form={form} name="applyUntil">{(p) => <DayInput {...p} today={today} />}</Field>
          <Field form={form} name="gives">{(p) => <SelectInput {...p} value={p.value} options={GIVES.map((value) => ({ value, label: t(`gives.${value}`) }))} onChange={(next) => p.onChange(GIVES.find((one) => one === next))} />}</Field>
          <Field form={form} name="amountFen">{(p) => <MoneyInput {...p} unit="wan" />}</Field>
          <Field form={form} name="benefit" wide>{(p) => <TextArea {...p} rows={3} maxLength={2000} />}</Field>
          <Field form={form} name="how" wide>{(p) => <TextArea {...p} rows={3} maxLength={4000} />}</Field>
          <Field form={form} name="conditions" wide hint={t('editor.hint')}>{() => <ConditionEditor value={form.values.conditions ?? null} policyId={line?.id} onChange={(next) => form.set('conditions', next === null ? null : next.map((group) => ({ any: group.any.map(copyOf) })))} />}</Field>
          {line !== undefined && <Field form={form} name="note" wide>{(p) => <TextInput {...p} maxLength={1000} />}</Field>}
        </Form>
      </div>
    </>
  );
}
