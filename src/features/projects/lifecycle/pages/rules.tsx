// 生命周期规则: the stages with what stands before each, read by everyone, changed by an administrator who first sees what it would do to
// real projects. Nothing is saved without a reason.
import { useState } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { getLifecycle } from '../contract.ts';
import { KINDS, type Condition, type Lifecycle, type Stage } from '../shape.ts';
import { EffectDialog } from './effect.tsx';
import { ConditionEditor, RulesJson, StageUse, WorksEditor } from './editing.tsx';
import { pick, sayTest } from './words.ts';
import './lifecycle.css';

export function LifecycleRulesPage() {
  const t = useT('lifecycle');
  const format = useFormat();
  const { can } = useSession();
  const read = useRead(getLifecycle, {});
  const [draft, setDraft] = useState<{ rules: Lifecycle; version: number } | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const data = read.data;
  if (data === undefined) return read.error === undefined ? <Loading kind="table" lines={10} /> : <Problem error={read.error} onRetry={read.again} />;
  const rules = draft?.rules ?? data.rules;
  const changed = draft !== undefined && JSON.stringify(draft.rules) !== JSON.stringify(data.rules);
  const edit = draft === undefined ? undefined : (next: Lifecycle): void => setDraft({ rules: next, version: draft.version });
  const state = data.standard ? t('rules.standard') : t('rules.version', { version: data.version, who: data.updatedBy ?? '—', at: format.instant(data.updatedAt) });
  return (
    <>
      <PageHead
        title={t('rules.title')}
        small={t('rules.hint')}
        actions={can('projects.rules') && draft === undefined ? <Button onClick={() => setDraft({ rules: structuredClone(data.rules), version: data.version })}>{t('rules.edit')}</Button> : undefined}
      />
      <p className="dim small rulestate">{state}</p>
      <div>
        {rules.stages.map((stage, index) => (
          <StageCard key={stage.code} stage={stage} rules={rules} {...(edit === undefined ? {} : { onChange: (next: Stage) => edit({ ...rules, stages: rules.stages.map((one, at) => (at === index ? next : one)) }) })} />
        ))}
      </div>
      <Tables rules={rules} />
      {edit !== undefined && (
        <>
          <WorksEditor rules={rules} onChange={edit} />
          <RulesJson rules={rules} onChange={edit} />
          <div className="row end rulefoot">
            <span className="two small push">{t(changed ? 'rules.unsaved' : 'rules.changedNothing')}</span>
            <Button onClick={() => setDraft(undefined)}>{t('rules.stop')}</Button>
            <Button kind="main" disabled={!changed} onClick={() => setAsking(true)}>{t('rules.preview')}</Button>
          </div>
        </>
      )}
      {asking && draft !== undefined && <EffectDialog rules={draft.rules} version={draft.version} onClose={() => setAsking(false)} onSaved={() => { setAsking(false); setDraft(undefined); }} />}
    </>
  );
}

function StageCard({ stage, rules, onChange }: { readonly stage: Stage; readonly rules: Lifecycle; readonly onChange?: (stage: Stage) => void }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const set = (conditions: Condition[]): void => onChange?.({ ...stage, conditions });
  return (
    <section className="card rulestage" aria-label={pick(stage.name, lang)}>
      <header>
        <h2>{pick(stage.name, lang)}</h2>
        {onChange === undefined
          ? <span className="ruleuse">{KINDS.map((kind) => <span key={kind} className={stage.use[kind]}>{t(`kind.${kind}`)} {t(`rules.${stage.use[kind]}`)}</span>)}</span>
          : <StageUse stage={stage} onChange={onChange} />}
      </header>
      {stage.conditions.length === 0 && <p className="dim small">{t('rules.noConditions')}</p>}
      {stage.conditions.map((condition, index) => (
        <div key={condition.code} className="rulecondition">
          {onChange === undefined
            ? <ConditionText condition={condition} rules={rules} />
            : (
              <ConditionEditor
                condition={condition}
                rules={rules}
                text={<ConditionText condition={condition} rules={rules} />}
                onChange={(next) => set(stage.conditions.map((one, at) => (at === index ? next : one)))}
                onDrop={() => set(stage.conditions.filter((_, at) => at !== index))}
              />
            )}
        </div>
      ))}
      {onChange !== undefined && stage.code !== 'planned' && (
        <div className="row" style={{ marginTop: 10 }}>
          <Button small onClick={() => set([...stage.conditions, fresh(stage)])}>{t('rules.addCondition')}</Button>
        </div>
      )}
    </section>
  );
}

/** A new condition under a code that the stage does not have yet; its words must be filled before the rules are sound. */
function fresh(stage: Stage): Condition {
  const taken = new Set(stage.conditions.map((one) => one.code));
  let n = 1;
  while (taken.has(`condition_${String(n)}`)) n += 1;
  return { code: `condition_${String(n)}`, name: { zh: '新条件', en: 'New condition' }, test: { type: 'evidence', kinds: ['other'], needs: ['file'] }, waivedBy: 'projects.waive' };
}

function ConditionText({ condition, rules }: { readonly condition: Condition; readonly rules: Lifecycle }) {
  const t = useT('lifecycle');
  const lang = useLang();
  return (
    <>
      <p>
        {pick(condition.name, lang)}
        {condition.kinds !== undefined && <span className="tag">{t('rules.onlyKinds', { kinds: condition.kinds.map((kind) => t(`kind.${kind}`)).join(t('comma')) })}</span>}
      </p>
      <p className="two small">{sayTest(condition.test, rules, t, lang)}</p>
      <p className="dim small">{condition.waivedBy === null ? t('rules.nobody') : `${t('rules.waivedBy')}${t('colon')}${t(`authority.${condition.waivedBy}`)}`}</p>
    </>
  );
}

function Tables({ rules }: { readonly rules: Lifecycle }) {
  const t = useT('lifecycle');
  const lang = useLang();
  return (
    <div className="ruletables" style={{ marginTop: 24 }}>
      <Section title={t('rules.sides')}>
        <ul className="card passages">
          {rules.sideStates.map((side) => (
            <li key={side.code}>
              <p><b>{pick(side.name, lang)}</b></p>
              <p className="two small">{t('rules.from')}{t('colon')}{side.from.map((code) => { const stage = rules.stages.find((one) => one.code === code); return stage === undefined ? code : pick(stage.name, lang); }).join(t('comma'))}</p>
              <p className="dim small">{t('rules.enteredBy')}{t('colon')}{t(`authority.${side.enteredBy}`)}；{t('rules.resumedBy')}{t('colon')}{side.resumedBy === null ? t('rules.final') : t(`authority.${side.resumedBy}`)}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('rules.works')}>
        <div className="card pad">
          <p>{rules.works.filter((one) => one.permanent).map((one) => pick(one.name, lang)).join(t('comma'))}　<span className="tone-ok small">{t('rules.permanent')}</span></p>
          <p className="two">{rules.works.filter((one) => !one.permanent).map((one) => pick(one.name, lang)).join(t('comma'))}　<span className="tone-late small">{t('rules.temporary')}</span></p>
        </div>
      </Section>
      <Section title={t('rules.kinds')} hint={String(rules.evidenceKinds.length)}>
        <div className="card pad"><p className="two">{rules.evidenceKinds.map((one) => pick(one.name, lang)).join(t('comma'))}</p></div>
      </Section>
    </div>
  );
}
