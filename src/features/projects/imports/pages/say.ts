// How an import says a value, a state and a field. Money with its unit, days as days, organisations by their names.
import type { Format, Tone } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';

export function stateTone(state: string): Tone {
  switch (state) {
    case 'done': return 'ok';
    case 'failed': return 'bad';
    case 'mapping': case 'preview': return 'warn';
    default: return 'off';
  }
}

export function fateTone(fate: string): Tone {
  switch (fate) {
    case 'new': case 'committed': return 'ok';
    case 'changed': return 'warn';
    case 'doubtful': return 'late';
    case 'refused': return 'bad';
    default: return 'off';
  }
}

/** The name of a field with its year or its heading: 年度计划（2024年）. */
export function fieldName(field: string, t: T): string {
  const [base = field, rest] = field.split('.');
  const known = ALIASES[base] ?? base;
  const name = t(`ledger:field.${known}`);
  const said = name.endsWith(`field.${known}`) ? t(`field.${base}`) : name;
  return rest === undefined ? said : t('field_of_year', { field: said, year: rest });
}

const ALIASES: Readonly<Record<string, string>> = {
  townId: 'town', parkId: 'park', responsibleOrgId: 'responsibleOrg', builderId: 'builder', builderName: 'builder', commissionerId: 'commissioner', month: 'monthFen', year: 'yearDoneFen', statYear: 'statYearFen',
};

export function sayValue(field: string, value: unknown, format: Format, t: T): string {
  if (value === null || value === undefined || value === '') return t('nothing');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return /Fen|^month$|^year$|^statYear$/.test(field) ? format.money(value).text : format.count(value, Number.isInteger(value) ? 0 : 2);
  if (Array.isArray(value)) return value.join(t('comma'));
  if (typeof value === 'object') {
    return Object.entries(value).filter(([, part]) => part !== null).map(([name, part]) => `${fieldName(name, t)} ${sayValue(name, part, format, t)}`).join(t('comma'));
  }
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?$/.test(text)) return `${format.day(text)}${text.slice(10)}`;
  if (field === 'level' || field === 'nature') return t(`portfolio:${field}.${text}`);
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text) ? t('by_name') : text;
}
