// Choosing a project or another problem by typing, of problems those that are alike first; and by which policy a problem is counted.
import { read, useRead } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Picker, type PickerProps } from '../../../../web/inputs/picker.tsx';
import { listProjects, searchProjects } from '../../../projects/register/contract.ts';
import { similarProblems } from '../../handling/contract.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import type { InputProps } from '../../../../web/inputs/types.ts';
import { listPolicies } from '../../clocks/contract.ts';
import { searchProblems } from '../finding.ts';
import type { One } from './say.ts';

type Rest = Omit<PickerProps, 'name' | 'load'>;
const FOUND = 20;

export function ProjectPicker(props: Rest) {
  return (
    <Picker
      {...props} name="problems.projects"
      load={async (q) => {
        const { items } = q === '' ? await read(listProjects, { limit: FOUND }) : await read(searchProjects, { q, limit: FOUND });
        return items.map((one) => ({ value: one.id, label: one.name, ...(one.townName === null ? {} : { hint: one.townName }) }));
      }}
    />
  );
}

export function ProblemPicker({ problemId, ...props }: Rest & { readonly problemId: string }) {
  const t = useT('problems');
  return (
    <Picker
      {...props} name={`problems.into:${problemId}`}
      load={async (q) => {
        const items = q === '' ? (await read(similarProblems, { id: problemId })).items.filter((one) => one.open) : (await read(searchProblems, { q, limit: FOUND })).items;
        return items.filter((one) => one.id !== problemId).map((one) => ({ value: one.id, label: `${one.number} ${one.title}`, hint: t(`state.${one.state}`) }));
      }}
    />
  );
}

/** Its own policy in the version that counts it need not be chosen; a newer version of the same is another. */
export function PolicyInput({ one, ...props }: InputProps<string> & { readonly one: Pick<One, 'policy' | 'policyVersion' | 'policyName'> }) {
  const lang = useLang();
  const t = useT('problem');
  const { data } = useRead(listPolicies, {});
  const others = (data?.items ?? []).filter((each) => each.code !== one.policy || each.version > one.policyVersion);
  return <SelectInput {...props} clearable placeholder={t('facts.policyOf', { name: one.policyName, version: one.policyVersion })} options={others.map((each) => ({ value: each.code, label: t('facts.policyOf', { name: lang === 'en' ? each.en : each.zh, version: each.version }) }))} />;
}
