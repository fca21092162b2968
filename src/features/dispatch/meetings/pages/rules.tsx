// 会议规则: which rules propose an agenda and in which order, how many items reach the leaders, what recurs, how slips run. Data that the office edits, with a reason.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useLang, useT, type T } from '../../../../web/i18n.ts';
import { CheckInput, ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
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
import { pick } from './say.ts';
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
  const send = (): void => void confirm({ title: t('rules.save'), act: t('rules.save'), reason: t('rules.reason') }).then((reason) => { if (reason !== undefined) save.go({ policy, reason }, { version }); });
  return (
    <>
      <PageHead title={t('rules.title')} crumbs={<Crumbs crumbs={[{ label: t('list.title'), href: '/meetings' }, { label: t('rules.title') }]} />} actions={may ? <Button kind="main" disabled={!changed} busy={save.running} onClick={send}>{t('rules.save')}</Button> : undefined} />
      {save.error !== undefined && <Problem error={save.error} />}
      <fieldset disabled={!may} className="stack">
        <AgendaRules policy={policy} onChange={setPolicy} t={t} />
        <Kinds policy={policy} onChange={setPolicy} t={t} />
        <Recurring policy={policy} onChange={setPolicy} t={t} />
        <SlipRules policy={policy} onChange={setPolicy} t={t} />
      </fieldset>
    </>
  );
}

interface Part { readonly policy: Policy; readonly onChange: (policy: Policy) => void; readonly t: T }

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
            <span className="row"><Button small kind="quiet" title={t('agenda.up')} disabled={index === 0} onClick={() => move(index, -1)}>↑</Button><Button small kind="quiet" title={t('agenda.down')} onClick={() => move(index, 1)}>↓</Button></span>
          </div>
        ))}
      </div>
    </Section>
  );
}

function Kinds({ policy, onChange, t }: Part) {
  const kind = (index: number, change: Partial<Policy['kinds'][number]>): void => onChange({ ...policy, kinds: policy.kinds.map((each, i) => (i === index ? { ...each, ...change } : each)) });
  const lang = useLang();
  return (
    <Section title={t('rules.kinds')} hint={t('rules.kindsHint', { series: policy.series.map((each) => pick(each, lang)).join(t('web:listComma')) })}>
      <div className="card">
        {policy.kinds.map((each, index) => (
          <div key={each.code} className="pad grid2">
            <Labelled label={t('rules.nameZh')}>{(id) => <TextInput id={id} value={each.zh} maxLength={60} onChange={(zh) => kind(index, { zh: zh ?? each.zh })} />}</Labelled>
            <Labelled label={t('rules.nameEn')}>{(id) => <TextInput id={id} value={each.en} maxLength={60} onChange={(en) => kind(index, { en: en ?? each.en })} />}</Labelled>
            <Labelled label={t('plan.time')}>{(id) => <TextInput id={id} value={each.time} maxLength={5} onChange={(time) => kind(index, { time: time ?? each.time })} />}</Labelled>
            <Labelled label={t('plan.place')}>{(id) => <TextInput id={id} value={each.place} maxLength={200} onChange={(place) => kind(index, { place: place ?? each.place })} />}</Labelled>
          </div>
        ))}
      </div>
    </Section>
  );
}

function Recurring({ policy, onChange, t }: Part) {
  const { today } = useSession();
  const lang = useLang();
  const one = (index: number, change: Partial<Policy['recurrence'][number]>): void => onChange({ ...policy, recurrence: policy.recurrence.map((each, i) => (i === index ? { ...each, ...change } : each)) });
  return (
    <Section title={t('rules.recurrence')} hint={t('rules.recurrenceHint')}>
      <div className="card">
        {policy.recurrence.map((each, index) => (
          <div key={each.code} className="pad stack">
            <CheckInput value={each.on} onChange={(on) => one(index, { on: on === true })}>{t('rules.recurs')}</CheckInput>
            <div className="grid2">
              <Labelled label={t('plan.kind')}>{(id) => <SelectInput id={id} value={each.kind} onChange={(kind) => one(index, { kind: kind ?? each.kind })} options={policy.kinds.map((kind) => ({ value: kind.code, label: pick(kind, lang) }))} />}</Labelled>
              <Labelled label={t('rules.weekday')}>{(id) => <SelectInput id={id} value={String(each.weekday)} onChange={(weekday) => one(index, { weekday: Number(weekday ?? each.weekday) })} options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value: String(value), label: t(`weekday.${value}`) }))} />}</Labelled>
              <Labelled label={t('rules.everyWeeks')}>{(id) => <NumberInput id={id} value={each.everyWeeks} onChange={(everyWeeks) => one(index, { everyWeeks: everyWeeks ?? 1 })} />}</Labelled>
              <Labelled label={t('rules.start')}>{(id) => <DayInput id={id} today={today} value={each.from} onChange={(from) => one(index, { from: from ?? each.from })} />}</Labelled>
            </div>
            <Labelled label={t('rules.moved')}>{(id) => <ChoiceInput id={id} value={each.moved} onChange={(moved) => one(index, { moved: moved === 'earlier' || moved === 'left_out' ? moved : 'later' })} options={(['later', 'earlier', 'left_out'] as const).map((value) => ({ value, label: t(`moved.${value}`) }))} />}</Labelled>
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
