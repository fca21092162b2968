// Several units, chosen by name from those of the zone: departments, towns, parks. The whole list is there at once, so that it also works without a network.
import { useMemo } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { MultiSelect, SelectInput, type Option } from '../../../../web/inputs/select.tsx';
import { pickOrganisations } from '../../../people/organisations/contract.ts';

const MOST = 200;

export function useUnits(): readonly Option[] {
  const read = useRead(pickOrganisations, { kinds: ['department', 'town', 'park', 'zone', 'other'], limit: MOST });
  return useMemo(() => (read.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })), [read.data]);
}

export function UnitInput({ units, ...props }: { readonly units: readonly Option[]; readonly id?: string; readonly value: string | undefined; readonly onChange: (value: string | undefined) => void }) {
  return <SelectInput {...props} options={units} clearable />;
}

export function UnitsInput({ units, value, onChange, id }: { readonly units: readonly Option[]; readonly id?: string; readonly value: readonly string[]; readonly onChange: (value: readonly string[]) => void }) {
  const t = useT('meetings');
  return (
    <div className="units">
      <MultiSelect {...(id === undefined ? {} : { id })} options={units} value={value} onChange={(next) => onChange(next ?? [])} placeholder={t('plan.nobody')} />
    </div>
  );
}
