// 会议规则: which rules propose an agenda and in which order, how many items reach the leaders, what recurs, how slips run. Data that the office edits, with a reason.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { CheckInput, ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { changePolicy, readPolicyQuery } from '../contract.ts';
import type { Policy } from '../shape.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import { UnitsInput, useUnits } from './orgs.tsx';
import { KindRules, RecurringRules, SeriesRules, type RulesPart } from './rulesheld.tsx';
import './meetings.css';

export function MeetingRulesPage() {
  const read = useRead(readPolicyQuery, {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Editor key={read.data.version} policy={read.data.policy} version={read.data.version} />;
}

function Editor({ policy: start, version }: { readonly policy: Policy; readonly version: number }) {
  const t = useT('meetings');
  const { can } = useSession();
  const [policy, setPolicy] = useState<Policy>(start);
  const save = useRun(changePolicy, { touches: ['dispatch.'], onDone: () => toast({ text: t('rules.saved') }) });
  const changed = JSON.stringify(policy) !== JSON.stringify(start);
  const may = can('dispatch.meet');
  const faultAt = (path: string): string | undefined => save.error?.errors.find((one) => one.path === `policy.${path}`)?.message;
  const send = (): void => void confirm({ title: t('rules.save'), act: t('rules.save'), reason: t('rules.reason') }).then((reason) => { if (reason !== undefined) save.go({ policy, reason }, { version }); });
  return (
    <>
      <PageHead title={t('rules.title')} crumbs={<Crumbs crumbs={[{ label: t('list.title'), href: '/meetings' }, { label: t('rules.title') }]} />} actions={may ? <Button kind="main" disabled={!changed} busy={save.running} onClick={send}>{t('rules.save')}</Button> : undefined} />
      {save.error !== undefined && <Problem error={save.error} />}
      <fieldset disabled={!may} className="stack ruleset">
        <AgendaRules policy={policy} onChange={setPolicy} t={t} />
        <SeriesRules policy={policy} stood={start} onChange={setPolicy} faultAt={faultAt} t={t} />
        <KindRules policy={policy} stood={start} onChange={setPolicy} faultAt={faultAt} t={t} />
        <RecurringRules policy={policy} stood={start} onChange={setPolicy} faultAt={faultAt} t={t} />
        <SlipRules policy={policy} onChange={setPolicy} t={t} />
      </fieldset>
    </>
  );
}

type Part = Pick<RulesPart, 'policy' | 'onChange' | 't'>;

function AgendaRules({ policy, onChange, t }: Part) {
  const { agenda } = policy;
  const set = (change: Partial<Policy['agenda']>): void => onChange({ ...policy, agenda: { ...agenda, ...change } });
  const rule = (index: number, change: Partial<Policy['agenda']['rules'][number]>): void => set({ rules: agenda.rules.map((each, i) => (i === index ? { ...each, ...change } : each)) });
  const move = (index: number, step: number): void => {
    const rules = [...agenda.rules];
    const [one] = rules.splice(index, 1);
    if (one !== undefined) rules.splice(Math.max(0, index + step), 0, one);
    set({ rules });
  };
  return (
    <Section title={t('rules.agenda')} hint={t('rules.agendaHint')}>
      <div className="card pad grid2">
        <Labelled label={t('rules.cap')} hint={t('rules.capHint')}>{(id) => <NumberInput id={id} value={agenda.cap} onChange={(cap) => set({ cap: cap ?? agenda.cap })} />}</Labelled>
        <Labelled label={t('rules.itemMinutes')}>{(id) => <NumberInput id={id} value={agenda.itemMinutes} onChange={(itemMinutes) => set({ itemMinutes: itemMinutes ?? agenda.itemMinutes })} />}</Labelled>
        <Labelled label={t('rules.belowTier')} hint={t('rules.belowHint')}>{(id) => <NumberInput id={id} value={agenda.below.tier} onChange={(tier) => set({ below: { ...agenda.below, tier: tier ?? 0 } })} />}</Labelled>
        <Labelled label={t('rules.belowDays')}>{(id) => <NumberInput id={id} value={agenda.below.days} onChange={(days) => set({ below: { ...agenda.below, days: days ?? 0 } })} />}</Labelled>
      </div>
      <div className="card">
        {agenda.rules.map((each, index) => (
          <div key={each.code} className="ruleline">
            <CheckInput value={each.on} onChange={(on) => rule(index, { on: on === true })}><b>{t(`rule.${each.code}`)}</b> <span className="two">{t(`ruleSay.${each.code}`, { from: each.from ?? 0 })}</span></CheckInput>
            <NumberInput label={t('rules.most')} value={each.most} onChange={(most) => rule(index, { most: most ?? each.most })} unit={t('rules.mostUnit')} />
            {each.from === undefined ? <span /> : <NumberInput label={t('rules.from')} value={each.from} onChange={(from) => rule(index, { from: from ?? 0 })} unit={t(`ruleUnit.${each.code}`)} />}
            <span className="row"><Button small kind="quiet" title={t('agenda.up')} disabled={index === 0} onClick={() => move(index, -1)}>↑</Button><Button small kind="quiet" title={t('agenda.down')} disabled={index === agenda.rules.length - 1} onClick={() => move(index, 1)}>↓</Button></span>
          </div>
        ))}
      </div>
    </Section>
  );
}

function SlipRules({ policy, onChange, t }: Part) {
  const units = useUnits();
  const { slips } = policy;
  const set = (change: Partial<Policy['slips']>): void => onChange({ ...policy, slips: { ...slips, ...change } });
  return (
    <Section title={t('rules.slips')}>
      <div className="card pad grid2">
        {(['receiptDays', 'extensions', 'checkpointDays', 'againDays'] as const).map((name) => <Labelled key={name} label={t(`rules.${name}`)}>{(id) => <NumberInput id={id} value={slips[name]} onChange={(value) => set({ [name]: value ?? slips[name] })} />}</Labelled>)}
        <Labelled label={t('rules.supervise')}>{(id) => <ChoiceInput id={id} value={slips.supervise} onChange={(how) => set({ supervise: how === 'automatic' ? 'automatic' : 'propose' })} options={(['propose', 'automatic'] as const).map((value) => ({ value, label: t(`supervise.${value}`) }))} />}</Labelled>
        <Labelled label={t('rules.copies')} hint={t('rules.copiesHint')}>{(id) => <UnitsInput id={id} units={units} value={slips.copyOrgIds} onChange={(ids) => set({ copyOrgIds: [...ids] })} />}</Labelled>
      </div>
    </Section>
  );
}
