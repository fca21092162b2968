// Which column becomes what. Every proposal says how sure it is and why; what is open is asked; nothing is guessed behind the
// person's back. The mapping can be kept as a profile for next month's file.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { MonthInput } from '../../../../web/inputs/month.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput, type Option } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tip } from '../../../../web/parts/tip.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { InputOf } from '../../../../kernel/contract.ts';
import { FIELDS, fieldNamed, type Target } from '../../ledger/fields.ts';
import type { LedgerColumn } from '../../ledger/shape.ts';
import { cancelImport, listProfiles, previewImport, saveProfile } from '../contract.ts';
import { withProfile, type FoundTable, type SavedMapping } from '../mapping.ts';
import { fieldName } from './say.ts';
import '../../portfolio/pages/portfolio.css';
import './imports.css';

type Mapping = InputOf<typeof previewImport>['mapping'];
type Table = Mapping['tables'][number];
type Column = Table['columns'][number];
const UNITS = ['yuan', 'wan', 'yi', 'thousand', 'million', 'tenmillion'] as const;
const KEPT = ['text', 'date', 'number', 'money'] as const;
const SURE = 0.8;

export function MappingStep({ id, tables, mapping, onSent }: { readonly id: string; readonly tables: readonly FoundTable[]; readonly mapping: Mapping; readonly onSent: () => void }) {
  const t = useT('imports');
  const { today, can } = useSession();
  const [draft, setDraft] = useState(mapping);
  const preview = useRun(previewImport, { onDone: onSent });
  const cancel = useRun(cancelImport);
  const change = (table: string, part: (one: Table) => Table): void => setDraft((all) => ({ ...all, tables: all.tables.map((one) => (one.id === table ? part(one) : one)) }));
  return (
    <>
      <Profiles id={id} tables={tables} draft={draft} onTake={setDraft} />
      {tables.map((table) => {
        const own = draft.tables.find((one) => one.id === table.id);
        return own === undefined ? null : <TableMapping key={table.id} table={table} own={own} onChange={(part) => change(table.id, part)} />;
      })}
      <Section title={t('options')}>
        <div className="row optionbar">
          <label className="row">{t('month')} <MonthInput today={today} value={draft.month ?? undefined} onChange={(month) => setDraft((all) => ({ ...all, month: month !== undefined && /^\d{4}-\d{2}$/.test(month) ? month : null }))} /></label>
          {can('projects.import_missing') && <CheckInput value={draft.createMissing} onChange={(yes) => setDraft((all) => ({ ...all, createMissing: yes ?? false }))}>{t('create_missing')}</CheckInput>}
        </div>
        <p className="dim small">{t('month_hint')}</p>
      </Section>
      {preview.error !== undefined && <Problem small error={preview.error} />}
      <div className="importfoot">
        <Button busy={cancel.running} onClick={() => cancel.go({ id })}>{t('cancel')}</Button>
        <Button kind="main" busy={preview.running} onClick={() => preview.go({ id, mapping: { ...draft, createMissing: draft.createMissing && can('projects.import_missing') } })}>{t('to_preview')}</Button>
        <span className="two">{t('nothing_written')}</span>
      </div>
    </>
  );
}

function TableMapping({ table, own, onChange }: { readonly table: FoundTable; readonly own: Table; readonly onChange: (part: (one: Table) => Table) => void }) {
  const t = useT('imports');
  const format = useFormat();
  const options = useFieldOptions();
  const set = (index: number, part: Partial<Column>): void => onChange((one) => ({ ...one, columns: one.columns.map((column) => (column.index === index ? { ...column, ...part } : column)) }));
  return (
    <Section title={table.sheet} hint={t('table_found', { rows: format.count(table.counts.data), headings: table.headingRows.join('、'), subtotal: table.counts.subtotal + table.counts.category })}
      actions={<CheckInput value={own.use} onChange={(use) => onChange((one) => ({ ...one, use: use ?? false }))}>{t('use_table')}</CheckInput>}>
      {table.titles.length > 0 && <p className="two small">{table.titles.join(' · ')}</p>}
      <Questions table={table} own={own} onAnswer={set} />
      {own.use && (
        <Scroll label={table.sheet}>
          <table className="dimtable maptable">
            <thead>
              <tr><th scope="col">{t('column.letter')}</th><th scope="col">{t('column.heading')}</th><th scope="col">{t('column.samples')}</th><th scope="col">{t('column.field')}</th><th scope="col">{t('column.unit')}</th><th scope="col">{t('column.sure')}</th></tr>
            </thead>
            <tbody>
              {table.columns.map((column) => {
                const map = own.columns.find((one) => one.index === column.index);
                return map === undefined ? null : <ColumnLine key={column.index} column={column} map={map} options={options} onChange={(part) => set(column.index, part)} />;
              })}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  );
}

function ColumnLine({ column, map, options, onChange }: { readonly column: LedgerColumn; readonly map: Column; readonly options: readonly Option[]; readonly onChange: (part: Partial<Column>) => void }) {
  const t = useT('imports');
  const format = useFormat();
  const kind = fieldNamed(map.field)?.kind;
  const { proposal } = column;
  const dated = kind === 'when' || (map.field === 'custom' && (map.custom ?? proposal.custom) === 'date');
  const asked = proposal.date !== null && proposal.date.ambiguous > 0 && (map.order ?? null) === null && dated;
  const unsure = proposal.confidence < SURE && map.field === proposal.field;
  return (
    <tr className={asked ? 'asked' : unsure ? 'unsure' : ''}>
      <td>{column.letter}</td>
      <th scope="row" className={map.field === 'skip' ? 'skipped' : ''}>{column.heading === '' ? t('no_heading') : column.heading}</th>
      <td className="samples"><span title={column.samples.join('\n')}>{column.samples.slice(0, 3).join(t('dot'))}</span><small className="dim">{t('filled', { count: format.count(column.filled) })}</small></td>
      <td><SelectInput label={t('column.field')} options={options} value={map.field} onChange={(field) => onChange(fieldPart(field, column))} /></td>
      <td>
        {map.field === 'custom' && <SelectInput label={t('kept_as')} options={KEPT.map((one) => ({ value: one, label: t(`as.${one}`) }))} value={map.custom ?? proposal.custom} onChange={(as) => onChange({ custom: KEPT.find((one) => one === as) ?? 'text' })} />}
        {(kind === 'money' || (map.field === 'custom' && (map.custom ?? proposal.custom) === 'money')) && <SelectInput label={t('column.unit')} options={UNITS.map((unit) => ({ value: unit, label: t(`ledger:unit.${unit}`) }))} value={map.unit ?? undefined} placeholder={t('ask_unit')} onChange={(unit) => onChange({ unit: UNITS.find((one) => one === unit) ?? null })} />}
        {map.field === 'planFen' && <NumberInput digits={0} value={map.year ?? undefined} placeholder={t('list_year')} label={t('plan_year')} onChange={(year) => onChange({ year: year !== undefined && year >= 1990 && year <= 2100 ? year : null })} />}
        {proposal.date !== null && proposal.date.ambiguous + proposal.date.dayFirst + proposal.date.monthFirst > 0 && dated && (
          <SelectInput label={t('date_order')} options={[{ value: 'dmy', label: t('ledger:order.dmy') }, { value: 'mdy', label: t('ledger:order.mdy') }]} value={map.order ?? undefined} placeholder={t('ask_order')} onChange={(order) => onChange({ order: order === 'dmy' ? 'dmy' : order === 'mdy' ? 'mdy' : null })} />
        )}
      </td>
      <td><Tip text={proposal.why.map((why) => t(`ledger:why.${why}`)).join('；') || t('ledger:why.other')}><State tone={proposal.confidence >= SURE ? 'ok' : proposal.confidence >= 0.5 ? 'warn' : 'off'} word={format.percent(proposal.confidence, 0)} /></Tip></td>
    </tr>
  );
}

function fieldPart(field: string | undefined, column: LedgerColumn): Partial<Column> {
  const target = TARGETS.find((one) => one === field) ?? 'custom';
  const alternative = [column.proposal, ...column.alternatives].find((one) => one.field === target);
  return { field: target, unit: alternative?.unit ?? column.proposal.unit, year: alternative?.year ?? null };
}

/** What the mapping leaves open: the order of day and month, and the unit of amounts. Answered with one press, or in the column's line. */
function Questions({ table, own, onAnswer }: { readonly table: FoundTable; readonly own: Table; readonly onAnswer: (index: number, part: Partial<Column>) => void }) {
  const t = useT('imports');
  const columnOf = (index: number | null): Column | undefined => own.columns.find((one) => one.index === index && one.field !== 'skip');
  const dates = table.questions.filter((question) => question.code === 'ledger.date_order' && columnOf(question.column) !== undefined && (columnOf(question.column)?.order ?? null) === null);
  const amounts = table.columns.filter((column) => {
    const map = columnOf(column.index);
    return map !== undefined && fieldNamed(map.field)?.kind === 'money' && (map.unit ?? table.unit) === null && column.filled > 0;
  });
  if (dates.length + amounts.length === 0 || !own.use) return null;
  return (
    <ul className="card questions">
      {amounts.map((column) => (
        <li key={`unit${String(column.index)}`} className="row">
          <span>{t('ask_money', { heading: column.heading })}</span>
          {(['yuan', 'wan', 'yi'] as const).map((unit) => <Button key={unit} small onClick={() => onAnswer(column.index, { unit })}>{t(`ledger:unit.${unit}`)}</Button>)}
        </li>
      ))}
      {dates.map((question) => (
        <li key={`order${String(question.column)}`} className="row">
          <span>{t('ask_dates', { heading: question.heading ?? '', count: String(question.details['ambiguous'] ?? '') })}</span>
          {(['dmy', 'mdy'] as const).map((order) => <Button key={order} small kind={question.suggestion === order ? 'main' : 'plain'} onClick={() => { if (question.column !== null) onAnswer(question.column, { order }); }}>{t(`ledger:order.${order}`)}</Button>)}
        </li>
      ))}
    </ul>
  );
}

function Profiles({ id, tables, draft, onTake }: { readonly id: string; readonly tables: readonly FoundTable[]; readonly draft: Mapping; readonly onTake: (mapping: Mapping) => void }) {
  const t = useT('imports');
  const { today } = useSession();
  const read = useRead(listProfiles, {});
  const [name, setName] = useState<string | undefined>(undefined);
  const save = useRun(saveProfile, { onDone: (output) => toast({ text: t('profile_saved', { name: output.name }) }) });
  const profiles = read.data?.items ?? [];
  return (
    <div className="row profilebar">
      {profiles.length > 0 && (
        <SelectInput label={t('profile')} placeholder={t('take_profile')} value={undefined} options={profiles.map((one) => ({ value: one.id, label: one.name }))} onChange={(chosen) => {
          const found = profiles.find((one) => one.id === chosen);
          if (found !== undefined) onTake(mutable({ ...withProfile(saved(found.mapping), tables, today), month: draft.month }));
        }} />
      )}
      <TextInput value={name} onChange={setName} label={t('profile_name')} placeholder={t('profile_name')} maxLength={80} />
      <Button busy={save.running} disabled={name === undefined} onClick={() => save.go({ id: newId(), importId: id, name: name ?? '', mapping: draft })}>{t('save_profile')}</Button>
      {save.error !== undefined && <Problem small error={save.error} />}
    </div>
  );
}

const TARGETS: readonly Target[] = [...FIELDS.map((field) => field.name), 'custom', 'skip'];

function useFieldOptions(): readonly Option[] {
  const t: T = useT('imports');
  return TARGETS.map((field) => ({ value: field, label: fieldName(field, t) }));
}

// A profile was made by our own mapping.
function saved(value: unknown): SavedMapping {
  return value as SavedMapping;
}

function mutable(mapping: ReturnType<typeof withProfile>): Mapping {
  return { ...mapping, tables: mapping.tables.map((table) => ({ ...table, columns: table.columns.map((column) => ({ ...column })) })) };
}
