// One warning rule: how it reads, and unfolded all that can be changed of it. It only changes the draft; faults stand beside the field.
import { useState, type ReactNode } from 'react';
import { useLang, useT } from '../../../../web/i18n.ts';
import { CheckInput, ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Line } from '../../lifecycle/pages/line.tsx';
import { lightTone } from '../../portfolio/pages/say.ts';
import { beginsAt, type PendingClock, type WarningRule } from '../rules.ts';
import { kindsOf, usedLevel, withKind, withLevel, withObject, withoutLevel, withPart, type Level, type Part } from './draft.ts';

export const OBJECTS = ['start', 'completion', 'investment', 'milestone', 'statistics', 'report', 'prediction', 'approval'] as const;
const LEVELS = [1, 2, 3] as const;
const CLOCKS: readonly PendingClock[] = ['promised', 'statutory', 'stopped'];
const APPLIES = { kinds: ['enterprise', 'government', 'purchase'], natures: ['new', 'continuing', 'completing', 'preliminary'], projectLevels: ['provincial', 'municipal', 'county', 'zone'] } as const;
const WORDS = { kinds: 'kind', natures: 'nature', projectLevels: 'level' } as const;

export type Wrong = (path: string) => string | undefined;

export interface RuleCardProps {
  readonly rule: WarningRule;
  readonly mayChange: boolean;
  readonly faulty: boolean;
  readonly wrong: Wrong;
  readonly onChange: (rule: WarningRule) => void;
  readonly onDrop: () => void;
}

export function RuleCard({ rule, mayChange, faulty, wrong, onChange, onDrop }: RuleCardProps) {
  const t = useT('warnings');
  const lang = useLang();
  const [opened, setOpen] = useState(faulty);
  const open = mayChange && (opened || faulty);
  const name = lang === 'en' ? rule.name.en : rule.name.zh;
  const only = useOnly(rule);
  return (
    <section className="card rulecard" aria-label={name === '' ? t('rules.unnamed') : name}>
      <div className="sectionhead">
        <h2>{name === '' ? <span className="dim">{t('rules.unnamed')}</span> : name}</h2>
        <span>{[t(`object.${rule.object}`), t(`rules.kind.${rule.object === 'approval' ? 'workdays' : rule.kind}`), rule.source].filter((one) => one !== '').join(' · ')}</span>
        <label className="row push">
          <input type="checkbox" checked={rule.on} disabled={!mayChange} onChange={(event) => onChange({ ...rule, on: event.target.checked })} />
          {t(rule.on ? 'rules.on' : 'rules.off')}
        </label>
      </div>
      {!open && rule.levels.map((level) => (
        <div key={level.level} className="ruleline">
          <State tone={lightTone(level.level)} word={t(`level.${String(level.level)}`)} />
          <span>{saysLevel(rule, level, t)}</span>
        </div>
      ))}
      {!open && only !== '' && <p className="two small">{t('rules.only', { what: only })}</p>}
      {open && <RuleForm rule={rule} wrong={wrong} onChange={onChange} />}
      {mayChange && (
        <div className="row">
          <Button small disabled={faulty} onClick={() => setOpen(!open)}>{t(open ? 'rules.fold' : 'rules.unfold')}</Button>
          <Button small kind="quiet" onClick={onDrop}>{t('rules.remove')}</Button>
        </div>
      )}
    </section>
  );
}

function RuleForm({ rule, wrong, onChange }: { readonly rule: WarningRule; readonly wrong: Wrong; readonly onChange: (rule: WarningRule) => void }) {
  const t = useT('warnings');
  const fault = wrong(`${rule.id}.levels`);
  return (
    <div className="fields of2">
      {(['zh', 'en'] as const).map((lang) => (
        <Line key={lang} label={t(`rules.name_${lang}`)} fault={wrong(`${rule.id}.name.${lang}`)}>{(id, bad) => <TextInput id={id} {...bad} maxLength={120} value={rule.name[lang]} onChange={(text) => onChange({ ...rule, name: { ...rule.name, [lang]: text ?? '' } })} />}</Line>
      ))}
      <Line label={t('rules.object')}>{(id) => <SelectInput id={id} value={rule.object} options={OBJECTS.map((one) => ({ value: one, label: t(`object.${one}`) }))} onChange={(value) => { const object = OBJECTS.find((one) => one === value); if (object !== undefined) onChange(withObject(rule, object)); }} />}</Line>
      <Line label={t('rules.measure')}>{(id) => <SelectInput id={id} value={rule.kind} options={kindsOf(rule.object).map((one) => ({ value: one, label: t(`rules.kind.${rule.object === 'approval' ? 'workdays' : one}`) }))} onChange={(value) => { const kind = kindsOf(rule.object).find((one) => one === value); if (kind !== undefined) onChange(withKind(rule, kind)); }} />}</Line>
      <div className="wide stack" role="group" aria-label={t('rules.thresholds')}>
        <span className="two small">{t('rules.thresholds')}</span>
        {LEVELS.map((level) => <LevelLine key={level} rule={rule} level={level} wrong={wrong} onChange={onChange} />)}
        {fault !== undefined && <p className="fault">{fault}</p>}
      </div>
      {(['kinds', 'natures', 'projectLevels'] as const).map((part) => (
        <Line key={part} label={t(`rules.applies_${part}`)} hint={rule[part].length === 0 ? t('rules.applies_all') : undefined}>
          {(id) => <ChoicesInput id={id} label={t(`rules.applies_${part}`)} value={rule[part]} options={APPLIES[part].map((one) => ({ value: one, label: t(`projects:${WORDS[part]}.${one}`) }))} onChange={(chosen) => onChange({ ...rule, [part]: [...(chosen ?? [])] })} />}
        </Line>
      ))}
      <Line label={t('rules.source')} optional hint={t('rules.source_hint')}>{(id) => <TextInput id={id} maxLength={200} value={rule.source} onChange={(source) => onChange({ ...rule, source: source ?? '' })} />}</Line>
    </div>
  );
}

function LevelLine({ rule, level, wrong, onChange }: { readonly rule: WarningRule; readonly level: 1 | 2 | 3; readonly wrong: Wrong; readonly onChange: (rule: WarningRule) => void }) {
  const t = useT('warnings');
  const here = rule.levels.find((one) => one.level === level);
  const word = t(`level.${String(level)}`);
  const path = `${rule.id}.levels.${String(level)}`;
  const measured = t(rule.kind !== 'points' ? 'rules.below' : here !== undefined && beginsAt(rule, here) ? 'rules.behind_from' : 'rules.behind');
  const number = (part: Part, say: string, unit: string): ReactNode => (
    <span className="rulenumber">
      <NumberInput label={`${word} ${say}`} unit={unit} digits={part === 'percent' ? 1 : 0} value={here?.[part]} invalid={wrong(`${path}.${part}`) !== undefined} onChange={(value) => onChange(withPart(rule, level, part, value))} />
      {wrong(`${path}.${part}`) !== undefined && <span className="fault">{wrong(`${path}.${part}`)}</span>}
    </span>
  );
  const use = (on: boolean | undefined): void => onChange(on === true ? withLevel(rule, usedLevel(rule, level)) : withoutLevel(rule, level));
  return (
    <div className="ruleline">
      <CheckInput value={here !== undefined} onChange={use}><State tone={lightTone(level)} word={word} /></CheckInput>
      {here !== undefined && (rule.object === 'approval'
        ? <><ClockInput level={here} onChange={(clock) => onChange(withLevel(rule, { ...here, clock }))} />{t('rules.past')}{number('workdays', t('rules.past'), t('rules.unit_workdays'))}</>
        : rule.kind === 'delay'
          ? <>{t('rules.past')}{number('months', t('rules.past'), t('rules.unit_months'))}{number('days', t('rules.past'), t('rules.unit_days'))}</>
          : <>{measured}{number('percent', measured, t(rule.kind === 'points' ? 'rules.unit_points' : 'rules.unit_percent'))}</>)}
    </div>
  );
}

function ClockInput({ level, onChange }: { readonly level: Level; readonly onChange: (clock: PendingClock) => void }) {
  const t = useT('warnings');
  return (
    <span className="ruleclock">
      <SelectInput label={t('rules.clocks')} value={level.clock ?? 'promised'} options={CLOCKS.map((one) => ({ value: one, label: t(`rules.clock.${one}`) }))} onChange={(value) => { const clock = CLOCKS.find((one) => one === value); if (clock !== undefined) onChange(clock); }} />
    </span>
  );
}

function saysLevel(rule: WarningRule, level: Level, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (rule.object === 'approval') return t(`rules.says_${level.clock ?? 'promised'}${(level.workdays ?? 0) === 0 ? '_atOnce' : ''}`, { count: level.workdays ?? 0 });
  switch (rule.kind) {
    case 'points': return t(beginsAt(rule, level) ? 'rules.says_points_from' : 'rules.says_points', { count: level.percent ?? 0 });
    case 'ratio': return t('rules.says_ratio', { count: level.percent ?? 0 });
    default: return [...(level.months === undefined ? [] : [t('rules.says_months', { count: level.months })]), ...(level.days === undefined ? [] : [t(level.days === 0 && level.months === undefined ? 'rules.says_atOnce' : 'rules.says_days', { count: level.days })])].join(' ');
  }
}

function useOnly(rule: WarningRule): string {
  const t = useT('warnings');
  return (['kinds', 'natures', 'projectLevels'] as const).flatMap((part) => rule[part].map((one) => t(`projects:${WORDS[part]}.${one}`))).join(t('web:listComma'));
}
