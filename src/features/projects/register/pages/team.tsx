// 专班: who is answerable, who helps, who was before. The commissioner is handed over and never simply taken away.
import { useState } from 'react';
import Type from 'typebox';
import { useRead, useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useFormat } from '../../../../web/format.ts';
import { newId } from '../../../../web/ids.ts';
import { useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { assignCommissioner, assignMember, endAssignment, projectChoices, type ProjectRecord } from '../contract.ts';
import { DAY_PATTERN, ID_PATTERN } from '../fields.ts';

type Open = 'commissioner' | 'member' | 'leader' | undefined;

export function Team({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const { can } = useSession();
  const [open, setOpen] = useState<Open>(undefined);
  const end = useRun(endAssignment);
  const active = project.assignments.filter((one) => one.toDay === null);
  const past = project.assignments.filter((one) => one.toDay !== null);
  const may = can('projects.assign');
  const commissioner = active.find((one) => one.duty === 'commissioner');
  const leave = async (assignmentId: string, name: string): Promise<void> => {
    const note = await confirm({ title: t('team.end', { name }), act: t('team.endAct'), reason: t('team.note') });
    if (note !== undefined) end.go({ id: project.id, assignmentId, ...(note === '' ? {} : { note }) }, { version: project.version });
  };
  return (
    <>
      <Section title={t('team.now')} hint={t('team.hint')} {...(may ? { actions: <>
        <Button small onClick={() => setOpen('member')}>{t('team.addMember')}</Button>
        <Button small kind={commissioner === undefined ? 'main' : 'plain'} onClick={() => setOpen('commissioner')}>{t(commissioner === undefined ? 'team.assign' : 'team.handOver')}</Button>
      </> } : {})}>
        {end.error !== undefined && <Problem small error={end.error} />}
        {active.length === 0 ? <div className="card"><Empty title={t('team.empty')} hint={t('team.emptyHint')} /></div> : (
          <ul className="card teamlist">{active.map((one) => <Member key={one.id} one={one} {...(may && one.duty !== 'commissioner' ? { onEnd: () => void leave(one.id, one.userName) } : {})} />)}</ul>
        )}
      </Section>
      <Section title={t('team.answerable')}>
        <div className="card pad"><Facts facts={[
          { label: t('field.leader'), value: project.leader }, { label: t('field.responsibleOrgId'), value: project.responsibleOrgName },
          { label: t('field.responsiblePerson'), value: project.responsiblePerson }, { label: t('field.phone'), value: project.phone },
        ]} /></div>
      </Section>
      {past.length > 0 && <Section title={t('team.past')}><ul className="card teamlist">{past.map((one) => <Member key={one.id} one={one} />)}</ul></Section>}
      {open !== undefined && <AssignDialog project={project} duty={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Member({ one, onEnd }: { readonly one: ProjectRecord['assignments'][number]; readonly onEnd?: () => void }) {
  const t = useT('projects');
  const format = useFormat();
  return (
    <li className={one.toDay === null ? '' : 'past'}>
      <b>{one.userName}</b>
      <span className="tag">{t(`duty.${one.duty}`)}</span>
      <span className="two small">{one.orgName}</span>
      <span className="dim small">{one.toDay === null ? t('team.since', { day: format.day(one.fromDay) }) : t('team.span', { from: format.day(one.fromDay), to: format.day(one.toDay) })}</span>
      {one.note !== null && <span className="two small">{one.note}</span>}
      {onEnd !== undefined && <span className="push"><Button kind="quiet" small onClick={onEnd}>{t('team.endAct')}</Button></span>}
    </li>
  );
}

const Values = Type.Object({
  userId: Type.String({ pattern: ID_PATTERN }), duty: Type.Optional(Type.String()), fromDay: Type.Optional(Type.String({ pattern: DAY_PATTERN })), note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
}, { additionalProperties: false });

function AssignDialog({ project, duty, onClose }: { readonly project: ProjectRecord; readonly duty: 'commissioner' | 'member' | 'leader'; readonly onClose: () => void }) {
  const t = useT('projects');
  const { today } = useSession();
  const choices = useRead(projectChoices, {});
  const handOver = useRun(assignCommissioner);
  const assign = useRun(assignMember);
  const [assignmentId] = useState(newId);
  const isCommissioner = duty === 'commissioner';
  const form = useForm({
    id: undefined, schema: Values, start: { fromDay: today, ...(isCommissioner ? {} : { duty: 'member' }) }, version: project.version,
    words: { userId: { label: t(isCommissioner ? 'team.next' : 'team.person') }, duty: { label: t('field.duty') }, fromDay: { label: t('team.from') }, note: { label: t('team.note') } },
    send: async ({ duty: chosen, ...values }, version) => {
      const upon = version === undefined ? {} : { version };
      return isCommissioner ? handOver.run({ ...values, id: project.id, assignmentId }, upon) : assign.run({ ...values, id: project.id, assignmentId, duty: chosen === 'leader' ? 'leader' : 'member' }, upon);
    },
    onDone: onClose,
  });
  const people = (isCommissioner ? choices.data?.commissioners : choices.data?.people) ?? [];
  const options = people.filter((one) => !isCommissioner || one.id !== project.commissionerId).map((one) => ({ value: one.id, label: one.name, ...(one.detail === null ? {} : { hint: one.detail }) }));
  return (
    <Dialog open title={t(isCommissioner ? (project.commissionerId === null ? 'team.assign' : 'team.handOver') : 'team.addMember')} onClose={onClose}>
      {isCommissioner && project.commissionerName !== null && <p className="two" style={{ marginBottom: 12 }}>{t('team.handOverSay', { name: project.commissionerName })}</p>}
      <Form form={form} submit={t(isCommissioner ? 'team.handOverAct' : 'team.addMember')} onCancel={onClose}>
        <Field form={form} name="userId" wide>{(p) => <SelectInput {...p} options={options} />}</Field>
        {!isCommissioner && <Field form={form} name="duty">{(p) => <SelectInput {...p} options={['member', 'leader'].map((value) => ({ value, label: t(`duty.${value}`) }))} />}</Field>}
        <Field form={form} name="fromDay">{(p) => <DayInput {...p} today={today} max={today} />}</Field>
        <Field form={form} name="note" wide>{(p) => <TextInput {...p} />}</Field>
      </Form>
    </Dialog>
  );
}
