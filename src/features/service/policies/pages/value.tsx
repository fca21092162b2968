// The input of a trait's value, by its kind; and of several values, for conditions.
import { useRead } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { MultiSelect, SelectInput, type Option } from '../../../../web/inputs/select.tsx';
import { pickOrganisations } from '../../../people/organisations/contract.ts';
import { industryOptions, pick } from '../../pages/names.ts';
import type { Trait, TraitValue } from '../traits.ts';

/** A share is kept in basis points and entered in percent. */
const PERCENT = 100;

export function ValueInput({ trait, id, label, value, onChange }: { readonly trait: Trait; readonly id?: string; readonly label?: string; readonly value: TraitValue | undefined; readonly onChange: (next: TraitValue | undefined) => void }) {
  const t = useT('knowledge');
  const lang = useLang();
  const options = useOptions(trait);
  const named = { ...(id === undefined ? {} : { id }), ...(label === undefined ? {} : { label }) };
  const number = typeof value === 'number' ? value : undefined;
  switch (trait.kind) {
    case 'flag': return <ChoiceInput {...named} value={value === undefined ? undefined : value === true ? 'yes' : 'no'} options={[{ value: 'yes', label: t('enterprise.yes_word') }, { value: 'no', label: t('enterprise.no_word') }]} onChange={(next) => onChange(next === undefined ? undefined : next === 'yes')} />;
    case 'money': return <MoneyInput {...named} unit="wan" value={number} onChange={onChange} />;
    case 'percent': return <NumberInput {...named} unit="%" digits={2} value={number === undefined ? undefined : number / PERCENT} onChange={(next) => onChange(next === undefined ? undefined : Math.round(next * PERCENT))} />;
    case 'number': case 'year': return <NumberInput {...named} digits={0} {...(trait.unit === undefined ? {} : { unit: pick(trait.unit, lang) })} value={number} onChange={onChange} />;
    default: return <SelectInput {...named} clearable value={typeof value === 'string' ? value : undefined} options={options} onChange={onChange} />;
  }
}

export function ValuesInput({ trait, label, value, onChange }: { readonly trait: Trait; readonly label: string; readonly value: readonly string[]; readonly onChange: (next: readonly string[]) => void }) {
  const options = useOptions(trait);
  return <MultiSelect label={label} value={value} options={options} onChange={(next) => onChange(next ?? [])} />;
}

function useOptions(trait: Trait): readonly Option[] {
  const lang = useLang();
  const places = useRead(pickOrganisations, { kinds: ['town', 'park'], limit: 200 }, { when: trait.kind === 'place' });
  if (trait.kind === 'industry') return industryOptions(lang);
  if (trait.kind === 'place') return (places.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }));
  return trait.options.map((one) => ({ value: one.code, label: pick(one.name, lang) }));
}
