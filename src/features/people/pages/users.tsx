// The list of people with filters, and the form for a new one.
import { useMemo, useState } from 'react';
import Type from 'typebox';
import { useReadPages, useRead, useRun } from '../../../web/client.ts';
import { Field, Form } from '../../../web/form/form.tsx';
import { useForm } from '../../../web/form/state.ts';
import { useFormat } from '../../../web/format.ts';
import { useT } from '../../../web/i18n.ts';
import { newId } from '../../../web/ids.ts';
import { OrgPicker } from '../../../web/inputs/people.tsx';
import { MultiSelect } from '../../../web/inputs/select.tsx';
import { TextInput } from '../../../web/inputs/text.tsx';
import { inputFor } from '../../../web/ledger/input.ts';
import { Ledger } from '../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../web/ledger/state.ts';
import type { Column, Filter } from '../../../web/ledger/types.ts';
import { Button } from '../../../web/parts/button.tsx';
import { Drawer } from '../../../web/parts/dialog.tsx';
import { PageHead } from '../../../web/parts/page.tsx';
import { State } from '../../../web/parts/state.tsx';
import { useGo } from '../../../web/router.tsx';
import { useSession } from '../../../web/session.tsx';
import type { OutputOf } from '../../../kernel/contract.ts';
import { listOrganisations } from '../organisations/contract.ts';
import { listRoles } from '../roles/contract.ts';
import { createUser, listUsers } from '../users/contract.ts';
import { chainsIn } from './chains.ts';
import { SecretDialog, type Shown } from './secret.tsx';
import './people.css';

type User = OutputOf<typeof listUsers>['items'][number];

export function UsersPage() {
  const t = useT('people');
  const format = useFormat();
  const { today, can } = useSession();
  const roles = useRead(listRoles, {});
  const bodies = useRead(listOrganisations, { kinds: ['zone', 'department', 'town', 'park'], limit: 500 });
  const [creating, setCreating] = useState(false);
  const filters = useMemo<Filter[]>(() => [
    { kind: 'text', id: 'q', say: t('users.findSay'), any: t('users.findAny'), placeholder: t('users.find') },
    { kind: 'many', id: 'role', say: t('users.roleSay'), any: t('users.roleAny'), options: (roles.data?.items ?? []).map((role) => ({ value: role.code, label: role.name, hint: String(role.users) })) },
    { kind: 'one', id: 'orgId', say: t('users.orgSay'), any: t('users.orgAny'), options: (bodies.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })) },
    { kind: 'one', id: 'active', say: t('users.activeSay'), any: t('users.activeAny'), rare: true, options: [{ value: 'true', label: t('users.inUse') }, { value: 'false', label: t('users.disabled') }] },
  ], [t, roles.data, bodies.data]);
  const columns = useMemo<Column<User>[]>(() => [
    { id: 'name', title: t('field.person'), width: 160, pinned: true, card: 'title', cell: (user) => user.name },
    { id: 'login', title: t('field.login'), width: 150, cell: (user) => <span className="two">{user.login}</span> },
    { id: 'roles', title: t('field.roles'), width: 180, cell: (user) => user.roles.map((role) => role.name).join(t('web:listComma')) || <span className="dim">{t('users.noRole')}</span> },
    { id: 'org', title: t('field.organisation'), width: 220, grow: true, cell: (user) => user.orgName },
    { id: 'phone', title: t('field.phone'), width: 130, off: true, card: 'none', cell: (user) => user.phone ?? '' },
    { id: 'seen', title: t('field.seen'), width: 150, cell: (user) => (user.lastSeenAt === null ? <span className="dim">{t('users.never')}</span> : <span className="two">{format.instant(user.lastSeenAt)}</span>) },
    { id: 'state', title: t('field.state'), width: 130, card: 'state', cell: (user) => <UserState user={user} /> },
  ], [t, format]);
  const ledger = useLedger<User>({ id: 'people.users', filters, columns, sort: '' });
  const list = useReadPages(listUsers, { ...inputFor(listUsers.input, ledger), limit: 60 });
  return (
    <>
      <PageHead title={t('users.title')} {...(list.first === undefined ? {} : { small: t('users.count', { count: format.count(list.first.total) }) })}
        actions={can('people.manage') && <Button kind="main" onClick={() => setCreating(true)}>{t('users.new')}</Button>} />
      <Ledger ledger={ledger} pages={list} keyOf={(user) => user.id} hrefOf={(user) => `/admin/users/${user.id}`} today={today} title={t('users.title')} {...(list.first === undefined ? {} : { total: list.first.total })} />
      {creating && <NewUser onClose={() => setCreating(false)} />}
    </>
  );
}

export function UserState({ user }: { readonly user: Pick<User, 'active' | 'lockedUntil' | 'mustChange' | 'demo'> }) {
  const t = useT('people');
  if (!user.active) return <State tone="off" word={t('users.disabled')} />;
  if (user.lockedUntil !== null) return <State tone="late" word={t('users.locked')} />;
  if (user.mustChange) return <State tone="warn" word={t('users.firstPassword')} />;
  return <State tone="ok" word={t(user.demo ? 'users.demo' : 'users.inUse')} />;
}

const Values = Type.Object({
  name: createUser.input.properties.name, login: createUser.input.properties.login, orgId: createUser.input.properties.orgId, roleIds: createUser.input.properties.roleIds,
  phone: Type.Optional(Type.String({ maxLength: 40, pattern: '^[0-9+() -]*$' })), chains: Type.Optional(Type.String({ maxLength: 500 })),
});

function NewUser({ onClose }: { readonly onClose: () => void }) {
  const t = useT('people');
  const go = useGo();
  const roles = useRead(listRoles, {});
  const create = useRun(createUser, { touches: ['people.'] });
  const [id] = useState(newId);
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  const form = useForm({
    id: 'people.create_user',
    schema: Values,
    start: { roleIds: [] },
    words: {
      name: { label: t('field.person') }, login: { label: t('field.login'), hint: t('hint.login') }, orgId: { label: t('field.organisation') }, roleIds: { label: t('field.roles') },
      phone: { label: t('field.phone') }, chains: { label: t('field.chains'), hint: t('hint.chains') },
    },
    send: async ({ phone, chains, ...values }) => create.run({ id, ...values, ...(phone === undefined ? {} : { phone }), chains: chainsIn(chains) }),
    onDone: (output) => setShown({ title: t('users.created', { name: form.values.name ?? '' }), say: t('users.createdSay', { login: form.values.login ?? '' }), secret: output.password ?? '' }),
  });
  const chief = (roles.data?.items ?? []).some((role) => role.scope === 'chain' && (form.values.roleIds ?? []).includes(role.id));
  if (shown !== undefined) return <SecretDialog shown={shown} onClose={() => { onClose(); go(`/admin/users/${id}`); }} />;
  return (
    <Drawer open onClose={onClose} title={t('users.new')}>
      <Form form={form} submit={t('users.create')} onCancel={onClose}>
        <Field form={form} name="name">{(p) => <TextInput {...p} autoFocus />}</Field>
        <Field form={form} name="login">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="orgId">{(p) => <OrgPicker {...p} clearable={false} />}</Field>
        <Field form={form} name="roleIds">{(p) => <MultiSelect {...p} onChange={(value) => p.onChange(value === undefined ? undefined : [...value])} options={(roles.data?.items ?? []).filter((role) => role.active).map((role) => ({ value: role.id, label: role.name, hint: t(`scope.${role.scope}`) }))} />}</Field>
        {chief && <Field form={form} name="chains">{(p) => <TextInput {...p} />}</Field>}
        <Field form={form} name="phone">{(p) => <TextInput {...p} type="tel" />}</Field>
      </Form>
      <p className="two small">{t('users.newSay')}</p>
    </Drawer>
  );
}
