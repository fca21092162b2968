// Forming a task force, or changing who leads it and which projects it serves.
import { useState } from 'react';
import Type from 'typebox';
import { useUrlState } from '../../../../web/address.ts';
import { read, useRead, useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { newId } from '../../../../web/ids.ts';
import { useT } from '../../../../web/i18n.ts';
import { OrgPicker, UserPicker } from '../../../../web/inputs/people.tsx';
import { Picker } from '../../../../web/inputs/picker.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useGo, usePath } from '../../../../web/router.tsx';
import { editTaskforce, formTaskforce, listAssignments, readTaskforce } from '../contract.ts';
import './taskforce.css';

interface Chosen { readonly id: string; readonly name: string }

export function NewForcePage() {
  const [{ project, name }] = useUrlState({ project: '', name: '' });
  return <ForceForm id={undefined} version={undefined} start={{}} chosen={project === '' ? [] : [{ id: project, name }]} />;
}

export function EditForcePage() {
  const { id = '' } = usePath();
  const force = useRead(readTaskforce, { id });
  if (force.data === undefined) return force.error === undefined ? <Loading kind="record" /> : <Problem error={force.error} onRetry={force.again} />;
  const { force: head, leaderId, leadOrgId, note, version, projects } = force.data;
  const start = { name: head.name, ...part('leaderId', leaderId), ...(leaderId === null ? part('leaderName', head.leaderName) : {}), ...part('leadOrgId', leadOrgId), ...part('headName', head.headName), ...part('note', note) };
  return <ForceForm key={version} id={id} version={version} start={start} chosen={projects.filter((one) => one.toDay === null)} />;
}

const part = (name: string, value: string | null): Record<string, string> => (value === null ? {} : { [name]: value });
const Values = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }), leaderId: Type.Optional(Type.String()), leaderName: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })), leadOrgId: Type.Optional(Type.String()),
  headName: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })), note: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
}, { additionalProperties: false });

function ForceForm({ id, version, start, chosen }: { readonly id: string | undefined; readonly version: number | undefined; readonly start: Partial<Type.Static<typeof Values>>; readonly chosen: readonly Chosen[] }) {
  const t = useT('taskforce');
  const go = useGo();
  const [own] = useState(() => id ?? newId());
  const [projects, setProjects] = useState<readonly Chosen[]>(chosen);
  const form_ = useRun(formTaskforce, { touches: ['dispatch.'] });
  const edit = useRun(editTaskforce, { touches: ['dispatch.'] });
  const form = useForm({
    id: `dispatch.taskforce:${id ?? 'new'}`, schema: Values, start, version,
    words: { name: { label: t('force.name') }, leaderId: { label: t('force.leaderUser') }, leaderName: { label: t('force.leaderName'), hint: t('member.nameHint') }, leadOrgId: { label: t('force.leadOrg') }, headName: { label: t('force.head') }, note: { label: t('force.note') } },
    check: (values) => ({ ...(values.leaderId === undefined && values.leaderName === undefined ? { leaderName: t('force.leaderMissing') } : {}), ...(projects.length === 0 ? { name: t('force.projectMissing') } : {}) }),
    send: (values, upon) => {
      const input = { id: own, ...values, projectIds: projects.map((one) => one.id) };
      return id === undefined ? form_.run(input) : edit.run(input, upon === undefined ? {} : { version: upon });
    },
    onDone: () => go(`/dispatch/taskforces/${own}`),
  });
  return (
    <div className="tfform">
      <PageHead title={t(id === undefined ? 'forces.new' : 'force.edit')} />
      <Projects projects={projects} onChange={setProjects} />
      <Form form={form} submit={t(id === undefined ? 'force.form' : 'web:save')} columns={2}>
        <Field form={form} name="name" wide>{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="leaderId">{(p) => <UserPicker {...p} />}</Field>
        <Field form={form} name="leaderName">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="leadOrgId">{(p) => <OrgPicker {...p} />}</Field>
        <Field form={form} name="headName">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="note" wide>{(p) => <TextArea {...p} rows={3} />}</Field>
      </Form>
    </div>
  );
}

/** Key projects, chosen one after the other. */
function Projects({ projects, onChange }: { readonly projects: readonly Chosen[]; readonly onChange: (next: readonly Chosen[]) => void }) {
  const t = useT('taskforce');
  return (
    <div className="card pad tfprojects">
      <b>{t('force.chosen', { count: projects.length })}</b>
      <ul>{projects.map((one) => <li key={one.id} className="row"><span>{one.name}</span><span className="push"><Button small kind="quiet" onClick={() => onChange(projects.filter((other) => other.id !== one.id))}>{t('web:remove')}</Button></span></li>)}</ul>
      <Picker name="keyprojects" label={t('force.addProject')} placeholder={t('force.addProject')} value={undefined} onChange={() => undefined}
        onOption={(option) => { if (option !== undefined && !projects.some((one) => one.id === option.value)) onChange([...projects, { id: option.value, name: option.label }]); }}
        load={async (q) => (await read(listAssignments, { limit: 20, ...(q === '' ? {} : { q }) })).items.map((one) => ({ value: one.id, label: one.name, ...(one.commissionerName === null ? {} : { hint: one.commissionerName }) }))} />
    </div>
  );
}
