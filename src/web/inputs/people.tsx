// Choosing an organisation or a person by name or pinyin initials; one that is chosen already is shown by its name.
import type { InputOf } from '../../kernel/contract.ts';
import { pickOrganisations } from '../../features/people/organisations/contract.ts';
import { pickUsers } from '../../features/people/users/contract.ts';
import { read, useRead } from '../client.ts';
import { Picker, type PickerProps } from './picker.tsx';

type Rest = Omit<PickerProps, 'name' | 'load'>;

const LIMIT = 30;

export function OrgPicker({ kinds, ...props }: Rest & { readonly kinds?: NonNullable<InputOf<typeof pickOrganisations>['kinds']> }) {
  const chosen = useRead(pickOrganisations, { ids: props.value === undefined ? [] : [props.value] }, { when: props.value !== undefined && props.shown === undefined });
  const name = props.shown ?? chosen.data?.items[0]?.name;
  return (
    <Picker
      {...props}
      {...(name === undefined ? {} : { shown: name })}
      name={`organisations:${(kinds ?? []).join()}`}
      load={async (q) => {
        const found = await read(pickOrganisations, { limit: LIMIT, ...(q === '' ? {} : { q }), ...(kinds === undefined ? {} : { kinds }) });
        return found.items.map((one) => ({ value: one.id, label: one.name, ...(one.parentName === null ? {} : { hint: one.parentName }) }));
      }}
    />
  );
}

export function UserPicker({ roleCodes, orgId, ...props }: Rest & { readonly roleCodes?: readonly string[]; readonly orgId?: string }) {
  const chosen = useRead(pickUsers, { ids: props.value === undefined ? [] : [props.value] }, { when: props.value !== undefined && props.shown === undefined });
  const name = props.shown ?? chosen.data?.items[0]?.name;
  return (
    <Picker
      {...props}
      {...(name === undefined ? {} : { shown: name })}
      name={`users:${(roleCodes ?? []).join()}:${orgId ?? ''}`}
      load={async (q) => {
        const found = await read(pickUsers, { limit: LIMIT, ...(q === '' ? {} : { q }), ...(roleCodes === undefined ? {} : { roleCodes: [...roleCodes] }), ...(orgId === undefined ? {} : { orgId }) });
        return found.items.map((one) => ({ value: one.id, label: one.name, hint: one.orgName }));
      }}
    />
  );
}
