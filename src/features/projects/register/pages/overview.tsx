// 概况: everything that the register holds of a project, in groups, with what cannot be right said beside the value.
import { useFormat, type Format } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Facts, type Fact } from '../../../../web/parts/facts.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useSession } from '../../../../web/session.tsx';
import type { ProjectRecord } from '../contract.ts';
import { GROUPS, kindOf, WHENS, type FieldName } from '../fields.ts';
import { sayValue, sayWhen } from './say.ts';

/** What the approvals know is said in their own words, and leads to them. Fetched where such a light is on. */
const LightNumbers = lazy(async () => ({ default: (await import('../../warnings/pages/numbers.tsx')).LightNumbers }));
const OF_APPROVALS = new Set(['prediction', 'approval']);
const YearDialog = lazy(async () => ({ default: (await import('./extras.tsx')).YearDialog }));
const CodesDialog = lazy(async () => ({ default: (await import('./extras.tsx')).CodesDialog }));

export function Overview({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const format = useFormat();
  const { can } = useSession();
  const may = can('projects.edit');
  const [open, setOpen] = useState<'year' | 'codes' | undefined>(undefined);
  const names: Record<string, string> = {};
  for (const [id, name] of [[project.townId, project.townName], [project.parkId, project.parkName], [project.responsibleOrgId, project.responsibleOrgName], [project.builderId, project.builderOrgName]]) {
    if (typeof id === 'string' && typeof name === 'string') names[id] = name;
  }
  const warned = new Map(project.warnings.map((one) => [one.field, t(`warning.${one.code}`)]));
  const facts = (fields: readonly FieldName[]): Fact[] => fields.flatMap((field) => {
    if (field === 'name') return [];
    const value = sayField(project, field, names, format, t);
    const warning = warned.get(field);
    const shown: ReactNode = warning === undefined ? value : <>{value ?? '—'}<span className="fieldwarn"> {warning}</span></>;
    return [{ label: t(`field.${field}`), value: kindOf(field) === 'long' && value !== undefined ? <span className="longtext">{shown}</span> : shown, wide: kindOf(field) === 'long' || field === 'place' }];
  });
  return (
    <>
      {project.lights.length > 0 && <Lights project={project} />}
      {GROUPS.map((one) => (
        <Section key={one.group} title={t(`group.${one.group}`)}>
          <div className="card pad"><Facts facts={facts(one.fields)} /></div>
        </Section>
      ))}
      <Years project={project} {...(may ? { onEdit: () => setOpen('year') } : {})} />
      {(may || project.externalCodes.length > 0 || Object.keys(project.custom).length > 0) && (
        <Section title={t('group.custom')} {...(may ? { actions: <Button small onClick={() => setOpen('codes')}>{t('form.editCodes')}</Button> } : {})}>
          <div className="card pad">
            <Facts facts={[
              ...project.externalCodes.map((one) => ({ label: one.system, value: one.code })),
              ...Object.entries(project.custom).map(([label, value]) => ({ label, value: sayValue(label, value, {}, format, t), wide: String(value).length > 30 })),
            ]} />
          </div>
        </Section>
      )}
      <Suspense fallback={null}>
        {open === 'year' && <YearDialog project={project} onClose={() => setOpen(undefined)} />}
        {open === 'codes' && <CodesDialog project={project} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  );
}

function sayField(project: ProjectRecord, field: FieldName, names: Readonly<Record<string, string>>, format: Format, t: T): string | undefined {
  const when = WHENS.find((one) => one === field);
  if (when !== undefined) return sayWhen(project[when], project[`${when}Grain`], format, t);
  if (field === 'builderName') return project.builderOrgName ?? project.builderName ?? undefined;
  if (field === 'landMu') return project.landMu === null ? undefined : format.count(project.landMu, Number.isInteger(project.landMu) ? 0 : 2);
  const said = sayValue(field, project[field], names, format, t);
  return said === '' ? undefined : said;
}

function Lights({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const format = useFormat();
  return (
    <Section title={t('overview.lights')} hint={t('overview.lightsHint')} actions={<Go href={`/warnings?projectId=${project.id}`}>{t('overview.allLights')}</Go>}>
      <ul className="card lit">
        {project.lights.map((light) => (
          <li key={`${light.rule} ${light.subject}`}>
            <State tone={light.level === 3 ? 'bad' : light.level === 2 ? 'late' : 'warn'} word={t(`light.${String(light.level)}`)} />
            <b>{t(`object.${light.object}`)}</b>
            <span className="two">{OF_APPROVALS.has(light.object) ? <Suspense fallback={null}><LightNumbers row={{ object: light.object, subject: light.subject, projectId: project.id, numbers: plain(light.numbers) }} /></Suspense> : sayNumbers(light, t, format)}</span>
            <span className="dim small">{t('overview.since', { day: format.day(light.since) })}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function plain(numbers: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(numbers).filter((pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number'));
}

// The numbers that lit it, in words: the rule's own page says the rest.
function sayNumbers(light: ProjectRecord['lights'][number], t: T, format: Format): string {
  const number = (name: string): number | undefined => (typeof light.numbers[name] === 'number' ? light.numbers[name] : undefined);
  const text = (name: string): string | undefined => (typeof light.numbers[name] === 'string' ? light.numbers[name] : undefined);
  const points = number('pointsBp');
  if (points !== undefined) return t('overview.investment', { rate: format.percent((number('rateBp') ?? 0) / 10_000), time: format.percent((number('timeBp') ?? 0) / 10_000), points: format.count(-points / 100, 1) });
  const late = number('lateDays');
  const due = text('dueDay');
  if (late === undefined || due === undefined) return '';
  const what = text('milestone') ?? (text('month') === undefined ? undefined : format.month(text('month')));
  return t(what === undefined ? 'overview.late' : 'overview.lateOf', { what, due: format.day(due), days: late });
}

function Years({ project, onEdit }: { readonly project: ProjectRecord; readonly onEdit?: () => void }) {
  const t = useT('projects');
  const format = useFormat();
  const unit = t('list.unit', { unit: format.unitName('yi') });
  const money = (fen: number | null): string => format.money(fen, 'yi').number;
  return (
    <Section title={t('field.years')} hint={t('overview.yearsHint')} {...(onEdit === undefined ? {} : { actions: <Button small onClick={onEdit}>{t('form.editYear')}</Button> })}>
      {project.years.length === 0 ? <div className="card pad dim">{t('overview.noYears')}</div> : <Scroll label={t('field.years')}>
        <table className="plain">
          <thead><tr><th>{t('field.year')}</th><th className="num">{t('field.planShort')}{unit}</th><th className="num">{t('strip.done')}{unit}</th><th className="num">{t('strip.stat')}{unit}</th><th>{t('field.target')}</th></tr></thead>
          <tbody>{project.years.map((one) => <tr key={one.year}><td>{one.year}</td><td className="num">{money(one.planFen)}</td><td className="num">{money(one.doneFen)}</td><td className="num">{money(one.statFen)}</td><td className="longtext">{one.target ?? <span className="dim">—</span>}</td></tr>)}</tbody>
        </table>
      </Scroll>}
    </Section>
  );
}
