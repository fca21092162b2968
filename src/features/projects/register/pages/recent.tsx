// What happened to a project as lines of history, and the latest of it beside the overview. Shows what the events say, never a guess.
import { useMemo } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { hasWords, useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { History, type HistoryChange, type HistoryEvent } from '../../../../web/parts/history.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { getGates } from '../../lifecycle/contract.ts';
import { projectHistory } from '../contract.ts';
import { isGrain, sayField, sayValue } from './say.ts';
import { tell } from './tell.ts';

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

export function useEvents(id: string, limit: number) {
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

/** What others write about a project is said in their own words where they have some: `history:projects_moved`. */
function said(event: Event, names: Readonly<Record<string, string>>, kinds: Readonly<Record<string, string>>, t: T, format: Format): HistoryEvent {
  const key = event.kind.replace('.', '_');
  const what = hasWords(`history:${key}`) ? t(`history:${key}`) : t('history:other', { kind: event.kind });
  // Others than the register's own events are told as sentences; what they changed is in them.
  if (event.kind.startsWith('approvals.')) {
    return {
      id: event.id, at: event.at, who: event.actorName, what: tell(event, { t, format, names, has: hasWords }), ...reasonOf(event, t),
      ...(event.subjectType === 'case' ? { href: `/approvals/cases/${event.subjectId}` } : {}),
    };
  }
  return { id: event.id, at: event.at, who: event.actorName, what, ...reasonOf(event, t), changes: changesOf(event, names, kinds, t, format) };
}

// What an import wrote says where it stood in the file.
function reasonOf(event: Event, t: T): { reason?: string } {
  if (event.reason !== null) return { reason: event.reason };
  const { importedFrom } = objectOf(event.after);
  return importedFrom === undefined ? {} : { reason: t('history:importedFrom', objectOf(importedFrom)) };
}

const HIDDEN = new Set(['importedFrom', 'seq', 'grams', 'pinyin', 'absent', 'packageId', 'userId', 'commissionerId', 'milestoneId', 'reportId', 'evidenceId', 'id', 'sha256']);

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
