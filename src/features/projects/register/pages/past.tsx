// 沿革: who changed what, when and why; and the record as it stood on a day. Shows what the events say, never a guess.
import { useMemo } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { hasWords } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { History, type HistoryChange, type HistoryEvent } from '../../../../web/parts/history.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { getGates } from '../../lifecycle/contract.ts';
import { projectAsOf, projectHistory, type ProjectRecord } from '../contract.ts';
import { GROUPS, kindOf, WHENS, type FieldName } from '../fields.ts';
import { isGrain, sayField, sayValue, sayWhen } from './say.ts';

const RECENT = 8;

/** The rail beside the overview. */
export function RecentPast({ id, onAll }: { readonly id: string; readonly onAll: () => void }) {
  const t = useT('projects');
  const { today } = useSession();
  const events = useEvents(id, RECENT);
  return (
    <Section title={t('tab.history')} actions={<Button kind="quiet" small onClick={onAll}>{t('past.all')}</Button>}>
      <div className="card">{events.error !== undefined ? <Problem small error={events.error} onRetry={events.again} /> : events.loading ? <Loading lines={4} /> : <History events={events.shown} today={today} />}</div>
    </Section>
  );
}

export function Past({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const { today } = useSession();
  const [{ day }, set] = useUrlState({ tab: 'overview', day: '' });
  const events = useEvents(project.id, 40);
  return (
    <>
      <Section title={t('past.asOf')} hint={t('past.asOfHint')}>
        <div className="card asofbar noprint">
          <span>{t('past.until')}</span>
          <span className="daybox"><DayInput today={today} max={today} value={day === '' ? undefined : day} onChange={(next) => set({ day: next ?? '' })} label={t('past.asOf')} /></span>
          {day !== '' && <Button kind="quiet" small onClick={() => set({ day: '' })}>{t('past.now')}</Button>}
        </div>
      </Section>
      {day !== '' ? <AsOf project={project} day={day} /> : (
        <Section title={t('tab.history')}>
          <div className="card">{events.error !== undefined ? <Problem error={events.error} onRetry={events.again} /> : events.loading ? <Loading lines={8} /> : <History events={events.shown} today={today} hasMore={events.hasMore} onMore={events.more} />}</div>
        </Section>
      )}
    </>
  );
}

function AsOf({ project, day }: { readonly project: ProjectRecord; readonly day: string }) {
  const t = useT('projects');
  const format = useFormat();
  const past = useRead(projectAsOf, { id: project.id, day }, { keep: true });
  if (past.error !== undefined) return <Problem error={past.error} onRetry={past.again} />;
  if (past.data === undefined) return <Loading lines={10} />;
  const { fields, names, changed, existed } = past.data;
  if (!existed || fields === null) return <div className="card pad two">{t('past.notYet', { day: format.day(day) })}</div>;
  const was = new Set(changed);
  const mark = (field: string, text: string | undefined) => (was.has(field) ? <span className="wasdifferent" title={t('past.different')}>{text === undefined || text === '' ? t('none') : text}</span> : text);
  const say = (field: FieldName): string | undefined => {
    const when = WHENS.find((one) => one === field);
    return when === undefined ? sayValue(field, fields[field], names, format, t) : sayWhen(fields[when], fields[`${when}Grain`], format, t);
  };
  return (
    <>
      <p className="two small">{t('past.count', { day: format.day(day), events: past.data.changesSince, fields: changed.length })}</p>
      <Section title={t('past.state')}>
        <div className="card pad"><Facts facts={[
          { label: t('field.stage'), value: mark('stage', t(`stage.${fields.stage}`)) }, { label: t('field.sideState'), value: mark('sideState', fields.sideState === null ? t('side.active') : t(`side.${fields.sideState}`)) },
          { label: t('field.commissionerId'), value: mark('commissionerId', fields.commissionerId === null ? undefined : names[fields.commissionerId]) },
          { label: t('field.years'), value: mark('years', fields.years.map((one) => t('past.year', { year: one.year, plan: format.money(one.planFen).text })).join('；')) },
        ]} /></div>
      </Section>
      {GROUPS.map((one) => (
        <Section key={one.group} title={t(`group.${one.group}`)}>
          <div className="card pad"><Facts facts={one.fields.map((field) => ({ label: t(`field.${field}`), value: mark(field, say(field)), wide: kindOf(field) === 'long' }))} /></div>
        </Section>
      ))}
    </>
  );
}

function useEvents(id: string, limit: number) {
  const t = useT('projects');
  const format = useFormat();
  const pages = useReadPages(projectHistory, { id, limit });
  const gates = useRead(getGates, { id });
  const first = pages.first;
  const shown = useMemo(() => {
    const kinds = Object.fromEntries((gates.data?.evidenceKinds ?? []).map((one) => [one.code, format.lang === 'en' ? one.name.en : one.name.zh]));
    return pages.items.map((event) => said(event, first?.names ?? {}, kinds, t, format));
  }, [pages.items, first, gates.data, t, format]);
  return { ...pages, shown };
}

type Event = OutputOf<typeof projectHistory>['items'][number];

/** What others write about a project is said in their own words where they have some: `lifecycle:history.moved`. */
function said(event: Event, names: Readonly<Record<string, string>>, kinds: Readonly<Record<string, string>>, t: T, format: Format): HistoryEvent {
  const key = event.kind.replace('.', '_');
  const what = hasWords(`projects:history.${key}`) ? t(`history.${key}`) : t('history.other', { kind: event.kind });
  return { id: event.id, at: event.at, who: event.actorName, what, ...(event.reason === null ? {} : { reason: event.reason }), changes: changesOf(event, names, kinds, t, format) };
}

const HIDDEN = new Set(['seq', 'grams', 'pinyin', 'absent', 'packageId', 'userId', 'commissionerId', 'milestoneId', 'reportId', 'evidenceId', 'id', 'sha256']);

function changesOf(event: Event, names: Readonly<Record<string, string>>, kinds: Readonly<Record<string, string>>, t: T, format: Format): HistoryChange[] {
  if (event.kind === 'projects.created') return [];
  const before = objectOf(event.before);
  const after = objectOf(event.after);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !HIDDEN.has(field) && !isGrain(field) && (event.subjectType === 'project' || hasWords(`projects:field.${field}`)) && JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null))
    .map((field) => (event.subjectType === 'evidence' && field === 'kind'
      ? { field: t('lifecycle:evidence.kind'), before: nameOf(before[field], kinds), after: nameOf(after[field], kinds) }
      : { field: sayField(field, t), before: sayValue(field, before[field], names, format, t), after: sayValue(field, after[field], names, format, t) }));
}

function nameOf(code: unknown, names: Readonly<Record<string, string>>): string {
  return typeof code === 'string' ? (names[code] ?? code) : '';
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
