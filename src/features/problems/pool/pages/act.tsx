// The dialog of one step: what it must carry and nothing else. Where somebody else did something meanwhile, it says what, the page shows it, and
// nothing typed is lost.
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useRun, ProblemError } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm, type FormState } from '../../../../web/form/state.ts';
import { newId } from '../../../../web/ids.ts';
import { hasWords, useLang, useT, type T } from '../../../../web/i18n.ts';
import { CheckInput, ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { OrgPicker, UserPicker } from '../../../../web/inputs/people.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { problemOf } from '../../../../web/problem.ts';
import { useSession } from '../../../../web/session.tsx';
import { PAUSES, SEVERITIES } from '../../life/steps.ts';
import { ACTS, actsOf, fieldsOf, inputOf, schemaOf, startOf, type Act, type FieldName, type Values } from './acts.ts';
import { CoOwners } from './coowners.tsx';
import { FilesInput } from './filesinput.tsx';
import { Phrases } from './phrases.tsx';
import { ProblemPicker, ProjectPicker } from './pickers.tsx';
import { PolicyInput } from './policyinput.tsx';
import { useKinds, type One } from './say.ts';
import { sentence } from './told.tsx';
import { TOUCHES } from './touches.ts';
import './record.css';

const OWNERS = ['zone', 'department', 'town', 'park'] as const;

export function ActDialog({ one, step, onClose }: { readonly one: One; readonly step: string; readonly onClose: () => void }) {
  const act = ACTS[step];
  return act === undefined ? null : <Shown one={one} step={step} act={act} onClose={onClose} />;
}

function Shown({ one, step, act, onClose }: { readonly one: One; readonly step: string; readonly act: Act; readonly onClose: () => void }) {
  const t = useT('problem');
  const client = useQueryClient();
  const lang = useLang();
  const kinds = useKinds(lang);
  const run = useRun(act.contract, { touches: TOUCHES });
  // What had been done when the dialog was opened: whatever is newer was done by somebody else.
  const [seen] = useState(one.steps.length);
  const [newOne] = useState(newId);
  const schema = useMemo(() => schemaOf(act), [act]);
  const usual = kinds.all.find((kind) => kind.code === one.kind)?.orgId ?? undefined;
  const form = useForm({
    id: act.must.length === 0 || step === 'noted' ? undefined : `problems.${step}:${one.id}`, schema, words: wordsOf(step, t),
    start: startOf(one, step, usual),
    check: (values): Readonly<Record<string, string>> => (step === 'reclassified' && values.problemKind === undefined && values.policy === undefined && (values.severity ?? one.severity) === one.severity ? { problemKind: t('act.nothingChanged') } : {}),
    send: async (values) => {
      try {
        return await run.run(inputOf(one, step, values, newOne), { version: one.version });
      } catch (thrown) {
        const error = problemOf(thrown);
        if (error.status !== 412) throw error;
        // Read it anew, so that the second press is made upon what is shown.
        await client.invalidateQueries({ predicate: ({ queryKey: [name] }) => String(name).startsWith('problems.') });
        throw new ProblemError({ code: error.code, status: 409, title: t('act.stale'), detail: t('act.staleHint') });
      }
    },
    onDone: () => {
      toast({ text: t(`act.done.${step}`) });
      onClose();
    },
  });
  const newer = one.steps.slice(seen);
  const hint = hasWords(`problem:act.hint.${step}`) ? t(`act.hint.${step}`) : '';
  return (
    <Dialog open size="small" onClose={onClose} title={t(`act.title.${step}`)}>
      <div className="stack">
        <p className="two actabout"><b>{one.number}</b> {one.title}</p>
        {hint !== '' && <p className="two small">{hint}</p>}
        {newer.length > 0 && (
          <div className="notice" role="status">
            <p>{t('act.meanwhile')}</p>
            <ul>{newer.map((each) => <li key={each.seq}>{each.byName} {sentence(each, t, kinds.nameOf, lang)}</li>)}</ul>
            {!actsOf(one).includes(step) && <p className="tone-bad">{t('act.gone')}</p>}
          </div>
        )}
        <Form form={form} submit={t(`act.do.${step}`)} onCancel={onClose}>
          {fieldsOf(act).map((name) => <ActField key={name} name={name} form={form} one={one} step={step} />)}
        </Form>
      </div>
    </Dialog>
  );
}

function wordsOf(step: string, t: T) {
  const label = (name: FieldName): { label: string; hint?: string } => ({ label: t(hasWords(`problem:act.label.${step}.${name}`) ? `act.label.${step}.${name}` : `act.field.${name}`) });
  return {
    toOrgId: label('toOrgId'), toUserId: label('toUserId'), coOrgIds: label('coOrgIds'), kind: label('kind'), problemKind: label('problemKind'), severity: label('severity'), text: label('text'), note: label('note'), reason: label('reason'),
    untilDay: { ...label('untilDay'), hint: t('act.untilHint') }, forMeeting: label('forMeeting'), files: label('files'),
    into: label('into'), projectId: label('projectId'), served: label('served'), policy: { ...label('policy'), hint: t('act.policyHint') }, title: label('title'), ask: label('ask'), measure: label('measure'), criterion: label('criterion'), contactName: label('contactName'), contactPhone: label('contactPhone'),
  };
}

function ActField({ name, form, one, step }: { readonly name: FieldName; readonly form: FormState<Values>; readonly one: One; readonly step: string }) {
  const t = useT('problem');
  const { today } = useSession();
  const kinds = useKinds(useLang());
  switch (name) {
    case 'toOrgId': return <Field form={form} name="toOrgId">{(p) => <OrgPicker {...p} kinds={[...OWNERS]} onChange={(value) => { form.set('toOrgId', value); form.set('toUserId', undefined); }} />}</Field>;
    case 'toUserId': return form.values.toOrgId === undefined ? null : <Field form={form} name="toUserId">{(p) => <UserPicker {...p} orgId={form.values.toOrgId ?? ''} />}</Field>;
    case 'coOrgIds': return <Field form={form} name="coOrgIds">{(p) => <CoOwners {...p} />}</Field>;
    case 'kind': return <Field form={form} name="kind">{(p) => <ChoiceInput {...p} label={t('act.field.kind')} onChange={(value) => form.set('kind', PAUSES.find((each) => each === value))} options={PAUSES.map((each) => ({ value: each, label: t(`act.pause.${each}`) }))} />}</Field>;
    case 'problemKind': return <Field form={form} name="problemKind">{(p) => <SelectInput {...p} clearable placeholder={kinds.nameOf(one.kind)} options={kinds.all.filter((kind) => !kind.retired && kind.code !== one.kind).map((kind) => ({ value: kind.code, label: kinds.nameOf(kind.code) }))} />}</Field>;
    case 'severity': return <Field form={form} name="severity">{(p) => <ChoiceInput {...p} value={p.value ?? one.severity} label={t('act.field.severity')} onChange={(value) => form.set('severity', SEVERITIES.find((each) => each === value))} options={SEVERITIES.map((each) => ({ value: each, label: t(`problems:severity.${each}`) }))} />}</Field>;
    case 'policy': return <Field form={form} name="policy">{(p) => <PolicyInput {...p} one={one} />}</Field>;
    case 'text': return (
      <>
        <Field form={form} name="text">{(p) => <TextArea {...p} rows={4} maxLength={4000} placeholder={hasWords(`problem:act.place.${step}`) ? t(`act.place.${step}`) : ''} />}</Field>
        {step === 'replied' && <Phrases kind={one.kind} onChoose={(text) => form.set('text', [form.values.text?.trim() ?? '', text].filter((part) => part !== '').join('\n'))} />}
      </>
    );
    case 'note': return <Field form={form} name="note">{(p) => <TextArea {...p} rows={2} maxLength={1000} />}</Field>;
    case 'reason': return <Field form={form} name="reason">{(p) => <TextArea {...p} rows={3} maxLength={1000} />}</Field>;
    case 'untilDay': return <Field form={form} name="untilDay">{(p) => <DayInput {...p} today={today} min={today} />}</Field>;
    case 'forMeeting': return <Field form={form} name="forMeeting">{(p) => <CheckInput {...p}>{t('act.forMeeting')}</CheckInput>}</Field>;
    case 'files': return <Field form={form} name="files">{(p) => <FilesInput {...p} say={t('act.photos')} />}</Field>;
    case 'into': return <Field form={form} name="into">{(p) => <ProblemPicker {...p} problemId={one.id} />}</Field>;
    case 'served': return <Field form={form} name="served">{(p) => <SelectInput {...p} options={one.projects.map((each) => ({ value: each.id, label: each.name }))} />}</Field>;
    case 'projectId': return <Field form={form} name="projectId">{(p) => <ProjectPicker {...p} />}</Field>;
    case 'title': return <Field form={form} name="title">{(p) => <TextArea {...p} rows={2} maxLength={200} />}</Field>;
    case 'ask': case 'measure': case 'criterion': return <Field form={form} name={name}>{(p) => <TextArea {...p} rows={3} maxLength={name === 'criterion' ? 1000 : name === 'measure' ? 2000 : 4000} />}</Field>;
    case 'contactName': case 'contactPhone': return <Field form={form} name={name}>{(p) => <TextInput {...p} type={name === 'contactPhone' ? 'tel' : 'text'} maxLength={name === 'contactName' ? 60 : 40} />}</Field>;
    default: return name satisfies never;
  }
}
