// The parts of the rules that are changed by hand: where a stage applies and how it is called, a condition with all that belongs to it.
// They only change the draft; what is wrong stands beside the field.
import { useState, type ReactNode } from 'react';
import { useT } from '../../../../web/i18n.ts';
import { ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { AUTHORITIES, KINDS, type Condition, type Lifecycle, type Stage, type Test, type Words } from '../shape.ts';
import { TestBuilder, type Wrong } from './builder.tsx';
import { Line } from './line.tsx';

const USES = ['must', 'may', 'none'] as const;

export function StageUse({ stage, path, wrong, onChange }: { readonly stage: Stage; readonly path: string; readonly wrong: Wrong; readonly onChange: (stage: Stage) => void }) {
  const t = useT('lifecycle');
  return (
    <span className="ruleuse">
      {KINDS.map((kind) => {
        const fault = wrong(`${path}.use.${kind}`);
        return (
          <label key={kind} className="row" style={{ gap: 4 }}>
            {t(`kind.${kind}`)}
            <select value={stage.use[kind]} aria-invalid={fault !== undefined || undefined} onChange={(event) => onChange({ ...stage, use: { ...stage.use, [kind]: USES.find((one) => one === event.target.value) ?? 'must' } })}>
              {USES.map((use) => <option key={use} value={use}>{t(`liferules:${use}`)}</option>)}
            </select>
            {fault !== undefined && <span className="fault">{fault}</span>}
          </label>
        );
      })}
    </span>
  );
}

export interface ConditionEditorProps {
  readonly condition: Condition;
  readonly rules: Lifecycle;
  readonly path: string;
  readonly wrong: Wrong;
  /** How it reads; the inputs are opened one condition at a time. */
  readonly text: ReactNode;
  /** Something within is wrong: it cannot be folded away unseen. */
  readonly faulty: boolean;
  readonly onChange: (condition: Condition) => void;
  readonly onDrop: () => void;
}

export function ConditionEditor({ condition, rules, path, wrong, text, faulty, onChange, onDrop }: ConditionEditorProps) {
  const t = useT('lifecycle');
  const [opened, setOpen] = useState(faulty);
  const open = opened || faulty;
  const { test } = condition;
  const set = (change: Partial<Pick<Condition, 'name' | 'test' | 'waivedBy'>>): void => onChange({ ...condition, ...change });
  const kinds = (chosen: readonly string[] | undefined): void => {
    const picked = KINDS.filter((one) => chosen?.includes(one) === true);
    const { kinds: _kinds, ...rest } = condition;
    onChange(picked.length === 0 || picked.length === KINDS.length ? rest : { ...rest, kinds: picked });
  };
  // An empty hint is no hint.
  const hint = (words: Words): void => {
    const { hint: _hint, ...rest } = condition;
    onChange(words.zh === '' && words.en === '' ? rest : { ...rest, hint: words });
  };
  // Nobody can waive a declaration.
  const tested = (next: Test): void => set(next.type === 'statement' ? { test: next, waivedBy: null } : { test: next });
  return (
    <>
      {text}
      {wrong(path) !== undefined && <p className="fault">{wrong(path)}</p>}
      <div className="row">
        <Button small onClick={() => setOpen(!open)} disabled={faulty}>{t(open ? 'liferules:fold' : 'liferules:unfold')}</Button>
        <Button small kind="quiet" onClick={onDrop}>{t('liferules:removeCondition')}</Button>
      </div>
      {open && (
        <div className="fields of2 ruleform">
          <NameLines words={condition.name} zh={t('liferules:conditionZh')} en={t('liferules:conditionEn')} path={`${path}.name`} wrong={wrong} onChange={(name) => set({ name })} />
          <NameLines words={condition.hint ?? { zh: '', en: '' }} optional zh={t('liferules:hintZh')} en={t('liferules:hintEn')} path={`${path}.hint`} wrong={wrong} onChange={hint} />
          <TestBuilder test={test} rules={rules} path={`${path}.test`} wrong={wrong} onChange={tested} />
          <Line label={t('liferules:uses')}>{(id) => <ChoicesInput id={id} label={t('liferules:uses')} value={condition.kinds ?? [...KINDS]} options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} onChange={kinds} />}</Line>
          <Line label={t('liferules:waivedBy')}>
            {(id) => (
              <SelectInput
                id={id}
                value={condition.waivedBy ?? 'nobody'}
                disabled={test.type === 'statement'}
                options={[{ value: 'nobody', label: t('liferules:nobody') }, ...AUTHORITIES.map((one) => ({ value: one, label: t(`authority.${one}`) }))]}
                onChange={(value) => set({ waivedBy: AUTHORITIES.find((one) => one === value) ?? null })}
              />
            )}
          </Line>
        </div>
      )}
    </>
  );
}

/** A name in both languages, side by side. */
export function NameLines({ words, zh, en, path, wrong, optional = false, onChange }: { readonly words: Words; readonly zh: string; readonly en: string; readonly path: string; readonly wrong: Wrong; readonly optional?: boolean; readonly onChange: (words: Words) => void }) {
  return (
    <>
      <Line label={zh} optional={optional} fault={wrong(`${path}.zh`)}>{(id, bad) => <TextInput id={id} {...bad} maxLength={300} value={words.zh} onChange={(text) => onChange({ ...words, zh: text ?? '' })} />}</Line>
      <Line label={en} optional={optional} fault={wrong(`${path}.en`)}>{(id, bad) => <TextInput id={id} {...bad} maxLength={300} value={words.en} onChange={(text) => onChange({ ...words, en: text ?? '' })} />}</Line>
    </>
  );
}
