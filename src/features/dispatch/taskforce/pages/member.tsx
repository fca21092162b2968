// Somebody joins a task force: a user of the zone, or a name, with what he does in it.
import { useState } from 'react';
import Type from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { newId } from '../../../../web/ids.ts';
import { useT } from '../../../../web/i18n.ts';
import { OrgPicker, UserPicker } from '../../../../web/inputs/people.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { addForceMember } from '../contract.ts';

const Values = Type.Object({
  userId: Type.Optional(Type.String()), name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })), orgId: Type.Optional(Type.String()), duty: Type.String({ minLength: 1, maxLength: 200 }),
}, { additionalProperties: false });

export function MemberDialog({ forceId, version, onClose }: { readonly forceId: string; readonly version: number; readonly onClose: () => void }) {
  const t = useT('taskforce');
  const add = useRun(addForceMember, { touches: ['dispatch.'] });
  const [memberId] = useState(newId);
  const form = useForm({
    id: undefined, schema: Values, start: {}, version,
    words: { userId: { label: t('member.user') }, name: { label: t('member.name'), hint: t('member.nameHint') }, orgId: { label: t('member.org') }, duty: { label: t('member.duty'), hint: t('member.dutyHint') } },
    check: (values) => (values.userId === undefined && values.name === undefined ? { name: t('member.missing') } : {}),
    send: (values, upon) => add.run({ id: forceId, member: { id: memberId, ...values } }, upon === undefined ? {} : { version: upon }), onDone: onClose,
  });
  return (
    <Dialog open title={t('force.add')} onClose={onClose}>
      <Form form={form} submit={t('force.add')} onCancel={onClose} columns={2}>
        <Field form={form} name="userId">{(p) => <UserPicker {...p} />}</Field>
        <Field form={form} name="name">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="orgId">{(p) => <OrgPicker {...p} />}</Field>
        <Field form={form} name="duty">{(p) => <TextInput {...p} />}</Field>
      </Form>
    </Dialog>
  );
}
