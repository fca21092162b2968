// The numbers that lit a light, as a sentence: the same words on the first page, in the list and on a project's record. The sentence of a light
// of the approvals leads to the plan or to the case, for those who may open it.
import { useFormat, type Format } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { useSession } from '../../../../web/session.tsx';

interface Lit {
  readonly object: string;
  readonly subject: string;
  readonly projectId: string;
  readonly numbers: Readonly<Record<string, string | number>>;
}

export function LightNumbers({ row }: { readonly row: Lit }) {
  const t = useT('lights');
  const format = useFormat();
  const { can } = useSession();
  const said = saysLight(row.object, row.numbers, t, format);
  // A column may be too narrow for the sentence: it is told whole under the pointer.
  const whole = <span title={said}>{said}</span>;
  if (row.object === 'prediction') return <Go href={`/projects/${row.projectId}/approvals`}>{whole}</Go>;
  return row.object === 'approval' && can('approvals.read') ? <Go href={`/approvals/cases/${row.subject}`}>{whole}</Go> : whole;
}

/** `t` of any area, once `lights` is there: an area of its own, so that a list of lights brings no other words along. */
export function saysLight(object: string, numbers: Lit['numbers'], t: T, format: Format): string {
  const said = saidNumbers(numbers, format);
  const count = (name: string): { count: number } => ({ count: Number(numbers[name] ?? 0) });
  switch (object) {
    case 'prediction': {
      // Without an item nothing holds it up: all is decided, and what is late is the start itself.
      const whose = t(`lights:whose.${said['item'] === undefined ? 'none' : String(numbers['whose'] ?? 'none')}`, said);
      return t('lights:prediction', { ...said, ...count('lateDays'), against: t(`lights:against.${String(numbers['against'] ?? 'register')}`), whose });
    }
    case 'approval': {
      const { clock, state } = numbers;
      if (clock === 'stopped') return t(`lights:stopped_${String(state ?? 'suspended')}`, { ...said, ...count('workdays') });
      return t(`lights:overdue_${state === 'decided' ? 'delivery' : String(clock ?? 'promised')}`, { ...said, ...count('lateDays') });
    }
    // Of monthly reports the number of them is told, of all else the days.
    default: return t(`lights:line.${object}`, { ...said, ...count(object === 'report' ? 'count' : 'lateDays') });
  }
}

/** Days as dates, months as months, basis points as points and percent, names in the reader's language. */
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
  const named = (name: string | number | undefined): string | undefined => (typeof name === 'string' ? name : undefined);
  const english = format.lang === 'en';
  const item = named(numbers[english ? 'itemEn' : 'itemZh']);
  const department = named(numbers[english ? 'departmentEn' : 'department']);
  return { ...said, ...(item === undefined ? {} : { item }), ...(department === undefined ? {} : { department }) };
}
