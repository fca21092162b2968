// A filter by item: chosen by its name, which can be typed.
import { useLang, useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { pick } from './say.ts';

export function ItemFilter({ names, value, onChange }: { readonly names: readonly { readonly code: string; readonly name: { readonly zh: string; readonly en: string } }[]; readonly value: string | undefined; readonly onChange: (item: string | undefined) => void }) {
  const t = useT('approvals');
  const lang = useLang();
  return (
    <div className="itemfilter">
      <SelectInput id="faster-item" clearable label={t('faster.field.item')} placeholder={t('faster.anyItem')} value={value} onChange={onChange} options={names.map((one) => ({ value: one.code, label: pick(one.name, lang) }))} />
    </div>
  );
}
