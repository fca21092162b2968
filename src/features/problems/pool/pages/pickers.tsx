// Choosing a project or another problem by typing; of problems those that are alike are offered first.
import { read } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { Picker, type PickerProps } from '../../../../web/inputs/picker.tsx';
import { listProjects, searchProjects } from '../../../projects/register/contract.ts';
import { similarProblems } from '../../handling/contract.ts';
import { searchProblems } from '../finding.ts';

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
