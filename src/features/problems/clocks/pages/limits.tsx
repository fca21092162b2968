// Parts of the editor of a clock policy: one limit with its unit, the office hours of a day, one line of limits. They only change the draft.
import type { ReactNode } from 'react';
import { useLang, useT } from '../../../../web/i18n.ts';
import { MultiSelect, SelectInput } from '../../../../web/inputs/select.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { SEVERITIES } from '../../life/steps.ts';
import type { Kind } from '../../pool/kinds.ts';
import { UNITS, type Limit, type LimitLine, type Policy } from '../policy.ts';

export interface Editing<T> {
  readonly value: T;
  readonly disabled: boolean;
  readonly onChange: (value: T) => void;
}

export function LimitInput({ label, value, disabled, onChange }: Editing<Limit> & { readonly label: string }) {
  const t = useT('policies');
  if (disabled) return <span className="limit"><span className="two small">{label}</span> {sayLimit(value, t)}</span>;
  return (
    <span className="limit">
      <span className="two small">{label}</span>
      <span className="limitcount"><NumberInput label={label} value={value.count} digits={0} invalid={!whole(value.count)} onChange={(count) => onChange({ ...value, count: count ?? NaN })} /></span>
      <span className="limitunit">
        <SelectInput label={t('unitOf', { what: label })} value={value.unit} options={UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))}
          onChange={(unit) => { const known = UNITS.find((one) => one === unit); if (known !== undefined) onChange({ ...value, unit: known }); }} />
      </span>
    </span>
  );
}

export function whole(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= 100_000;
}

export function sayLimit({ count, unit }: Limit, t: (key: string, values?: Record<string, unknown>) => string): string {
  return t(`limit.${unit}`, { count });
}

/** 08:30 as minutes since midnight; undefined while it is no time. */
export function minuteOf(text: string): number | undefined {
  const found = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(text.trim().replace('：', ':'));
  const minute = found === null ? NaN : Number(found[1]) * 60 + Number(found[2]);
  return minute <= 1440 ? minute : undefined;
}

export function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** As it is typed: the texts are kept until they are times. */
export type HourTexts = readonly (readonly [string, string])[];

const MOST_HOURS = 4;

export function HoursInput({ value, disabled, onChange }: Editing<HourTexts>) {
  const t = useT('policies');
  const set = (index: number, place: 0 | 1, text: string | undefined): void => onChange(value.map(([from, to], i) => (i !== index ? [from, to] as const : place === 0 ? [text ?? '', to] as const : [from, text ?? ''] as const)));
  if (disabled) return <p>{value.map(([from, to]) => `${from}—${to}`).join(t('web:listComma'))}</p>;
  return (
    <div className="row hours">
      {value.map(([from, to], index) => (
        <span className="limit" key={index}>
          <span className="hour"><TextInput label={t('hourFrom', { count: index + 1 })} value={from} invalid={minuteOf(from) === undefined} onChange={(text) => set(index, 0, text)} /></span>
          <span>—</span>
          <span className="hour"><TextInput label={t('hourTo', { count: index + 1 })} value={to} invalid={minuteOf(to) === undefined} onChange={(text) => set(index, 1, text)} /></span>
          {value.length > 1 && <Button small kind="quiet" onClick={() => onChange(value.filter((_, i) => i !== index))}>{t('remove')}</Button>}
        </span>
      ))}
      {value.length < MOST_HOURS && <Button small onClick={() => onChange([...value, ['', '']])}>{t('addHours')}</Button>}
    </div>
  );
}

interface LineProps extends Editing<LimitLine> {
  readonly kinds: readonly Kind[];
  /** The last one holds for all that no line before it holds for. */
  readonly last: boolean;
  readonly actions: ReactNode;
}

export function LineInput({ value, disabled, onChange, kinds, last, actions }: LineProps) {
  const t = useT('policies');
  const lang = useLang();
  const nameOf = (kind: Kind): string => (lang === 'en' ? kind.en : kind.zh);
  const severities = SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }));
  const set = (part: Partial<LimitLine>): void => onChange({ ...value, ...part });
  const { kinds: _kinds, ...withoutKinds } = value;
  const { severities: _severities, ...withoutSeverities } = value;
  return (
    <div className="policyline">
      <div className="row">
        {last ? <strong>{t('lineForAll')}</strong> : (
          <>
            <span className="linewhat">{disabled ? said(kinds.filter((one) => value.kinds?.includes(one.code)).map(nameOf), t) : (
              <MultiSelect label={t('kinds')} placeholder={t('allKinds')} value={value.kinds ?? []} options={kinds.map((one) => ({ value: one.code, label: nameOf(one) }))}
                onChange={(chosen) => onChange(chosen === undefined || chosen.length === 0 ? withoutKinds : { ...value, kinds: [...chosen] })} />
            )}</span>
            <span className="linewhat">{disabled ? (value.severities ?? []).map((one) => t(`severity.${one}`)).join(t('web:listComma')) : (
              <MultiSelect label={t('severities')} placeholder={t('allSeverities')} value={value.severities ?? []} options={severities}
                onChange={(chosen) => {
                  const known = SEVERITIES.filter((one) => chosen?.includes(one));
                  onChange(known.length === 0 ? withoutSeverities : { ...value, severities: known });
                }} />
            )}</span>
          </>
        )}
        <span className="row push">{actions}</span>
      </div>
      <div className="row">
        {(['sign', 'forward', 'reply', 'solve'] as const).map((step) => <LimitInput key={step} label={t(`step.${step}`)} value={value[step]} disabled={disabled} onChange={(limit) => set({ [step]: limit })} />)}
      </div>
    </div>
  );
}

function said(names: readonly string[], t: (key: string) => string): string {
  return names.length === 0 ? t('allKinds') : names.join(t('web:listComma'));
}

const TIERS = [2, 3, 4, 5] as const;
const MOST_RUNGS = 12;
type Rung = Policy['ladder'][number];

export function LadderInput({ value, disabled, onChange }: Editing<readonly Rung[]>) {
  const t = useT('policies');
  const set = (index: number, rung: Rung): void => onChange(value.map((one, i) => (i === index ? rung : one)));
  const from = (word: string | undefined): Rung['from'] => (word === 'raised' ? 'raised' : 'due');
  return (
    <div className="stack">
      {value.map((rung, index) => disabled
        ? <p key={index}>{t(rung.after === null ? 'rungAtOnce' : `rung.${rung.from}`, { tier: t(`tier.${String(rung.tier)}`), after: rung.after === null ? '' : sayLimit(rung.after, t) })}</p>
        : (
          <div className="row" key={index}>
            <span className="linewhat"><SelectInput label={t('rungTier')} value={String(rung.tier)} options={TIERS.map((tier) => ({ value: String(tier), label: t(`tier.${String(tier)}`) }))} onChange={(tier) => set(index, { ...rung, tier: Number(tier ?? rung.tier) })} /></span>
            <span className="linewhat"><SelectInput label={t('rungFrom')} value={rung.from} options={(['raised', 'due'] as const).map((one) => ({ value: one, label: t(`from.${one}`) }))} onChange={(word) => set(index, { ...rung, from: from(word) })} /></span>
            {rung.after === null
              ? <><span>{t('atOnce')}</span><Button small onClick={() => set(index, { ...rung, after: { count: 1, unit: 'workday' } })}>{t('later')}</Button></>
              : <><LimitInput label={t('after')} value={rung.after} disabled={false} onChange={(after) => set(index, { ...rung, after })} /><Button small kind="quiet" onClick={() => set(index, { ...rung, after: null })}>{t('atOnce')}</Button></>}
            <Button small kind="quiet" onClick={() => onChange(value.filter((_, i) => i !== index))}>{t('remove')}</Button>
          </div>
        ))}
      {!disabled && value.length < MOST_RUNGS && <div><Button small onClick={() => onChange([...value, { tier: 3, from: 'due', after: { count: 3, unit: 'workday' } }])}>{t('addRung')}</Button></div>}
    </div>
  );
}
