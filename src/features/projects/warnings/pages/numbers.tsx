// The numbers that lit a light, as a sentence: the same words on the first page, in the list and on a project's record.
import { useFormat, type Format } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';

interface Lit {
  readonly object: string;
  readonly numbers: Readonly<Record<string, string | number>>;
}

export function LightNumbers({ row }: { readonly row: Lit }) {
  const t = useT('portfolio');
  const format = useFormat();
  return <>{t(`line.light_${row.object}`, saidNumbers(row.numbers, format))}</>;
}

/** Days as dates, months as months, basis points as points and percent. */
export function saidNumbers(numbers: Readonly<Record<string, string | number>>, format: Format): Record<string, string> {
  const said: Record<string, string> = {};
  for (const [name, value] of Object.entries(numbers)) {
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) said[name] = format.day(value);
    else if (typeof value === 'string' && /^\d{4}-\d{2}$/.test(value)) said[name] = format.month(value);
    else if (name === 'pointsBp' && typeof value === 'number') said['points'] = format.count(Math.abs(value) / 100, 1);
    else if (name === 'rateBp' && typeof value === 'number') said['rate'] = format.percent(value / 10_000);
    else if (name === 'timeBp' && typeof value === 'number') said['time'] = format.percent(value / 10_000, 0);
    else said[name] = typeof value === 'number' ? format.count(value) : value;
  }
  return said;
}
