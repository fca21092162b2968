// A hand-over as a formal act: who to whom, from when, what is open; each of the two confirms, or the office decides.
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { usePath } from '../../../../web/router.tsx';
import { confirmHandover, decideHandover, readHandover } from '../contract.ts';
import { HANDOVER_TONES } from './handoverrow.tsx';
import { OpenList } from './openlist.tsx';
import './taskforce.css';

const TOUCHES = ['dispatch.', 'projects.'];

export function HandoverPage() {
  const t = useT('taskforce');
  const format = useFormat();
  const { id = '' } = usePath();
  const read = useRead(readHandover, { id });
  const answer = useRun(confirmHandover, { touches: TOUCHES });
  const decide = useRun(decideHandover, { touches: TOUCHES });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { handover, open, remarks, can } = read.data;
  const refuse = async (): Promise<void> => {
    const reason = await confirm({ title: t('handover.refuseTitle'), act: t('handover.refuse'), reason: t('reason'), danger: true });
    if (reason !== undefined) answer.go({ id, assent: false, ...(reason === '' ? {} : { reason }) });
  };
  const settle = async (outcome: 'carry_out' | 'withdraw'): Promise<void> => {
    const reason = await confirm({ title: t(`handover.${outcome}Title`), act: t(`handover.${outcome}`), reason: t('reason') });
    if (reason !== undefined) decide.go({ id, outcome, reason });
  };
  const error = answer.error ?? decide.error;
  return (
    <>
      <PageHead title={t('handover.title')} small={handover.projectName} actions={<>
        {can.decide && <Button onClick={() => void settle('withdraw')}>{t('handover.withdraw')}</Button>}
        {can.decide && <Button onClick={() => void settle('carry_out')}>{t('handover.carry_out')}</Button>}
        {(can.hand || can.accept) && <Button onClick={() => void refuse()}>{t('handover.refuse')}</Button>}
        {(can.hand || can.accept) && <Button kind="main" busy={answer.running} onClick={() => answer.go({ id, assent: true })}>{t(can.accept ? 'handover.accept' : 'handover.hand')}</Button>}
      </>} />
      {error !== undefined && <Problem small error={error} />}
      <div className="card pad"><Facts facts={[
        { label: t('handover.project'), value: <Go href={`/projects/${handover.projectId}?tab=team`}>{handover.projectName}</Go> }, { label: t('handover.state'), value: <State tone={HANDOVER_TONES[handover.state]} word={t(`handover.${handover.state}`)} /> },
        { label: t('handover.predecessor'), value: <>{handover.fromName ?? t('handover.nobody')}{handover.fromId !== null && <span className="two small"> {t(handover.handed ? 'handover.confirmed' : 'handover.unconfirmed')}</span>}</> },
        { label: t('handover.successor'), value: <>{handover.toName}<span className="two small"> {t(handover.accepted ? 'handover.confirmed' : 'handover.unconfirmed')}</span></> },
        { label: t('handover.day'), value: format.day(handover.day) }, { label: t('handover.doneDay'), value: handover.doneDay === null ? undefined : format.day(handover.doneDay) },
        { label: t('handover.proposed'), value: `${handover.proposedName} ${format.day(handover.proposedDay)}` }, ...(handover.reason === null ? [] : [{ label: t('reason'), value: `${handover.decidedName === null ? '' : `${handover.decidedName}${t('colon')}`}${handover.reason}` }]),
        { label: t('handover.remarks'), value: remarks, wide: true },
      ]} /></div>
      <Section title={t('handover.openTitle', { count: open.length })} hint={t('handover.openHint', { day: format.day(handover.proposedDay) })}><OpenList open={open} /></Section>
    </>
  );
}
