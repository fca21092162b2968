// The fields of a project as inputs, in the groups in which people know them. What cannot be right is said beside the field while it
// is typed; only the server refuses.
import type { ReactNode } from 'react';
import type { Static } from 'typebox';
import Type from 'typebox';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { lastDay } from '../../../../kernel/days.ts';
import { Field, FieldGroup } from '../../../../web/form/form.tsx';
import type { FieldWords, FormState } from '../../../../web/form/state.ts';
import type { Format } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput, type Option } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { projectChoices } from '../contract.ts';
import { choicesOf, FIELD_NAMES, FIELD_SCHEMAS, GROUPS, WHENS, type FieldName } from '../fields.ts';
import { warningsOf } from '../rules.ts';
import { sayValue } from './say.ts';

const { name, ...others } = FIELD_SCHEMAS;
/** What the form holds: every field of the register but the extra attributes, which come with a ledger. */
export const FormValues = Type.Object({ name, ...Type.Partial(Type.Object(others)).properties }, { additionalProperties: false });
export type FormValues = Static<typeof FormValues>;

export type Choices = OutputOf<typeof projectChoices>;

/** A record's fields as the form begins: what is empty is left out. */
export function startOf(record: Readonly<Record<string, unknown>>): Partial<FormValues> {
  return Object.fromEntries(FIELD_NAMES.flatMap((field) => (field === 'custom' || record[field] === null || record[field] === undefined ? [] : [[field, record[field]]])));
}

/** Only what differs from the record; an emptied field is null. Days of a month or a year are its last. */
export function changesIn(values: Partial<FormValues>, record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = settled(values);
  const changes: Record<string, unknown> = {};
  for (const field of FIELD_NAMES) {
    if (field === 'custom') continue;
    const value = given[field] ?? (field === 'tags' ? [] : field === 'inStatistics' ? false : null);
    if (JSON.stringify(value) !== JSON.stringify(record[field] ?? null)) changes[field] = value;
  }
  return changes;
}

export function settled(values: Partial<FormValues>): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { ...values };
  for (const when of WHENS) {
    const day = values[when];
    const grain = values[`${when}Grain`];
    if (typeof day !== 'string') Reflect.deleteProperty(result, `${when}Grain`);
    else if (grain === 'month') result[when] = lastDay(day);
    else if (grain === 'year') result[when] = `${day.slice(0, 4)}-12-31`;
  }
  return result;
}

export function wordsFor(t: T, format: Format, choices: Choices | undefined): { [K in keyof FormValues]?: FieldWords } {
  const names = Object.fromEntries([...(choices?.towns ?? []), ...(choices?.parks ?? []), ...(choices?.departments ?? []), ...(choices?.enterprises ?? [])].map((one) => [one.id, one.name]));
  const words: Record<string, FieldWords> = {};
  for (const field of FIELD_NAMES) {
    if (field === 'custom') continue;
    const label = field.endsWith('Grain') ? `${t(`field.${field.replace('Grain', '')}`)} · ${t('field.grain')}` : t(`field.${field}`);
    words[field] = { label, show: (value) => sayValue(field, value, names, format, t) || '—' };
  }
  return words;
}

export function ProjectFields({ form, choices }: { readonly form: FormState<FormValues>; readonly choices: Choices | undefined }) {
  const t = useT('projects');
  const { today } = useSession();
  const warned = new Map(warningsOf(settled(form.values), today, null).map((one) => [one.field, t(`warning.${one.code}`)]));
  const hintOf = (field: FieldName): ReactNode => {
    const warning = warned.get(field);
    if (warning !== undefined) return <span className="fieldwarn">{warning}</span>;
    const inUse = field === 'category' ? choices?.categories : field === 'chain' ? choices?.chains : field === 'batch' ? choices?.batches : undefined;
    return inUse === undefined || inUse.length === 0 ? (field === 'code' || field === 'name' ? t(`hint.${field}`) : undefined) : t('form.inUse', { words: inUse.slice(0, 8).join(t('form.comma')) });
  };
  return GROUPS.map((group) => (
    <FieldGroup key={group.group} title={t(`group.${group.group}`)}>
      {group.fields.map((field) => <One key={field} field={field} form={form} hint={hintOf(field)} choices={choices} />)}
    </FieldGroup>
  ));
}

interface OneProps {
  readonly field: FieldName;
  readonly form: FormState<FormValues>;
  readonly hint: ReactNode;
  readonly choices: Choices | undefined;
}

function One({ field, form, hint, choices }: OneProps) {
  const t = useT('projects');
  const { today } = useSession();
  const more = hint === undefined ? {} : { hint };
  const when = WHENS.find((one) => one === field);
  if (when !== undefined) {
    const grain = `${when}Grain` as const;
    return (
      <Field form={form} name={when} {...more}>
        {(p) => (
          <div className="whenpair">
            <DayInput {...p} today={today} />
            <SelectInput label={`${t(`field.${when}`)} ${t('field.grain')}`} value={form.values[grain] ?? undefined} placeholder={t('grain.day')} onChange={(next) => form.set(grain, next === 'month' || next === 'year' || next === 'range' ? next : 'day')}
              options={['day', 'month', 'year', 'range'].map((value) => ({ value, label: t(`grain.${value}`) }))} />
          </div>
        )}
      </Field>
    );
  }
  switch (field) {
    case 'name': return <Field form={form} name="name" wide {...more}>{(p) => <TextInput {...p} maxLength={500} />}</Field>;
    case 'kind': return <Field form={form} name="kind" {...more}>{(p) => <SelectInput {...p} value={p.value} onChange={(next) => form.set('kind', next === 'government' || next === 'purchase' ? next : 'enterprise')} options={wordsOf('kind', t)} />}</Field>;
    case 'level': return <Field form={form} name="level" {...more}>{(p) => <SelectInput {...p} clearable onChange={(next) => form.set('level', choiceOf(next, ['provincial', 'municipal', 'county', 'zone']))} options={wordsOf('level', t)} />}</Field>;
    case 'nature': return <Field form={form} name="nature" {...more}>{(p) => <SelectInput {...p} clearable onChange={(next) => form.set('nature', choiceOf(next, ['new', 'continuing', 'completing', 'preliminary']))} options={wordsOf('nature', t)} />}</Field>;
    case 'tags': return <Field form={form} name="tags" {...more}>{(p) => <TextInput {...p} value={(p.value ?? []).join('、')} onChange={(next) => form.set('tags', (next ?? '').split(/[、,，;；\s]+/).filter((one) => one !== ''))} />}</Field>;
    case 'inStatistics': return <Field form={form} name="inStatistics" {...more}>{(p) => <CheckInput {...p}>{t('statistics.yes')}</CheckInput>}</Field>;
    case 'townId': return <Field form={form} name="townId" {...more}>{(p) => <SelectInput {...p} clearable options={named(choices?.towns)} />}</Field>;
    case 'parkId': return <Field form={form} name="parkId" {...more}>{(p) => <SelectInput {...p} clearable options={named(choices?.parks)} />}</Field>;
    case 'responsibleOrgId': return <Field form={form} name="responsibleOrgId" {...more}>{(p) => <SelectInput {...p} clearable options={named(choices?.departments)} />}</Field>;
    case 'totalFen': case 'accumulatedFen': case 'promisedOutputFen': case 'promisedRevenueFen': case 'promisedTaxFen':
      return <Field form={form} name={field} {...more}>{(p) => <MoneyInput {...p} unit="wan" />}</Field>;
    case 'lon': case 'lat': return <Field form={form} name={field} {...more}>{(p) => <NumberInput {...p} digits={6} />}</Field>;
    case 'landMu': return <Field form={form} name="landMu" {...more}>{(p) => <NumberInput {...p} digits={4} />}</Field>;
    case 'listYear': case 'promisedJobs': return <Field form={form} name={field} {...more}>{(p) => <NumberInput {...p} digits={0} />}</Field>;
    case 'statisticsDay': return <Field form={form} name="statisticsDay" {...more}>{(p) => <DayInput {...p} today={today} />}</Field>;
    case 'content': case 'progress': case 'problems': case 'factorNeeds': case 'remarks':
      return <Field form={form} name={field} wide {...more}>{(p) => <TextArea {...p} rows={field === 'factorNeeds' || field === 'remarks' ? 2 : 4} />}</Field>;
    case 'code': case 'batch': case 'category': case 'industryCode': case 'chain': case 'chainLink': case 'builderName': case 'place': case 'leader': case 'responsiblePerson': case 'phone': case 'statisticsCode':
      return <Field form={form} name={field} wide={field === 'place' || field === 'builderName'} {...more}>{(p) => <TextInput {...p} />}</Field>;
    default: return null;
  }
}

function wordsOf(field: 'kind' | 'level' | 'nature', t: T): readonly Option[] {
  return choicesOf(field).map((value) => ({ value, label: t(`${field}.${value}`) }));
}

function named(list: Choices['towns'] | undefined): readonly Option[] {
  return (list ?? []).map((one) => ({ value: one.id, label: one.name }));
}

function choiceOf<const Words extends readonly string[]>(value: string | undefined, words: Words): Words[number] | undefined {
  return words.find((word) => word === value);
}
