// 佐证与关口 as a page of its own: what a link from a list, a message or a phone opens.
import { useRead } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { usePath } from '../../../../web/router.tsx';
import { getGates } from '../contract.ts';
import { LifecycleActions } from './actions.tsx';
import { LifecycleStepper } from './stepper.tsx';
import { LifecycleTab } from './tab.tsx';
import { pick } from './words.ts';

export function LifecyclePage() {
  const t = useT('lifecycle');
  const lang = useLang();
  const { id = '' } = usePath();
  const read = useRead(getGates, { id });
  const gates = read.data;
  if (gates === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const stage = gates.stages.find((one) => one.code === gates.stage);
  return (
    <Record
      crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, { label: gates.name, href: `/projects/${id}` }, { label: t('tab.title') }]}
      title={gates.name}
      state={<State tone="off" word={gates.sideName === null ? (stage === undefined ? gates.stage : pick(stage.name, lang)) : pick(gates.sideName, lang)} />}
      actions={<LifecycleActions projectId={id} />}
      stepper={<LifecycleStepper projectId={id} onOpen={(code) => document.getElementById(`gate-${code}`)?.scrollIntoView({ behavior: 'smooth', block: 'start' })} />}
    >
      <LifecycleTab projectId={id} />
    </Record>
  );
}
