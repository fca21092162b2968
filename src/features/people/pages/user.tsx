// One person: who he is, what he may do, whether he can sign in; and what an administrator does about it.
import { useState } from 'react';
import Type from 'typebox';
import { useRead, useRun } from '../../../web/client.ts';
import { Field, Form } from '../../../web/form/form.tsx';
import { useForm } from '../../../web/form/state.ts';
import { useFormat } from '../../../web/format.ts';
import { useT } from '../../../web/i18n.ts';
import { OrgPicker } from '../../../web/inputs/people.tsx';
import { MultiSelect } from '../../../web/inputs/select.tsx';
import { TextInput } from '../../../web/inputs/text.tsx';
import { Button } from '../../../web/parts/button.tsx';
import { confirm } from '../../../web/parts/confirm.tsx';
import { Drawer } from '../../../web/parts/dialog.tsx';
import { Facts } from '../../../web/parts/facts.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Record } from '../../../web/parts/record.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import { usePath } from '../../../web/router.tsx';
import { useSession } from '../../../web/session.tsx';
import type { OutputOf } from '../../../kernel/contract.ts';
import { listRoles } from '../roles/contract.ts';
import { disableUser, editUser, enableUser, getUser, resetPassword } from '../users/contract.ts';
import { chainsIn, chainsText } from './chains.ts';
import { SecretDialog, type Shown } from './secret.tsx';
import { UserState } from './users.tsx';
import './people.css';

type User = OutputOf<typeof getUser>;

export function UserPage() {
  const { id = '' } = usePath();
  const read = useRead(getUser, { id });
  if (read.error !== undefined && read.data === undefined) return <Problem error={read.error} onRetry={read.again} />;
  if (read.data === undefined) return <Loading kind="record" />;
  return <UserRecord user={read.data} />;
}

function UserRecord({ user }: { readonly user: User }) {
  const t = useT('people');
  const format = useFormat();
  const { can, user: self } = useSession();
  const [editing, setEditing] = useState(false);
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  const told = { touches: ['people.'] as const, onDone: () => toast({ text: t('saved') }) };
  const disable = useRun(disableUser, told);
  const enable = useRun(enableUser, told);
  const reset = useRun(resetPassword, {
    touches: ['people.'],
    onDone: (output) => setShown({ title: t('user.newPassword', { name: user.name }), say: t('users.createdSay', { login: user.login }), secret: output.password ?? '' }),
  });
  const other = can('people.manage') && user.id !== self.id;
  const askReset = async (): Promise<void> => {
    if ((await confirm({ title: t('user.resetTitle', { name: user.name }), text: t('user.resetSay'), act: t('user.reset') })) !== undefined) reset.go({ id: user.id });
  };
  const askDisable = async (): Promise<void> => {
    if ((await confirm({ title: t('user.disableTitle', { name: user.name }), text: t('user.disableSay'), act: t('user.disable'), danger: true })) !== undefined) disable.go({ id: user.id }, { version: user.version });
  };
  const problem = disable.error ?? enable.error ?? reset.error;
  return (
    <Record
      crumbs={[{ label: t('web:page.people.users'), href: '/admin/users' }]}
      title={user.name}
      state={<UserState user={user} />}
      say={user.lockedUntil === null ? undefined : t('user.lockedSay', { at: format.instant(user.lockedUntil) })}
      actions={can('people.manage') && (
        <>
          {other && user.active && <Button busy={disable.running} onClick={() => void askDisable()}>{t('user.disable')}</Button>}
          {other && !user.active && <Button busy={enable.running} onClick={() => enable.go({ id: user.id }, { version: user.version })}>{t('user.enable')}</Button>}
          {other && user.active && !user.demo && <Button busy={reset.running} onClick={() => void askReset()}>{t('user.reset')}</Button>}
          <Button kind="main" onClick={() => setEditing(true)}>{t('user.edit')}</Button>
        </>
      )}
    >
      {problem !== undefined && <Problem small error={problem} />}
      <div className="card pad">
        <Facts facts={[
          { label: t('field.login'), value: user.login },
          { label: t('field.organisation'), value: user.orgName },
          { label: t('field.roles'), value: user.roles.map((role) => role.name).join(t('web:listComma')) },
          { label: t('field.phone'), value: user.phone },
          ...(user.chains.length > 0 ? [{ label: t('field.chains'), value: chainsText(user.chains) }] : []),
          { label: t('field.language'), value: t(`language.${user.locale}`) },
          { label: t('field.seen'), value: user.lastSeenAt === null ? t('users.never') : format.instant(user.lastSeenAt) },
          { label: t('user.sessions'), value: t('user.sessionCount', { count: user.sessions }) },
          ...(user.tokens > 0 ? [{ label: t('web:page.people.tokens'), value: t('user.tokenCount', { count: user.tokens }) }] : []),
        ]} />
      </div>
      {editing && <EditUser user={user} onClose={() => setEditing(false)} />}
      <SecretDialog shown={shown} onClose={() => setShown(undefined)} />
    </Record>
  );
}

const Values = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60 }), login: Type.String({ pattern: '^[^\\s]{2,60}$' }), orgId: Type.String(), roleIds: Type.Array(Type.String()),
  phone: Type.Optional(Type.String({ maxLength: 40, pattern: '^[0-9+() -]*$' })), chains: Type.Optional(Type.String({ maxLength: 500 })),
});

function EditUser({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const t = useT('people');
  const { user: self } = useSession();
  const own = user.id === self.id;
  const roles = useRead(listRoles, {});
  const edit = useRun(editUser, { touches: ['people.'] });
  const roleNames = (value: unknown): string => (Array.isArray(value) ? value.map((id) => roles.data?.items.find((role) => role.id === id)?.name ?? '').join(t('web:listComma')) : '');
  const form = useForm({
    id: undefined,
    schema: Values,
    start: {
      name: user.name, login: user.login, orgId: user.orgId, roleIds: user.roles.map((role) => role.id), ...(user.phone === null ? {} : { phone: user.phone }),
      ...(user.chains.length === 0 ? {} : { chains: chainsText(user.chains) }),
    },
    version: user.version,
    words: {
      name: { label: t('field.person') }, login: { label: t('field.login') }, orgId: { label: t('field.organisation') }, roleIds: { label: t('field.roles'), show: roleNames },
      phone: { label: t('field.phone') }, chains: { label: t('field.chains'), hint: t('hint.chains') },
    },
    theirs: (current) => theirs(current),
    send: async ({ phone, chains, roleIds, ...values }, version) => edit.run(
      { id: user.id, ...values, phone: phone ?? null, ...(own ? {} : { roleIds, chains: chainsIn(chains) }) }, version === undefined ? {} : { version },
    ),
    onDone: () => {
      toast({ text: t('saved') });
      onClose();
    },
  });
  const chief = (roles.data?.items ?? []).some((role) => role.scope === 'chain' && (form.values.roleIds ?? []).includes(role.id));
  return (
    <Drawer open onClose={onClose} title={user.name}>
      <Form form={form} submit={t('web:save')} onCancel={onClose}>
        <Field form={form} name="name">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="login">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="orgId">{(p) => <OrgPicker {...p} clearable={false} shown={form.values.orgId === user.orgId ? user.orgName : ''} />}</Field>
        {!own && <Field form={form} name="roleIds">{(p) => <MultiSelect {...p} onChange={(value) => p.onChange(value === undefined ? undefined : [...value])} options={(roles.data?.items ?? []).filter((role) => role.active).map((role) => ({ value: role.id, label: role.name, hint: t(`scope.${role.scope}`) }))} />}</Field>}
        {!own && chief && <Field form={form} name="chains">{(p) => <TextInput {...p} />}</Field>}
        <Field form={form} name="phone">{(p) => <TextInput {...p} type="tel" />}</Field>
      </Form>
      {own && <p className="two small">{t('user.ownSay')}</p>}
    </Drawer>
  );
}

/** What another administrator saved meanwhile, in the form's own shapes. */
function theirs(current: unknown): { readonly values: Partial<{ name: string; login: string; orgId: string; roleIds: string[]; phone: string; chains: string }>; readonly version: number } {
  const now = typeof current === 'object' && current !== null ? current : {};
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(now, name);
    return typeof value === 'string' ? value : undefined;
  };
  const list = (name: string): string[] => {
    const value: unknown = Reflect.get(now, name);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  };
  const version: unknown = Reflect.get(now, 'version');
  const [name, login, orgId, phone] = [text('name'), text('login'), text('orgId'), text('phone')];
  return {
    values: {
      ...(name === undefined ? {} : { name }), ...(login === undefined ? {} : { login }), ...(orgId === undefined ? {} : { orgId }), ...(phone === undefined ? {} : { phone }),
      roleIds: list('roleIds'), ...(list('chains').length === 0 ? {} : { chains: chainsText(list('chains')) }),
    },
    version: typeof version === 'number' ? version : 0,
  };
}
