// The columns of a settled mapping, each with the kind of value it gives: worked out once, so that rows need no look-ups.
import { letterOf } from '../../../kernel/sheet.ts';
import { fieldNamed, type FieldName, type MoneyField, type TextField, type WhenField } from './fields.ts';
import type { ColumnMapping, LedgerTable, Mapping } from './shape.ts';

type Base = Omit<ColumnMapping, 'field'> & { readonly heading: string; /** Names the column among the times of a row. */ readonly key: string };

export type Planned = Base &
  (
    | { readonly kind: 'custom'; readonly field: 'custom' }
    | { readonly kind: 'money'; readonly field: MoneyField | 'planFen' }
    | { readonly kind: 'when'; readonly field: WhenField }
    | { readonly kind: 'text'; readonly field: TextField }
    | { readonly kind: 'choice'; readonly field: 'level' | 'nature' | 'light' }
    | { readonly kind: 'area'; readonly field: 'landMu' }
    | { readonly kind: 'yesno'; readonly field: 'inStatistics' }
    | { readonly kind: 'year'; readonly field: 'listYear' }
    | { readonly kind: 'list'; readonly field: 'externalCodes' }
  );

export function columnsOf(table: LedgerTable, mapping: Mapping): Planned[] {
  const headings = new Map(table.columns.map((column) => [column.index, column.heading]));
  return mapping.columns.flatMap((column): Planned[] => {
    const { field, ...rest } = column;
    if (field === 'skip') return [];
    const base: Base = { ...rest, heading: headings.get(column.index) ?? letterOf(column.index), key: field === 'custom' ? `custom ${column.index}` : field };
    if (field === 'custom') return [{ ...base, kind: 'custom', field }];
    if (field === 'level' || field === 'nature' || field === 'light') return [{ ...base, kind: 'choice', field }];
    if (field === 'landMu') return [{ ...base, kind: 'area', field }];
    if (field === 'inStatistics') return [{ ...base, kind: 'yesno', field }];
    if (field === 'listYear') return [{ ...base, kind: 'year', field }];
    if (field === 'externalCodes') return [{ ...base, kind: 'list', field }];
    if (isMoney(field)) return [{ ...base, kind: 'money', field }];
    if (isWhen(field)) return [{ ...base, kind: 'when', field }];
    return [{ ...base, kind: 'text', field }];
  });
}

function isMoney(field: FieldName): field is MoneyField | 'planFen' {
  return fieldNamed(field)?.kind === 'money';
}

function isWhen(field: FieldName): field is WhenField {
  return fieldNamed(field)?.kind === 'when';
}
