// Which of the actions a project serves.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { getProject } from '../../../projects/register/contract.ts';
import { pick } from '../../pages/names.ts';
import { projectActions, tagProject } from '../contract.ts';

export function ProjectActionsPage() {
  const { id = '' } = usePath();
  const t = useT('programme');
  const lang = useLang();
  const project = useRead(getProject, { id });
  const read = useRead(projectActions, { id });
  const [chosen, setChosen] = useState<readonly string[] | undefined>(undefined);
  const run = useRun(tagProject, { onDone: () => { setChosen(undefined); toast({ text: t('project.saved') }); } });
  const error = project.error ?? read.error;
  if (error !== undefined) return <Problem error={error} onRetry={read.again} />;
  if (read.data === undefined || project.data === undefined) return <Loading kind="record" />;
  const tagged = read.data.actions.filter((one) => one.tagged).map((one) => one.code);
  const value = chosen ?? tagged;
  return (
    <>
      <PageHead title={t('project.title')} crumbs={<Crumbs crumbs={[{ label: project.data.name, href: `/projects/${id}` }]} />} />
      <div className="card pad stack">
        {read.data.mayTag ? <ChoicesInput label={t('project.title')} value={value} options={read.data.actions.map((one) => ({ value: one.code, label: pick(one, lang) }))} onChange={(next) => setChosen(next ?? [])} />
          : tagged.length === 0 ? <p className="dim">{t('project.none')}</p> : <ul>{read.data.actions.filter((one) => one.tagged).map((one) => <li key={one.code}>{pick(one, lang)}</li>)}</ul>}
        {read.data.mayTag && <p className="dim small">{t('project.hint')}</p>}
        {run.error !== undefined && <Problem small error={run.error} />}
        {read.data.mayTag && <div><Button kind="main" disabled={chosen === undefined} busy={run.running} onClick={() => run.go({ id, actions: [...value] })}>{t('project.save')}</Button></div>}
      </div>
    </>
  );
}
