// Changing one's password; also the page that a first password leads to.
import Type from 'typebox';
import { queries, useRead, useRun } from '../client.ts';
import { Field, Form } from '../form/form.tsx';
import { useForm } from '../form/state.ts';
import { useT } from '../i18n.ts';
import { TextInput } from '../inputs/text.tsx';
import { changePassword, getSession } from '../../features/people/signin/contract.ts';
import { toast } from '../parts/toast.tsx';
import { useGo } from '../router.tsx';
import { EntryPage } from './entry.tsx';

const MIN_LENGTH = 10;
const Entry = Type.Object({ current: Type.String({ minLength: 1 }), next: Type.String({ minLength: MIN_LENGTH, maxLength: 200 }), again: Type.String({ minLength: 1 }) });

export function PasswordPage() {
  const t = useT('web');
  const go = useGo();
  const session = useRead(getSession, {});
  const change = useRun(changePassword, { touches: [] });
  const form = useForm({
    id: undefined,
    schema: Entry,
    start: {},
    words: {
      current: { label: t('account.current') },
      next: { label: t('account.next'), hint: t('account.nextHint', { n: MIN_LENGTH }) },
      again: { label: t('account.again') },
    },
    check: (values) => ({
      ...(values.again !== undefined && values.again !== values.next ? { again: t('account.differs') } : {}),
      ...(values.next !== undefined && values.next === values.current ? { next: t('account.same') } : {}),
    }),
    send: async ({ current, next }) => change.run({ current, next }),
    onDone: () => {
      queries.clear();
      toast({ text: t('account.changed') });
      go('/', { replace: true });
    },
  });
  const forced = session.data?.mustChangePassword === true;
  return (
    <EntryPage title={t('account.changePassword')} say={t(forced ? 'account.first' : 'account.changeSay')}>
      <Form form={form} submit={t('account.changePassword')} {...(forced ? {} : { onCancel: () => go('/') })}>
        <Field form={form} name="current">{(p) => <TextInput {...p} type="password" autoComplete="current-password" />}</Field>
        <Field form={form} name="next">{(p) => <TextInput {...p} type="password" autoComplete="new-password" />}</Field>
        <Field form={form} name="again">{(p) => <TextInput {...p} type="password" autoComplete="new-password" />}</Field>
      </Form>
    </EntryPage>
  );
}
