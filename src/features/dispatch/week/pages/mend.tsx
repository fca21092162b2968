// Mending the words of a visit; what stood there before is kept.
import Type from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useT } from '../../../../web/i18n.ts';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { correctVisit } from '../contract.ts';
import type { OneVisit } from './visit.tsx';

const text = (most: number) => Type.Optional(Type.String({ minLength: 1, maxLength: most }));
const Values = Type.Object({ place: text(200), participants: text(1000), policies: text(2000), said: text(4000), reason: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false });

export function MendDialog({ data, onClose }: { readonly data: OneVisit; readonly onClose: () => void }) {
  const t = useT('taskforce');
  const mend = useRun(correctVisit, { touches: ['dispatch.'] });
  const given = (name: string, value: string | null): Record<string, string> => (value === null ? {} : { [name]: value });
  const form = useForm({
    id: undefined, schema: Values, start: { ...given('place', data.visit.place), ...given('participants', data.participants), ...given('policies', data.policies), ...given('said', data.said) }, version: data.visit.version,
    words: { place: { label: t('visits.place') }, participants: { label: t('visit.participants') }, policies: { label: t('visit.policies') }, said: { label: t('visit.said') }, reason: { label: t('reason') } },
    send: ({ reason, place, participants, policies, said }, version) => mend.run({ id: data.visit.id, place: place ?? null, participants: participants ?? null, policies: policies ?? null, said: said ?? null, reason }, version === undefined ? {} : { version }),
    onDone: onClose,
  });
  return (
    <Dialog open title={t('visit.mend')} onClose={onClose}>
      <Form form={form} submit={t('web:save')} onCancel={onClose}>
        <Field form={form} name="place" wide>{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="participants" wide>{(p) => <TextArea {...p} rows={2} />}</Field>
        <Field form={form} name="policies" wide>{(p) => <TextArea {...p} rows={2} />}</Field>
        <Field form={form} name="said" wide>{(p) => <TextArea {...p} rows={4} />}</Field>
        <Field form={form} name="reason" wide>{(p) => <TextInput {...p} />}</Field>
      </Form>
    </Dialog>
  );
}
