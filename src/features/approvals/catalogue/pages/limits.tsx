// Limits and what lies outside the clock, changed by hand: days, unit, source, article and how it is known; each fault beside its field.
import { useLang, useT } from '../../../../web/i18n.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { OUTSIDE, READS, type Basis, type Limit, type Outside } from '../shape.ts';
import type { Wrong } from './editing.tsx';
import { RuleEditor } from './rule.tsx';
import { pick, type Whole } from './words.ts';

const UNITS = ['working', 'calendar'] as const;

interface Common {
  readonly path: string;
  readonly wrong: Wrong;
  readonly sources: Whole['sources'];
}

export function LimitsEditor({ limits, names, onChange, ...common }: Common & { readonly limits: readonly Limit[]; readonly names: Whole['names']; readonly onChange: (limits: Limit[]) => void }) {
  const t = useT('approvals');
  const [source] = common.sources;
  return (
    <div className="editparts">
      {limits.map((one, index) => (
        <LimitEditor key={index} {...common} limit={one} names={names} path={`${common.path}.${String(index)}`} onChange={(next) => onChange(limits.map((each, at) => (at === index ? unmarked(next) : each)))} onDrop={() => onChange(limits.filter((_, at) => at !== index))} />
      ))}
      <div className="row">
        {limits.length < 6 && source !== undefined && <Button small onClick={() => onChange([...limits, { days: 5, unit: 'working', basis: { source: source.key, read: 'verify' } }])}>{t('catalogue.addLimit')}</Button>}
        {limits.length > 1 && <span className="two small">{t('catalogue.limitOrder')}</span>}
      </div>
    </div>
  );
}

function LimitEditor({ limit, names, path, wrong, sources, onChange, onDrop }: Common & { readonly limit: Limit; readonly names: Whole['names']; readonly onChange: (limit: Limit) => void; readonly onDrop: () => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const { extensionDays, within, when, steps } = limit;
  const without = (field: 'extensionDays' | 'within' | 'when' | 'steps'): Limit => {
    const rest: Limit = { ...limit };
    delete rest[field];
    return rest;
  };
  return (
    <div className="editpart">
      <div className="fields of2">
        <Line label={t('catalogue.field.days')} fault={wrong(`${path}.days`) ?? wrong(path)}>{(id, bad) => <NumberInput id={id} {...bad} digits={0} value={limit.days} onChange={(days) => onChange({ ...limit, days: days ?? Number.NaN })} />}</Line>
        <Line label={t('catalogue.field.unit')}>{(id) => <SelectInput id={id} value={limit.unit} options={UNITS.map((one) => ({ value: one, label: t(`unit.${one}`) }))} onChange={(unit) => onChange({ ...limit, unit: UNITS.find((one) => one === unit) ?? limit.unit })} />}</Line>
        <BasisEditor basis={limit.basis} path={`${path}.basis`} wrong={wrong} sources={sources} onChange={(basis) => onChange({ ...limit, basis })} />
        <Line label={t('catalogue.field.within')} optional fault={wrong(`${path}.within`)}>{(id, bad) => <SelectInput id={id} {...bad} clearable value={within} options={names.filter((one) => one.stage !== null).map((one) => ({ value: one.code, label: `${one.code} ${pick(one.name, lang)}` }))} onChange={(item) => onChange(item === undefined ? without('within') : { ...limit, within: item, days: 0 })} />}</Line>
        <Line label={t('catalogue.field.extension')} optional fault={wrong(`${path}.extensionDays`)}>{(id, bad) => <NumberInput id={id} {...bad} digits={0} value={extensionDays} onChange={(days) => onChange(days === undefined ? without('extensionDays') : { ...limit, extensionDays: days })} />}</Line>
      </div>
      <StepsEditor steps={steps ?? []} fault={wrong(`${path}.steps`, true)} onChange={(next) => onChange(next.length === 0 ? without('steps') : { ...limit, steps: next })} />
      <CheckInput value={when !== undefined} onChange={(on) => onChange(on === true ? { ...limit, when: { fact: 'track', eq: 'enterprise' } } : without('when'))}>{t('catalogue.onlyWhen')}</CheckInput>
      {when !== undefined && <RuleEditor rule={when} fault={wrong(`${path}.when`, true)} onChange={(next) => onChange({ ...limit, when: next })} />}
      <div><Button small kind="quiet" onClick={onDrop}>{t('catalogue.removeLimit')}</Button></div>
    </div>
  );
}

type Steps = NonNullable<Limit['steps']>;

export function StepsEditor({ steps, fault, onChange }: { readonly steps: Steps; readonly fault: string | undefined; readonly onChange: (steps: Steps) => void }) {
  const t = useT('approvals');
  const set = (index: number, change: Partial<Steps[number]>): void => onChange(steps.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <div>
      {steps.map((one, index) => (
        <div key={index} className="rowline withdays" style={{ marginBottom: 6 }}>
          <TextInput label={t('catalogue.stepZh')} placeholder={t('catalogue.stepZh')} maxLength={60} value={one.name.zh} onChange={(zh) => set(index, { name: { ...one.name, zh: zh ?? '' } })} />
          <TextInput label={t('catalogue.stepEn')} placeholder={t('catalogue.stepEn')} maxLength={60} value={one.name.en} onChange={(en) => set(index, { name: { ...one.name, en: en ?? '' } })} />
          <NumberInput label={t('catalogue.field.days')} digits={0} value={one.days} onChange={(days) => set(index, { days: days ?? Number.NaN })} />
          <Button small kind="quiet" onClick={() => onChange(steps.filter((_, at) => at !== index))}>{t('catalogue.remove')}</Button>
        </div>
      ))}
      {fault !== undefined && <p className="fault">{fault}</p>}
      {steps.length < 12 && <Button small onClick={() => onChange([...steps, { name: { zh: '', en: '' }, days: 1 }])}>{t('catalogue.addStep')}</Button>}
    </div>
  );
}

export function OutsideEditor({ outside, onChange, ...common }: Common & { readonly outside: readonly Outside[]; readonly onChange: (outside: Outside[]) => void }) {
  const t = useT('approvals');
  const { path, wrong, sources } = common;
  const [source] = sources;
  const set = (index: number, change: Partial<Outside>): void => onChange(outside.map((one, at) => (at === index ? unmarked({ ...one, ...change }) : one)));
  return (
    <div className="editparts">
      {outside.map((one, index) => (
        <div key={index} className="editpart">
          <div className="fields of2">
            <Line label={t('catalogue.field.kind')}>{(id) => <SelectInput id={id} value={one.kind} options={OUTSIDE.map((kind) => ({ value: kind, label: t(`catalogue.outsideKind.${kind}`) }))} onChange={(kind) => set(index, { kind: OUTSIDE.find((each) => each === kind) ?? one.kind })} />}</Line>
            <Line label={t('catalogue.field.days')} optional fault={wrong(`${path}.${String(index)}.days`) ?? wrong(`${path}.${String(index)}`)}>{(id, bad) => <NumberInput id={id} {...bad} digits={0} value={one.days ?? undefined} onChange={(days) => set(index, { days: days ?? null })} />}</Line>
            <Line label={t('catalogue.field.unit')}>{(id) => <SelectInput id={id} value={one.unit} options={UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))} onChange={(unit) => set(index, { unit: UNITS.find((each) => each === unit) ?? one.unit })} />}</Line>
            <BasisEditor basis={one.basis} path={`${path}.${String(index)}.basis`} wrong={wrong} sources={sources} onChange={(basis) => set(index, { basis })} />
          </div>
          <div className="row">
            <CheckInput value={one.always} onChange={(always) => set(index, { always: always === true })}>{t('catalogue.field.always')}</CheckInput>
            <span className="push"><Button small kind="quiet" onClick={() => onChange(outside.filter((_, at) => at !== index))}>{t('catalogue.remove')}</Button></span>
          </div>
        </div>
      ))}
      {outside.length < 8 && source !== undefined && <Button small onClick={() => onChange([...outside, { kind: 'notice', days: 10, unit: 'calendar', always: true, basis: { source: source.key, read: 'verify' } }])}>{t('catalogue.addOutside')}</Button>}
    </div>
  );
}

/** A mark of having been looked up falls with any change of its value: it is to be verified anew. */
export function unmarked<One extends { readonly basis: Basis }>(one: One): One {
  if (one.basis.checked === undefined) return one;
  const { checked: _checked, ...basis } = one.basis;
  return { ...one, basis: { ...basis, read: 'verify' } };
}

/** Source, article and how it is known. Whoever changes the source says anew how he knows it. */
export function BasisEditor({ basis, path, wrong, sources, onChange }: Common & { readonly basis: Basis; readonly onChange: (basis: Basis) => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const article = (text: string | undefined): void => {
    const { article: _article, ...rest } = basis;
    onChange(text === undefined ? rest : { ...rest, article: text });
  };
  return (
    <>
      <Line label={t('catalogue.field.source')} fault={wrong(path, true)}>{(id, bad) => <SelectInput id={id} {...bad} value={basis.source} options={sources.map((one) => ({ value: one.key, label: pick(one.name, lang) }))} onChange={(source) => onChange({ ...basis, source: source ?? basis.source, ...(source === basis.source ? {} : { read: 'verify' as const }) })} />}</Line>
      <Line label={t('catalogue.field.article')} optional>{(id) => <TextInput id={id} maxLength={20} value={basis.article} onChange={article} />}</Line>
      <Line label={t('catalogue.field.read')}>{(id) => <ReadInput id={id} value={basis.read} onChange={(read) => onChange({ ...basis, read })} />}</Line>
    </>
  );
}

/** What was read in the law is marked on the item's page, with the words of the text: it is not chosen here. */
export function ReadInput({ id, value, onChange }: { readonly id: string; readonly value: Basis['read']; readonly onChange: (read: Basis['read']) => void }) {
  const t = useT('approvals');
  return <SelectInput id={id} value={value} options={READS.filter((one) => one !== 'law' || value === 'law').map((one) => ({ value: one, label: t(`catalogue.read.${one}`) }))} onChange={(read) => onChange(READS.find((one) => one === read) ?? value)} />;
}
