// 生命周期规则: the stages with what stands before each, read by everyone, changed by an administrator who first sees what it would do to
// real projects. Everything is changed by form parts; nothing is saved without a reason.
import { useState } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { hasWords, useLang, useT, type Lang, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { getLifecycle } from '../contract.ts';
import { KINDS, type Condition, type Lifecycle, type Stage } from '../shape.ts';
import type { Wrong } from './builder.tsx';
import { draftFaults, freshCondition, type DraftFault } from './draft.ts';
import { ConditionEditor, NameLines, StageUse } from './editing.tsx';
import { EffectDialog } from './effect.tsx';
import { KindsEditor, SidesEditor, WorksEditor } from './lists.tsx';
import { sayTest } from './saytest.ts';
import { pick } from './words.ts';
import './lifecycle.css';

export function LifecycleRulesPage() {
  const t = useT('lifecycle');
  const lang = useLang();
  const format = useFormat();
  const { can } = useSession();
  const read = useRead(getLifecycle, {});
  const [draft, setDraft] = useState<{ rules: Lifecycle; version: number } | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const data = read.data;
  if (data === undefined) return read.error === undefined ? <Loading kind="table" lines={10} /> : <Problem error={read.error} onRetry={read.again} />;
  const rules = draft?.rules ?? data.rules;
  const changed = draft !== undefined && JSON.stringify(draft.rules) !== JSON.stringify(data.rules);
  const faults = draft === undefined ? [] : draftFaults(draft.rules);
  const wrong: Wrong = (path) => saysFault(faults.find((one) => one.path === path), rules, t, lang);
  const edit = draft === undefined ? undefined : (next: Lifecycle): void => setDraft({ rules: next, version: draft.version });
  const state = data.standard ? t('liferules:standard') : t('liferules:version', { version: data.version, who: data.updatedBy ?? '—', at: format.instant(data.updatedAt) });
  return (
    <>
      <PageHead
        title={t('liferules:title')}
        small={t('liferules:hint')}
        actions={can('projects.rules') && draft === undefined ? <Button onClick={() => setDraft({ rules: structuredClone(data.rules), version: data.version })}>{t('liferules:edit')}</Button> : undefined}
      />
      <p className="dim small rulestate">{state}</p>
      <div>
        {rules.stages.map((stage, index) => (
          <StageCard key={stage.code} stage={stage} rules={rules} path={`stages.${String(index)}`} wrong={wrong} faults={faults} {...(edit === undefined ? {} : { onChange: (next: Stage) => edit({ ...rules, stages: rules.stages.map((one, at) => (at === index ? next : one)) }) })} />
        ))}
      </div>
      {edit === undefined ? <Tables rules={rules} /> : (
        <>
          <SidesEditor rules={rules} wrong={wrong} onChange={edit} />
          <WorksEditor rules={rules} wrong={wrong} onChange={edit} />
          <KindsEditor rules={rules} wrong={wrong} onChange={edit} />
          <div className="row end rulefoot">
            {faults.length > 0
              ? <button type="button" className="btn quiet small tone-bad push" onClick={toFirstFault}>{t('liferules:faultsLeft', { count: faults.length })}</button>
              : <span className="two small push">{t(changed ? 'liferules:unsaved' : 'liferules:changedNothing')}</span>}
            <Button onClick={() => setDraft(undefined)}>{t('liferules:stop')}</Button>
            <Button kind="main" disabled={!changed || faults.length > 0} onClick={() => setAsking(true)}>{t('liferules:preview')}</Button>
          </div>
        </>
      )}
      {asking && draft !== undefined && <EffectDialog rules={draft.rules} version={draft.version} onClose={() => setAsking(false)} onSaved={() => { setAsking(false); setDraft(undefined); }} />}
    </>
  );
}

function toFirstFault(): void {
  document.querySelector('main .fault')?.scrollIntoView({ block: 'center' });
}

// What is at fault is named as people call it, not by its code.
function saysFault(fault: DraftFault | undefined, rules: Lifecycle, t: T, lang: Lang): string | undefined {
  if (fault === undefined) return undefined;
  const named = [...rules.stages, ...rules.evidenceKinds, ...rules.works, ...rules.sideStates, ...rules.stages.flatMap((one) => one.conditions)].find((one) => one.code === fault.what);
  const what = named === undefined ? fault.what : pick(named.name, lang);
  return t(hasWords(`lifecycle:rules.fault.${fault.code}`) ? `liferules:fault.${fault.code}` : `refusal.fault_${fault.code}`, { what });
}

interface StageCardProps {
  readonly stage: Stage;
  readonly rules: Lifecycle;
  readonly path: string;
  readonly wrong: Wrong;
  readonly faults: readonly DraftFault[];
  readonly onChange?: (stage: Stage) => void;
}

function StageCard({ stage, rules, path, wrong, faults, onChange }: StageCardProps) {
  const t = useT('lifecycle');
  const lang = useLang();
  const set = (conditions: Condition[]): void => onChange?.({ ...stage, conditions });
  return (
    <section className="card rulestage" aria-label={pick(stage.name, lang)}>
      <header>
        <h2>{pick(stage.name, lang)}</h2>
        {onChange === undefined
          ? <span className="ruleuse">{KINDS.map((kind) => <span key={kind} className={stage.use[kind]}>{t(`kind.${kind}`)} {t(`liferules:${stage.use[kind]}`)}</span>)}</span>
          : <StageUse stage={stage} path={path} wrong={wrong} onChange={onChange} />}
      </header>
      {wrong(path) !== undefined && <p className="fault">{wrong(path)}</p>}
      {onChange !== undefined && (
        <div className="fields of2"><NameLines words={stage.name} zh={t('liferules:stageZh')} en={t('liferules:stageEn')} path={`${path}.name`} wrong={wrong} onChange={(name) => onChange({ ...stage, name })} /></div>
      )}
      {stage.conditions.length === 0 && <p className="dim small">{t('liferules:noConditions')}</p>}
      {stage.conditions.map((condition, index) => (
        <div key={condition.code} className="rulecondition">
          {onChange === undefined
            ? <ConditionText condition={condition} rules={rules} />
            : (
              <ConditionEditor
                condition={condition}
                rules={rules}
                path={`${path}.conditions.${String(index)}`}
                wrong={wrong}
                faulty={faults.some((one) => one.path.startsWith(`${path}.conditions.${String(index)}.`))}
                text={<ConditionText condition={condition} rules={rules} />}
                onChange={(next) => set(stage.conditions.map((one, at) => (at === index ? next : one)))}
                onDrop={() => set(stage.conditions.filter((_, at) => at !== index))}
              />
            )}
        </div>
      ))}
      {onChange !== undefined && stage.code !== 'planned' && (
        <div className="row" style={{ marginTop: 10 }}>
          <Button small disabled={stage.conditions.length >= 20} onClick={() => set([...stage.conditions, freshCondition(stage.conditions)])}>{t('liferules:addCondition')}</Button>
        </div>
      )}
    </section>
  );
}

function ConditionText({ condition, rules }: { readonly condition: Condition; readonly rules: Lifecycle }) {
  const t = useT('lifecycle');
  const lang = useLang();
  return (
    <>
      <p>
        {pick(condition.name, lang) === '' ? <span className="dim">{t('liferules:unnamed')}</span> : pick(condition.name, lang)}
        {condition.kinds !== undefined && <span className="tag">{t('liferules:onlyKinds', { kinds: condition.kinds.map((kind) => t(`kind.${kind}`)).join(t('comma')) })}</span>}
      </p>
      <p className="two small">{sayTest(condition.test, rules, t, lang)}</p>
      <p className="dim small">{condition.waivedBy === null ? t('liferules:nobody') : `${t('liferules:waivedBy')}${t('colon')}${t(`authority.${condition.waivedBy}`)}`}</p>
    </>
  );
}

function Tables({ rules }: { readonly rules: Lifecycle }) {
  const t = useT('lifecycle');
  const lang = useLang();
  return (
    <div className="ruletables" style={{ marginTop: 24 }}>
      <Section title={t('liferules:sides')}>
        <ul className="card passages">
          {rules.sideStates.map((side) => (
            <li key={side.code}>
              <p><b>{pick(side.name, lang)}</b></p>
              <p className="two small">{t('liferules:from')}{t('colon')}{side.from.map((code) => { const stage = rules.stages.find((one) => one.code === code); return stage === undefined ? code : pick(stage.name, lang); }).join(t('comma'))}</p>
              <p className="dim small">{t('liferules:enteredBy')}{t('colon')}{t(`authority.${side.enteredBy}`)}；{t('liferules:resumedBy')}{t('colon')}{side.resumedBy === null ? t('liferules:final') : t(`authority.${side.resumedBy}`)}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('liferules:works')}>
        <div className="card pad">
          <p>{rules.works.filter((one) => one.permanent).map((one) => pick(one.name, lang)).join(t('comma'))}　<span className="tone-ok small">{t('liferules:permanent')}</span></p>
          <p className="two">{rules.works.filter((one) => !one.permanent).map((one) => pick(one.name, lang)).join(t('comma'))}　<span className="tone-late small">{t('liferules:temporary')}</span></p>
        </div>
      </Section>
      <Section title={t('liferules:kinds')} hint={String(rules.evidenceKinds.length)}>
        <div className="card pad"><p className="two">{rules.evidenceKinds.map((one) => pick(one.name, lang)).join(t('comma'))}</p></div>
      </Section>
    </div>
  );
}
