// Planning a visit, or recording one that was made: whom, when, where, who was there, what was said and delivered, what was raised.
import { useState } from 'react';
import Type from 'typebox';
import { useUrlState } from '../../../../web/address.ts';
import { read, useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { newId } from '../../../../web/ids.ts';
import { useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import { Picker } from '../../../../web/inputs/picker.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { useGo } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listProjects } from '../../../projects/register/contract.ts';
import { KINDS, planVisit, recordVisit } from '../contract.ts';
import './visit.css';

const text = (most: number) => Type.Optional(Type.String({ minLength: 1, maxLength: most }));
const Values = Type.Object({
  kind: Type.Enum(KINDS), projectId: Type.Optional(Type.String()), orgId: Type.Optional(Type.String()), day: Type.String({ minLength: 10 }), place: text(200), participants: text(1000), policies: text(2000), said: text(4000), problems: text(4000),
}, { additionalProperties: false });

export function VisitingPage() {
  const t = useT('taskforce');
  const { today } = useSession();
  const go = useGo();
  const [state, set] = useUrlState({ as: 'record', project: '', org: '', planned: '', kind: 'visit' });
  const [id] = useState(newId);
  const [photos, setPhotos] = useState<readonly { readonly sha: string; readonly name: string }[]>([]);
  const made = state.as !== 'plan';
  const plan = useRun(planVisit, { touches: ['dispatch.', 'projects.today'] });
  const record = useRun(recordVisit, { touches: ['dispatch.', 'projects.today', 'problems.'] });
  const form = useForm({
    id: `dispatch.visit:${state.planned}`, schema: Values, start: { kind: KINDS.find((one) => one === state.kind) ?? 'visit', day: today, ...(state.project === '' ? {} : { projectId: state.project }), ...(state.org === '' ? {} : { orgId: state.org }) },
    words: {
      kind: { label: t('visits.kind') }, projectId: { label: t('visit.project') }, orgId: { label: t('visit.enterprise') }, day: { label: t('visits.day') }, place: { label: t('visits.place') }, participants: { label: t('visit.participants') },
      policies: { label: t('visit.policies') }, said: { label: t('visit.said') }, problems: { label: t('visit.problems'), hint: t('visit.problemsHint') },
    },
    check: (values) => (values.projectId === undefined && values.orgId === undefined ? { projectId: t('visit.whomMissing') } : {}),
    send: ({ problems, ...values }) => (made
      ? record.run({ id, ...values, ...(state.planned === '' ? {} : { plannedId: state.planned }), photos: [...photos], problems: linesOf(problems) })
      : plan.run({ id, kind: values.kind, day: values.day, ...(values.projectId === undefined ? {} : { projectId: values.projectId }), ...(values.orgId === undefined ? {} : { orgId: values.orgId }) })),
    onDone: (done) => go(`/dispatch/visits/${done.id}`),
  });
  return (
    <div className="visitform">
      <PageHead title={t(made ? 'visit.record' : 'visit.plan')} />
      {state.planned === '' && <Tabs label={t('visits.new')} here={made ? 'record' : 'plan'} onGo={(as) => set({ as })} tabs={[{ id: 'record', label: t('visit.record') }, { id: 'plan', label: t('visit.plan') }]} />}
      <Form form={form} submit={t(made ? 'visit.keep' : 'visit.plan')} columns={2}>
        <Field form={form} name="kind">{(p) => <SelectInput {...p} onChange={(next) => p.onChange(KINDS.find((one) => one === next))} options={KINDS.map((value) => ({ value, label: t(`visitKind.${value}`) }))} />}</Field>
        <Field form={form} name="day">{(p) => <DayInput {...p} today={today} {...(made ? { max: today } : { min: today })} />}</Field>
        <Field form={form} name="projectId">{(p) => <Picker {...p} name="visitprojects" load={async (q) => (await read(listProjects, { limit: 20, ...(q === '' ? {} : { q }) })).items.map((one) => ({ value: one.id, label: one.name }))} />}</Field>
        <Field form={form} name="orgId">{(p) => <OrgPicker {...p} kinds={['enterprise']} />}</Field>
        {made && <>
          <Field form={form} name="place" wide>{(p) => <TextInput {...p} />}</Field>
          <Field form={form} name="participants" wide>{(p) => <TextInput {...p} />}</Field>
          <Field form={form} name="said" wide>{(p) => <TextArea {...p} rows={4} />}</Field>
          <Field form={form} name="policies" wide>{(p) => <TextArea {...p} rows={2} />}</Field>
          <Field form={form} name="problems" wide>{(p) => <TextArea {...p} rows={3} />}</Field>
          <div className="wide"><FileDrop photos multiple accept="image/*" onStored={(file) => setPhotos((all) => [...all, { sha: file.id, name: file.name }].slice(0, 9))} />{photos.length > 0 && <p className="two small">{t('visits.photos', { count: photos.length })}</p>}</div>
        </>}
      </Form>
    </div>
  );
}

/** One problem a line. */
function linesOf(problems: string | undefined): string[] {
  return (problems ?? '').split('\n').map((line) => line.trim().slice(0, 500)).filter((line) => line !== '').slice(0, 10);
}
