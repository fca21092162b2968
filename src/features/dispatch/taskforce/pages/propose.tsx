// Proposing a hand-over: successor, day, remarks, with what is open before one's eyes.
import { useState } from 'react';
import Type from 'typebox';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { newId } from '../../../../web/ids.ts';
import { useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { NotFound, Problem } from '../../../../web/parts/problem.tsx';
import { useGo } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { projectChoices } from '../../../projects/register/contract.ts';
import { previewHandover, proposeHandover } from '../contract.ts';
import { OpenList } from './openlist.tsx';
import './taskforce.css';

const Values = Type.Object({ userId: Type.String({ minLength: 36 }), day: Type.String({ minLength: 10 }), remarks: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })) }, { additionalProperties: false });

export function ProposePage() {
  const t = useT('taskforce');
  const { today } = useSession();
  const go = useGo();
  const [{ project }] = useUrlState({ project: '' });
  const [id] = useState(newId);
  const preview = useRead(previewHandover, { id: project }, { when: project !== '' });
  const choices = useRead(projectChoices, {});
  const propose = useRun(proposeHandover, { touches: ['dispatch.', 'projects.'] });
  const form = useForm({
    id: `dispatch.handover:${project}`, schema: Values, start: { day: today },
    words: { userId: { label: t('handover.successor') }, day: { label: t('handover.day'), hint: t('handover.dayHint') }, remarks: { label: t('handover.remarks') } },
    send: (values) => propose.run({ id, projectId: project, ...values }), onDone: () => go(`/dispatch/handovers/${id}`),
  });
  if (project === '') return <NotFound />;
  if (preview.data === undefined) return preview.error === undefined ? <Loading kind="record" /> : <Problem error={preview.error} onRetry={preview.again} />;
  const options = (choices.data?.commissioners ?? []).map((one) => ({ value: one.id, label: one.name, ...(one.detail === null ? {} : { hint: one.detail }) }));
  return (
    <div className="tfform">
      <PageHead title={t('handover.proposeTitle')} small={`${preview.data.name} · ${t('handover.now', { name: preview.data.fromName ?? t('handover.nobody') })}`} />
      <Form form={form} submit={t('handover.propose')} columns={2}>
        <Field form={form} name="userId">{(p) => <SelectInput {...p} options={options} />}</Field>
        <Field form={form} name="day">{(p) => <DayInput {...p} today={today} min={today} />}</Field>
        <Field form={form} name="remarks" wide>{(p) => <TextArea {...p} rows={3} />}</Field>
      </Form>
      <Section title={t('handover.openTitle', { count: preview.data.open.length })}><OpenList open={preview.data.open} /></Section>
    </div>
  );
}
