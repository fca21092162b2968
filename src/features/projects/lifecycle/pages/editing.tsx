// The parts of the rules that are changed by hand: where a stage applies, a condition, the works that count as a start, and everything
// as JSON for what the rest cannot reach. They only change the draft; whether it is sound is said by the server before it is saved.
import { useEffect, useState, type ReactNode } from 'react';
import { useLang, useT } from '../../../../web/i18n.ts';
import { CheckInput, ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { MultiSelect, SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { AUTHORITIES, KINDS, NEEDS, type Condition, type Lifecycle, type Stage, type Test } from '../shape.ts';
import { Line } from './line.tsx';
import { pick } from './words.ts';

const USES = ['must', 'may', 'none'] as const;

export function StageUse({ stage, onChange }: { readonly stage: Stage; readonly onChange: (stage: Stage) => void }) {
  const t = useT('lifecycle');
  return (
    <span className="ruleuse">
      {KINDS.map((kind) => (
        <label key={kind} className="row" style={{ gap: 4 }}>
          {t(`kind.${kind}`)}
          <select value={stage.use[kind]} onChange={(event) => onChange({ ...stage, use: { ...stage.use, [kind]: USES.find((one) => one === event.target.value) ?? 'must' } })}>
            {USES.map((use) => <option key={use} value={use}>{t(`rules.${use}`)}</option>)}
          </select>
        </label>
      ))}
    </span>
  );
}

export interface ConditionEditorProps {
  readonly condition: Condition;
  readonly rules: Lifecycle;
  /** How it reads; the inputs are opened one condition at a time. */
  readonly text: ReactNode;
  readonly onChange: (condition: Condition) => void;
  readonly onDrop: () => void;
}

export function ConditionEditor({ condition, rules, text, onChange, onDrop }: ConditionEditorProps) {
  const t = useT('lifecycle');
  const [open, setOpen] = useState(condition.code.startsWith('condition_'));
  const { test } = condition;
  const kinds = (chosen: readonly string[] | undefined): void => {
    const picked = KINDS.filter((one) => chosen?.includes(one) === true);
    const { code, name, hint, waivedBy } = condition;
    onChange({ code, name, ...(hint === undefined ? {} : { hint }), ...(picked.length === 0 || picked.length === KINDS.length ? {} : { kinds: picked }), test, waivedBy });
  };
  return (
    <>
      {text}
      <div className="row">
        <Button small onClick={() => setOpen(!open)}>{t(open ? 'rules.fold' : 'rules.unfold')}</Button>
        <Button small kind="quiet" onClick={onDrop}>{t('rules.removeCondition')}</Button>
      </div>
      {open && (
        <div className="fields of2">
          <Line label={t('rules.conditionZh')}>{(id) => <TextInput id={id} maxLength={300} value={condition.name.zh} onChange={(zh) => onChange({ ...condition, name: { ...condition.name, zh: zh ?? '' } })} />}</Line>
          <Line label={t('rules.conditionEn')}>{(id) => <TextInput id={id} maxLength={300} value={condition.name.en} onChange={(en) => onChange({ ...condition, name: { ...condition.name, en: en ?? '' } })} />}</Line>
          <TestEditor test={test} rules={rules} onChange={(next) => onChange({ ...condition, test: next })} />
          <Line label={t('rules.uses')}>{(id) => <ChoicesInput id={id} label={t('rules.uses')} value={condition.kinds ?? [...KINDS]} options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} onChange={kinds} />}</Line>
          <Line label={t('rules.waivedBy')}>
            {(id) => (
              <SelectInput
                id={id}
                value={condition.waivedBy ?? 'nobody'}
                disabled={test.type === 'statement'}
                options={[{ value: 'nobody', label: t('rules.nobody') }, ...AUTHORITIES.map((one) => ({ value: one, label: t(`authority.${one}`) }))]}
                onChange={(value) => onChange({ ...condition, waivedBy: AUTHORITIES.find((one) => one === value) ?? null })}
              />
            )}
          </Line>
        </div>
      )}
    </>
  );
}

function TestEditor({ test, rules, onChange }: { readonly test: Test; readonly rules: Lifecycle; readonly onChange: (test: Test) => void }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const options = rules.evidenceKinds.map((one) => ({ value: one.code, label: pick(one.name, lang) }));
  switch (test.type) {
    case 'evidence': return (
      <>
        <Line label={t('rules.kinds')}>{(id) => <MultiSelect id={id} value={test.kinds} options={options.filter((one) => rules.evidenceKinds.some((each) => each.code === one.value && !each.photo))} onChange={(kinds) => onChange({ ...test, kinds: [...(kinds ?? [])] })} />}</Line>
        <Line label={t('rules.test.needs', { needs: '' })}>{(id) => <ChoicesInput id={id} label={t('rules.test.needs', { needs: '' })} value={test.needs} options={NEEDS.map((need) => ({ value: need, label: t(`rules.need.${need}`) }))} onChange={(needs) => onChange({ ...test, needs: NEEDS.filter((need) => needs?.includes(need) === true) })} />}</Line>
        <Line label={t('rules.requireVerified')}>{(id) => <CheckInput id={id} value={test.verified === true} onChange={(verified) => onChange({ ...test, verified: verified === true })}>{t('rules.test.verified')}</CheckInput>}</Line>
      </>
    );
    case 'photo': return (
      <>
        <Line label={t('rules.kinds')}>{(id) => <MultiSelect id={id} value={test.kinds} options={options.filter((one) => rules.evidenceKinds.some((each) => each.code === one.value && each.photo))} onChange={(kinds) => onChange({ ...test, kinds: [...(kinds ?? [])] })} />}</Line>
        <Line label={t('rules.count')}>{(id) => <NumberInput id={id} digits={0} value={test.count} onChange={(count) => onChange({ ...test, count: whole(count, 1, 20) })} />}</Line>
        <Line label={t('rules.requireVerified')}>{(id) => <CheckInput id={id} value={test.verified === true} onChange={(verified) => onChange({ ...test, verified: verified === true })}>{t('rules.test.verified')}</CheckInput>}</Line>
      </>
    );
    case 'results': return (
      <>
        <Line label={t('rules.percent')}>{(id) => <NumberInput id={id} digits={0} unit="%" value={test.percent} onChange={(percent) => onChange({ ...test, percent: whole(percent, 1, 200) })} />}</Line>
        <Line label={t('rules.test.withinAgreed')}>{(id) => <CheckInput id={id} value={test.withinAgreed} onChange={(withinAgreed) => onChange({ ...test, withinAgreed: withinAgreed === true })}>{t('rules.test.withinAgreed')}</CheckInput>}</Line>
      </>
    );
    // What holds several tests, or none to be set, is changed as JSON below.
    default: return null;
  }
}

export function WorksEditor({ rules, onChange }: { readonly rules: Lifecycle; readonly onChange: (rules: Lifecycle) => void }) {
  const t = useT('lifecycle');
  const lang = useLang();
  return (
    <Section title={t('rules.works')}>
      <div className="card pad stack">
        {rules.works.map((one, index) => (
          <CheckInput key={one.code} value={one.permanent} onChange={(permanent) => onChange({ ...rules, works: rules.works.map((each, at) => (at === index ? { ...each, permanent: permanent === true } : each)) })}>
            {pick(one.name, lang)} <span className="dim small">{t(one.permanent ? 'rules.permanent' : 'rules.temporary')}</span>
          </CheckInput>
        ))}
        <Line label={t('rules.effectMonths')}>{(id) => <NumberInput id={id} digits={0} value={rules.effectMonths} onChange={(months) => onChange({ ...rules, effectMonths: whole(months, 1, 60) })} />}</Line>
      </div>
    </Section>
  );
}

export function RulesJson({ rules, onChange }: { readonly rules: Lifecycle; readonly onChange: (rules: Lifecycle) => void }) {
  const t = useT('lifecycle');
  const now = JSON.stringify(rules, null, 2);
  const [text, setText] = useState(now);
  const [fault, setFault] = useState<string | undefined>(undefined);
  useEffect(() => {
    setText(now);
    setFault(undefined);
  }, [now]);
  const take = (): void => {
    try {
      // Only its outline is looked at here: the server checks the whole against the schema.
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed !== 'object' || parsed === null || !('stages' in parsed) || !Array.isArray(parsed.stages) || !('works' in parsed) || !('sideStates' in parsed) || !('evidenceKinds' in parsed)) throw new SyntaxError('stages, works, sideStates, evidenceKinds');
      onChange(parsed as Lifecycle);
    } catch (error) {
      setFault(t('rules.badJson', { message: error instanceof Error ? error.message : '' }));
    }
  };
  return (
    <details style={{ marginTop: 24 }}>
      <summary>{t('rules.advanced')}</summary>
      <p className="dim small">{t('rules.advancedHint')}</p>
      <div className="rulejsonbox"><TextArea rows={18} label={t('rules.advanced')} value={text} onChange={(value) => setText(value ?? '')} onBlur={() => text !== now && take()} invalid={fault !== undefined} /></div>
      {fault !== undefined && <p className="fault" role="alert">{fault}</p>}
    </details>
  );
}

function whole(value: number | undefined, least: number, most: number): number {
  return value === undefined || Number.isNaN(value) ? least : Math.max(least, Math.min(most, Math.round(value)));
}
