// /problems/new: raising a problem on a page of its own, also from a link with a project: ?project=<id>.
import { useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { getProject } from '../../../projects/register/contract.ts';
import { RaisedNote } from './raised.tsx';
import { RaiseForm, type Raised } from './raiseform.tsx';
import './pool.css';

export function NewProblemPage() {
  const t = useT('problems');
  const [{ project }] = useUrlState({ project: '' });
  const known = useRead(getProject, { id: project }, { when: project !== '' });
  const [raised, setRaised] = useState<Raised | undefined>(undefined);
  if (project !== '' && known.data === undefined) return known.error === undefined ? <Loading kind="record" /> : <Problem error={known.error} onRetry={known.again} />;
  const start = known.data === undefined ? {} : { project: { id: known.data.id, name: known.data.name } };
  return (
    <div className="raisepage">
      <PageHead crumbs={<Crumbs crumbs={[{ label: t('list.title'), href: '/problems' }, ...(known.data === undefined ? [] : [{ label: known.data.name, href: `/projects/${known.data.id}` }])]} />} title={t('raise.title')} />
      <div className="card pad">
        {raised === undefined ? <RaiseForm start={start} onDone={setRaised} /> : <RaisedNote raised={raised} onAgain={() => setRaised(undefined)} />}
      </div>
    </div>
  );
}
