// By which policy a problem is counted: those that the zone has, in their newest version.
import { useRead } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import type { InputProps } from '../../../../web/inputs/types.ts';
import { listPolicies } from '../../clocks/contract.ts';
import type { One } from './say.ts';

/** Its own policy in the version that counts it need not be chosen; a newer version of the same is another. */
export function PolicyInput({ one, ...props }: InputProps<string> & { readonly one: Pick<One, 'policy' | 'policyVersion' | 'policyName'> }) {
  const lang = useLang();
  const t = useT('problem');
  const { data } = useRead(listPolicies, {});
  const others = (data?.items ?? []).filter((each) => each.code !== one.policy || each.version > one.policyVersion);
  return <SelectInput {...props} clearable placeholder={t('facts.policyOf', { name: one.policyName, version: one.policyVersion })} options={others.map((each) => ({ value: each.code, label: t('facts.policyOf', { name: lang === 'en' ? each.en : each.zh, version: each.version }) }))} />;
}
