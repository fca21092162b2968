// A receiver entered or changed. Address and secret are only ever written: what is left empty stays as it is.
import { useState } from 'react';
import Type, { type Static } from 'typebox';
import { useRun } from '../../../web/client.ts';
import { Field, Form } from '../../../web/form/form.tsx';
import { useForm } from '../../../web/form/state.ts';
import { useT } from '../../../web/i18n.ts';
import { newId } from '../../../web/ids.ts';
import { ChoiceInput, ChoicesInput } from '../../../web/inputs/choice.tsx';
import { OrgPicker } from '../../../web/inputs/people.tsx';
import { TextInput } from '../../../web/inputs/text.tsx';
import { Drawer } from '../../../web/parts/dialog.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import { createReceiver, editReceiver } from '../delivery/contract.ts';
import { RECEIVER_KINDS, TOPICS } from '../fields.ts';
import type { Receiver } from './receivers.tsx';

const FIELDS = {
  kind: Type.String(), name: Type.String({ minLength: 1, maxLength: 80 }), orgId: Type.Optional(Type.String()), topics: Type.Array(Type.String(), { minItems: 1 }), language: Type.String(),
  secret: Type.Optional(Type.String({ minLength: 8, maxLength: 300 })),
} as const;
const Url = Type.String({ maxLength: 2000 });
const Changed = Type.Object({ ...FIELDS, url: Type.Optional(Url) });
const Edited = Type.Unsafe<Static<typeof Changed>>(Changed);
/** A new one needs its address; the field says so. */
const Made = Type.Unsafe<Static<typeof Changed>>(Type.Object({ ...FIELDS, url: Url }));

export function ReceiverForm({ receiver, onClose, onDone }: { readonly receiver: Receiver | undefined; readonly onClose: () => void; readonly onDone: (secret: string | undefined) => void }) {
  const t = useT('mailing');
  const create = useRun(createReceiver, { touches: ['notices'] });
  const edit = useRun(editReceiver, { touches: ['notices'] });
  const [id] = useState(newId);
  const form = useForm({
    id: undefined, schema: receiver === undefined ? Made : Edited,
    start: receiver === undefined ? { kind: 'wecom', topics: [...TOPICS].filter((topic) => topic !== 'notices'), language: 'zh-CN' } : { kind: receiver.kind, name: receiver.name, topics: receiver.topics, language: receiver.language, ...(receiver.orgId === null ? {} : { orgId: receiver.orgId }) },
    version: receiver?.version,
    words: {
      kind: { label: t('receivers.kind') }, name: { label: t('receivers.name'), hint: t('receivers.nameHint') }, orgId: { label: t('receivers.org'), hint: t('receivers.orgHint') }, topics: { label: t('receivers.topics') },
      language: { label: t('own.language') }, url: { label: t('receivers.url'), hint: receiver === undefined ? t('receivers.urlHint') : t('receivers.keptHint', { host: receiver.host }) },
      secret: { label: t('receivers.secret'), hint: receiver?.hasSecret === true ? t('receivers.secretKept') : t('receivers.secretHint') },
    },
    check: (values): Record<string, string> => (receiver === undefined && (values.url ?? '').trim() === '' ? { url: t('receivers.urlNeeded') } : {}),
    send: async (values, version): Promise<string | undefined> => {
      const parts = {
        name: values.name, orgId: values.orgId ?? null, topics: TOPICS.filter((topic) => values.topics.includes(topic)), language: values.language === 'en' ? 'en' as const : 'zh-CN' as const,
        ...(values.secret === undefined || values.secret === '' ? {} : { secret: values.secret }),
      };
      if (receiver === undefined) return (await create.run({ id, kind: RECEIVER_KINDS.find((kind) => kind === values.kind) ?? 'webhook', ...parts, url: values.url ?? '' })).secret;
      await edit.run({ id: receiver.id, ...parts, ...(values.url === undefined || values.url.trim() === '' ? {} : { url: values.url }) }, { version: Number(version) });
      return undefined;
    },
    onDone: (secret) => {
      toast({ text: t('receivers.saved') });
      onDone(secret);
    },
  });
  const kind = form.values.kind ?? 'wecom';
  return (
    <Drawer open onClose={onClose} title={receiver === undefined ? t('receivers.new') : receiver.name}>
      <Form form={form} submit={t('web:save')} onCancel={onClose}>
        {receiver === undefined && <Field form={form} name="kind">{(p) => <ChoiceInput {...p} options={RECEIVER_KINDS.map((one) => ({ value: one, label: t(`channel.${one}`) }))} />}</Field>}
        <Field form={form} name="name">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="orgId">{(p) => <OrgPicker {...p} clearable placeholder={t('receivers.whole')} />}</Field>
        <Field form={form} name="url">{(p) => <TextInput {...p} placeholder="https://" />}</Field>
        {kind !== 'wecom' && <Field form={form} name="secret">{(p) => <TextInput {...p} type="password" />}</Field>}
        <Field form={form} name="topics">{(p) => <ChoicesInput {...p} onChange={(next) => p.onChange(next === undefined ? undefined : [...next])} options={TOPICS.map((topic) => ({ value: topic, label: t(`notices:topic.${topic}`) }))} />}</Field>
        <Field form={form} name="language">{(p) => <ChoiceInput {...p} options={[{ value: 'zh-CN', label: t('language.zh') }, { value: 'en', label: t('language.en') }]} />}</Field>
      </Form>
    </Drawer>
  );
}
