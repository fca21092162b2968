// Raising a problem in under a minute: one sentence, the kind suggested from its words, project or enterprise, photos. On the page, in a dialog on a
// project's record, a phone's page or a meeting. What was typed stays in this browser until it was sent.
import Type, { type Static } from 'typebox';
import { useEffect, useState } from 'react';
import type { InputOf, OutputOf } from '../../../../kernel/contract.ts';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm, type FormState } from '../../../../web/form/state.ts';
import { useLang, useT, type T } from '../../../../web/i18n.ts';
import { CheckInput, ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { useSession } from '../../../../web/session.tsx';
import { words } from '../../../people/fields.ts';
import { SEVERITIES, SOURCES } from '../../life/steps.ts';
import { raise, Title } from '../contract.ts';
import { suggested } from '../kinds.ts';
import { FilesInput, StoredFiles } from './filesinput.tsx';
import { ProjectPicker } from './pickers.tsx';
import { Similar } from './similar.tsx';
import { kindName, useKinds, type KindOut } from './say.ts';
import './pool.css';

const WAYS = ['desk', 'direct', 'keep'] as const;
const Values = Type.Object({
  title: Title, ask: Type.Optional(Type.String({ maxLength: 4000 })), kind: Type.String({ minLength: 1, maxLength: 40 }), severity: words(SEVERITIES),
  projectId: Type.Optional(Type.String()), enterpriseId: Type.Optional(Type.String()), to: words(WAYS), toOrgId: Type.Optional(Type.String()),
  contactName: Type.Optional(Type.String({ maxLength: 60 })), contactPhone: Type.Optional(Type.String({ maxLength: 40 })), source: Type.Optional(words(SOURCES)), complaint: Type.Optional(Type.Boolean()),
  files: Type.Optional(StoredFiles),
}, { additionalProperties: false });
type Values = Static<typeof Values>;

export interface RaiseStart {
  readonly project?: { readonly id: string; readonly name: string };
  readonly enterprise?: { readonly id: string; readonly name: string };
  readonly source?: Values['source'];
  readonly title?: string;
}
export type Raised = OutputOf<typeof raise>;

export interface RaiseFormProps {
  readonly start: RaiseStart;
  readonly onDone: (raised: Raised) => void;
  readonly onCancel?: () => void;
}

export function RaiseForm({ start, onDone, onCancel }: RaiseFormProps) {
  const t = useT('problems');
  const { user, can } = useSession();
  const kinds = useKinds(useLang());
  const run = useRun(raise, { touches: ['problems.', 'projects.today', 'projects.beside'] });
  // The firm's own people speak for it.
  const firm = user.roles.includes('enterprise');
  const form = useForm({
    id: `problems.raise:${start.project?.id ?? start.enterprise?.id ?? ''}`, schema: Values,
    start: { to: 'desk', severity: 'ordinary', files: [], ...(start.project === undefined ? {} : { projectId: start.project.id }), ...(start.enterprise === undefined ? {} : { enterpriseId: start.enterprise.id }), ...(start.title === undefined ? {} : { title: start.title }), ...(start.source === undefined ? {} : { source: start.source }) },
    words: wordsOf(t, firm),
    check: (values) => lacking(values, firm, t),
    send: async (values) => run.run(inputOf(values)),
    onDone,
  });
  const suggestions = useSuggestions(form, kinds.all);
  return (
    <Form form={form} submit={t(form.values.to === 'direct' ? 'raise.sendTo' : 'raise.send')} columns={2} {...(onCancel === undefined ? {} : { onCancel })}>
      <Field form={form} name="title" wide>{(p) => <TextArea {...p} rows={2} maxLength={200} placeholder={t('raise.titleHint')} />}</Field>
      <Field form={form} name="ask" wide>{(p) => <TextArea {...p} rows={4} maxLength={4000} placeholder={t('raise.askHint')} />}</Field>
      <Field form={form} name="kind" hint={<Suggestions kinds={suggestions} chosen={form.values.kind} onChoose={(code) => form.set('kind', code)} />}>{(p) => <SelectInput {...p} options={kinds.all.filter((one) => !one.retired).map((one) => ({ value: one.code, label: kinds.nameOf(one.code) }))} />}</Field>
      <Field form={form} name="severity">{(p) => <ChoiceInput {...p} label={t('raise.field.severity')} onChange={(value) => form.set('severity', SEVERITIES.find((one) => one === value))} options={SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }))} />}</Field>
      <Field form={form} name="projectId" wide={firm}>{(p) => <ProjectPicker {...p} {...(start.project === undefined ? {} : { shown: start.project.name })} />}</Field>
      {!firm && <Field form={form} name="enterpriseId">{(p) => <OrgPicker {...p} kinds={['enterprise']} {...(start.enterprise === undefined ? {} : { shown: start.enterprise.name })} />}</Field>}
      <Similar title={form.values.title} ask={form.values.ask} projectId={form.values.projectId} enterpriseId={form.values.enterpriseId} />
      <Way form={form} kinds={kinds.all} />
      <Field form={form} name="files" wide>{(p) => <FilesInput {...p} say={t('raise.photos')} />}</Field>
      <details className="wide raisemore">
        <summary>{t('raise.more')}</summary>
        <div className="fields of2">
          <Field form={form} name="contactName">{(p) => <TextInput {...p} maxLength={60} />}</Field>
          <Field form={form} name="contactPhone">{(p) => <TextInput {...p} type="tel" maxLength={40} />}</Field>
          {(can('problems.desk') || can('problems.rule')) && <Field form={form} name="source">{(p) => <SelectInput {...p} clearable onChange={(value) => form.set('source', SOURCES.find((one) => one === value))} options={SOURCES.filter((one) => one !== 'automatic').map((one) => ({ value: one, label: t(`source.${one}`) }))} />}</Field>}
          <Field form={form} name="complaint">{(p) => <CheckInput {...p}>{t('raise.isComplaint')}</CheckInput>}</Field>
        </div>
      </details>
    </Form>
  );
}

function lacking(values: Partial<Values>, firm: boolean, t: T): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  if (values.projectId === undefined && values.enterpriseId === undefined && !firm) faults['projectId'] = t('raise.of');
  if (values.to === 'direct' && values.toOrgId === undefined) faults['toOrgId'] = t('web:form.fault.required');
  return faults;
}

function wordsOf(t: T, firm: boolean) {
  return {
    title: { label: t('raise.field.title') }, ask: { label: t('raise.field.ask') }, kind: { label: t('raise.field.kind') }, severity: { label: t('raise.field.severity') }, projectId: { label: t('raise.field.projectId'), ...(firm ? {} : { hint: t('raise.either') }) },
    enterpriseId: { label: t('raise.field.enterpriseId') }, to: { label: t('raise.field.to') }, toOrgId: { label: t('raise.field.toOrgId') }, contactName: { label: t('raise.field.contactName') },
    contactPhone: { label: t('raise.field.contactPhone') }, source: { label: t('raise.field.source'), hint: t('raise.sourceHint') }, complaint: { label: t('raise.field.complaint') }, files: { label: t('raise.field.files') },
  };
}

function inputOf({ projectId, to, toOrgId, files, ...values }: Values): InputOf<typeof raise> {
  return {
    ...values, ...(projectId === undefined ? {} : { projectIds: [projectId] }), ...(to === 'direct' && toOrgId !== undefined ? { toOrgId } : {}), ...(to === 'keep' ? { keep: true } : {}),
    ...(files === undefined || files.length === 0 ? {} : { files: files.map((file) => file.id) }),
  };
}

/** The kind follows the words until somebody has chosen one himself. */
function useSuggestions(form: FormState<Values>, kinds: readonly KindOut[]): readonly KindOut[] {
  const [followed, setFollowed] = useState<string | undefined>(undefined);
  const found = suggested(kinds, `${form.values.title ?? ''} ${form.values.ask ?? ''}`).flatMap((one) => kinds.filter((kind) => kind.code === one.code)).slice(0, 3);
  const best = found[0]?.code;
  const { kind } = form.values;
  useEffect(() => {
    if (best === undefined || best === kind || (kind !== undefined && kind !== followed)) return;
    setFollowed(best);
    form.set('kind', best);
  }, [best]); // eslint-disable-line react-hooks/exhaustive-deps
  return found;
}

function Suggestions({ kinds, chosen, onChoose }: { readonly kinds: readonly KindOut[]; readonly chosen: string | undefined; readonly onChoose: (code: string) => void }) {
  const t = useT('problems');
  const lang = useLang();
  if (kinds.length === 0) return null;
  return (
    <span className="suggestions">
      {t('raise.kindHint')}
      {kinds.map((kind) => <button key={kind.code} type="button" className="btn quiet small" aria-pressed={kind.code === chosen} onClick={() => onChoose(kind.code)}>{kindName(kind, lang)}</button>)}
    </span>
  );
}

/** Where it goes first: the desk, straight to an owner, or the commissioner keeps it. */
function Way({ form, kinds }: { readonly form: FormState<Values>; readonly kinds: readonly KindOut[] }) {
  const t = useT('problems');
  const { user, can } = useSession();
  const ways = WAYS.filter((way) => way === 'desk' || (way === 'direct' ? can('problems.desk') : user.roles.includes('commissioner') && can('problems.handle')));
  const usual = kinds.find((kind) => kind.code === form.values.kind);
  if (ways.length < 2) return null;
  return (
    <>
      <Field form={form} name="to" wide={form.values.to !== 'direct'}>
        {(p) => (
          <ChoiceInput
            {...p} label={t('raise.field.to')} options={ways.map((way) => ({ value: way, label: t(`raise.${way}`) }))}
            onChange={(value) => {
              form.set('to', WAYS.find((way) => way === value));
              if (value === 'direct' && form.values.toOrgId === undefined && usual !== undefined && usual.orgId !== null) form.set('toOrgId', usual.orgId);
            }}
          />
        )}
      </Field>
      {form.values.to === 'direct' && <Field form={form} name="toOrgId">{(p) => <OrgPicker {...p} kinds={['zone', 'department', 'town', 'park']} />}</Field>}
    </>
  );
}
