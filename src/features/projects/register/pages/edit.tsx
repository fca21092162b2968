// Editing and creating a project: one form for both. Sends only what was changed, upon the version that was read; when somebody else
// was quicker, a dialog shows both. Nothing that was typed is lost.
import { useState } from 'react';
import Type from 'typebox';
import { useRead, useRun } from '../../../../web/client.ts';
import { Field, FieldGroup, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useFormat } from '../../../../web/format.ts';
import { newId } from '../../../../web/ids.ts';
import { useT } from '../../../../web/i18n.ts';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useGo, usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { createProject, editProject, getProject, projectChoices, type ProjectRecord } from '../contract.ts';
import { MAX_FEN } from '../fields.ts';
import { changesIn, FormValues, ProjectFields, settled, startOf, wordsFor } from './fields.tsx';
import './register.css';

export function EditPage() {
  const { id = '' } = usePath();
  const project = useRead(getProject, { id });
  if (project.data !== undefined) return <EditForm key={id} project={project.data} />;
  return project.error === undefined ? <Loading kind="record" /> : <Problem error={project.error} onRetry={project.again} />;
}

function EditForm({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const format = useFormat();
  const go = useGo();
  const choices = useRead(projectChoices, {});
  const edit = useRun(editProject);
  const form = useForm({
    id: `projects.edit:${project.id}`, schema: FormValues, start: startOf(project), version: project.version, words: wordsFor(t, format, choices.data),
    send: async (values, version) => edit.run({ id: project.id, ...changesIn(values, project) }, version === undefined ? {} : { version }),
    onDone: () => {
      toast({ text: t('form.saved') });
      go(`/projects/${project.id}`);
    },
  });
  return (
    <div className="formpage">
      <PageHead title={t('form.edit', { name: project.name })} crumbs={<Crumbs crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, { label: project.name, href: `/projects/${project.id}` }, { label: t('act.edit') }]} />} />
      <Form form={form} submit={t('form.save')} onCancel={() => go(`/projects/${project.id}`)} columns={2}>
        <div className="wide stack"><ProjectFields form={form} choices={choices.data} /></div>
      </Form>
    </div>
  );
}

const NewValues = Type.Object({
  ...FormValues.properties,
  planFen: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_FEN })),
  target: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
}, { additionalProperties: false });

export function NewPage() {
  const t = useT('projects');
  const format = useFormat();
  const go = useGo();
  const { today } = useSession();
  const year = Number(today.slice(0, 4));
  const choices = useRead(projectChoices, {});
  const create = useRun(createProject);
  const [id] = useState(newId);
  const form = useForm({
    id: 'projects.create', schema: NewValues, start: { kind: 'enterprise', listYear: year, inStatistics: false },
    words: { ...wordsFor(t, format, choices.data), planFen: { label: t('form.planOf', { year }) }, target: { label: t('form.targetOf', { year }) } },
    send: async ({ name, ...values }) => create.run({ ...settled(values), id, name }),
    onDone: (made) => {
      toast({ text: t('form.created', { seq: made.seq }) });
      go(`/projects/${made.id}`);
    },
  });
  return (
    <div className="formpage">
      <PageHead title={t('web:page.projects.new')} small={t('form.newHint')} crumbs={<Crumbs crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, { label: t('web:page.projects.new') }]} />} />
      <Form form={form} submit={t('form.create')} onCancel={() => go('/projects')} columns={2}>
        <div className="wide stack">
          <ProjectFields form={form} choices={choices.data} />
          <FieldGroup title={t('form.yearOf', { year })}>
            <Field form={form} name="planFen">{(p) => <MoneyInput {...p} unit="wan" />}</Field>
            <Field form={form} name="target" wide>{(p) => <TextArea {...p} rows={2} />}</Field>
          </FieldGroup>
        </div>
      </Form>
    </div>
  );
}
