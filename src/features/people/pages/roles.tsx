// Who may do what: permissions by roles as one table, and a role's permissions and scope changed beside it.
import { useState } from 'react';
import Type from 'typebox';
import { useRead, useRun } from '../../../web/client.ts';
import { Field, Form } from '../../../web/form/form.tsx';
import { useForm } from '../../../web/form/state.ts';
import { hasWords, useT, type T } from '../../../web/i18n.ts';
import { newId } from '../../../web/ids.ts';
import { SelectInput } from '../../../web/inputs/select.tsx';
import { TextInput } from '../../../web/inputs/text.tsx';
import { Button } from '../../../web/parts/button.tsx';
import { Drawer } from '../../../web/parts/dialog.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { PageHead } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Scroll } from '../../../web/parts/scroll.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import { useSession } from '../../../web/session.tsx';
import type { OutputOf } from '../../../kernel/contract.ts';
import { SCOPES, words } from '../fields.ts';
import { createRole, editRole, listRoles } from '../roles/contract.ts';
import { ChainCard } from './chain.tsx';
import './people.css';

type Roles = OutputOf<typeof listRoles>;
type Role = Roles['items'][number];

export function RolesPage() {
  const t = useT('people');
  const { can } = useSession();
  const read = useRead(listRoles, {});
  const [open, setOpen] = useState<{ readonly role: Role | undefined } | undefined>(undefined);
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={12} /> : <Problem error={read.error} onRetry={read.again} />;
  const { items, permissions } = read.data;
  const manage = can('people.manage');
  return (
    <>
      <PageHead title={t('roles.title')} small={t('roles.count', { count: items.length })} actions={manage && <Button kind="main" onClick={() => setOpen({ role: undefined })}>{t('roles.new')}</Button>} />
      <p className="pagesay">{t(manage ? 'roles.say' : 'roles.sayRead')}</p>
      <Scroll label={t('roles.title')} className="card  matrixcard">
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">{t('roles.permission')}</th>
              {items.map((role) => (
                <th key={role.id} scope="col">
                  {manage ? <Button kind="quiet" small onClick={() => setOpen({ role })}>{role.name}</Button> : <b>{role.name}</b>}
                  <span>{t(`scope.${role.scope}`)}</span>
                  <span className="dim">{role.active ? t('roles.users', { count: role.users }) : t('roles.closed')}</span>
                </th>
              ))}
            </tr>
          </thead>
          {grouped(permissions).map(([area, names]) => (
            <tbody key={area}>
              <tr className="area"><th colSpan={items.length + 1} scope="rowgroup">{areaName(t, area)}</th></tr>
              {names.map((permission) => (
                <tr key={permission}>
                  <th scope="row">{permissionName(t, permission)}</th>
                  {items.map((role) => {
                    const has = role.permissions.includes(permission);
                    return <td key={role.id} className={has ? undefined : 'no'}><span aria-hidden="true">{has ? '●' : '·'}</span><span className="hidden">{t(has ? 'roles.yes' : 'roles.no')}</span></td>;
                  })}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </Scroll>
      <div className="rolecards">
        {items.map((role) => (
          <button type="button" key={role.id} className="card" onClick={() => setOpen({ role })}>
            <b>{role.name}</b>
            <span className="two">{t(`scope.${role.scope}`)} · {t('roles.users', { count: role.users })}</span>
            <span className="dim small">{t('roles.has', { count: role.permissions.length, all: permissions.length })}</span>
          </button>
        ))}
      </div>
      {can('people.audit') && <ChainCard />}
      {open !== undefined && <RoleDrawer key={open.role?.id ?? 'new'} role={open.role} permissions={permissions} mayChange={manage} onClose={() => setOpen(undefined)} />}
    </>
  );
}

const Values = Type.Object({
  code: Type.String({ pattern: '^[a-z][a-z0-9_]{1,39}$' }), nameZh: Type.String({ minLength: 1, maxLength: 60 }), nameEn: Type.String({ minLength: 1, maxLength: 60 }),
  scope: words(SCOPES), permissions: Type.Array(Type.String()),
});

function RoleDrawer({ role, permissions, mayChange, onClose }: { readonly role: Role | undefined; readonly permissions: readonly string[]; readonly mayChange: boolean; readonly onClose: () => void }) {
  const t = useT('people');
  const create = useRun(createRole, { touches: ['people.'] });
  const edit = useRun(editRole, { touches: ['people.'] });
  const [id] = useState(newId);
  const done = (): void => {
    toast({ text: t('saved') });
    onClose();
  };
  const toggle = useRun(editRole, { touches: ['people.'], onDone: done });
  const form = useForm({
    id: undefined,
    schema: Values,
    start: role === undefined ? { permissions: [], scope: 'organisation' as const } : { code: role.code, nameZh: role.nameZh, nameEn: role.nameEn, scope: role.scope, permissions: [...role.permissions] },
    version: role?.version,
    words: {
      code: { label: t('field.roleCode'), hint: t('hint.roleCode') }, nameZh: { label: t('field.nameZh') }, nameEn: { label: t('field.nameEn') },
      scope: { label: t('field.scope'), hint: t('hint.scope'), show: (value) => t(`scope.${String(value)}`) },
      permissions: { label: t('roles.permission'), show: (value) => (Array.isArray(value) ? value.map((one) => permissionName(t, String(one))).join(t('web:listComma')) : '') },
    },
    send: async ({ code, ...values }, version) => (role === undefined ? create.run({ id, code, ...values }) : edit.run({ id: role.id, ...values }, version === undefined ? {} : { version })),
    onDone: done,
  });
  const chosen = form.values.permissions ?? [];
  const fields = (
    <div className="permissions">
      {grouped(permissions).map(([area, names]) => (
        <fieldset key={area} disabled={!mayChange}>
          <legend>{areaName(t, area)}</legend>
          {names.map((permission) => (
            <label className="check" key={permission}>
              <input type="checkbox" checked={chosen.includes(permission)} onChange={(event) => form.set('permissions', event.target.checked ? [...chosen, permission] : chosen.filter((one) => one !== permission))} />
              <span>{permissionName(t, permission)}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
  if (!mayChange) return <Drawer open onClose={onClose} title={role?.name ?? ''}>{fields}</Drawer>;
  return (
    <Drawer open onClose={onClose} title={role?.name ?? t('roles.new')}>
      <Form form={form} submit={t('web:save')} onCancel={onClose} foot={role === undefined || role.builtin ? undefined
        : <Button kind="quiet" busy={toggle.running} onClick={() => toggle.go({ id: role.id, active: !role.active }, { version: role.version })}>{t(role.active ? 'roles.close' : 'roles.reopen')}</Button>}>
        {role === undefined && <Field form={form} name="code">{(p) => <TextInput {...p} />}</Field>}
        <Field form={form} name="nameZh">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="nameEn">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="scope">{(p) => <SelectInput {...p} onChange={(value) => p.onChange(SCOPES.find((one) => one === value))} options={SCOPES.map((one) => ({ value: one, label: t(`scope.${one}`) }))} />}</Field>
        {fields}
      </Form>
      {toggle.error !== undefined && <Problem small error={toggle.error} />}
    </Drawer>
  );
}

function grouped(permissions: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const areas = new Map<string, string[]>();
  for (const permission of permissions) {
    const area = permission.split('.')[0] ?? '';
    areas.set(area, [...(areas.get(area) ?? []), permission]);
  }
  return [...areas];
}

function areaName(t: T, area: string): string {
  return hasWords(`people:area.${area}`) ? t(`area.${area}`) : area;
}

/** Words of a permission stand here or with the feature that asks for it. */
function permissionName(t: T, permission: string): string {
  const [area = '', ...rest] = permission.split('.');
  const keys = [`people:permission.${permission}`, `${area}:permission.${rest.join('.')}`];
  const found = keys.find((key) => hasWords(key));
  return found === undefined ? permission : t(found);
}
