// The sentence of the ledger and the views that everyone has. Options carry how many projects each would show.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { addDays, addMonths } from '../../../../kernel/days.ts';
import type { T } from '../../../../web/i18n.ts';
import type { Filter, View } from '../../../../web/ledger/types.ts';
import type { projectFacets } from '../contract.ts';
import { LEVELS, NATURES, STAGES } from '../fields.ts';

type Facets = OutputOf<typeof projectFacets>;

export function filtersFor(t: T, facets: Facets | undefined): readonly Filter[] {
  const counted = (list: Facets['stages'] | undefined, say: (value: string, name: string | null) => string) => (list ?? []).map((one) => ({ value: one.value, label: say(one.value, one.name), hint: String(one.projects) }));
  const known = (values: readonly string[], area: string, list: Facets['stages'] | undefined) => values.map((value) => {
    const found = list?.find((one) => one.value === value);
    return { value, label: t(`${area}.${value}`), ...(list === undefined ? {} : { hint: String(found?.projects ?? 0) }) };
  });
  const named = (value: string, name: string | null): string => name ?? value;
  const yes = (word: string) => [{ value: 'true', label: word }];
  return [
    { kind: 'many', id: 'category', say: t('say.category'), any: t('any.category'), options: counted(facets?.categories, (value) => value) },
    { kind: 'one', id: 'behind', say: t('say.behind'), any: t('any.behind'), options: [{ value: 'true', label: t('behind.yes') }, { value: 'false', label: t('behind.no') }] },
    { kind: 'many', id: 'townId', say: t('say.town'), any: t('any.town'), options: counted(facets?.towns, named) },
    { kind: 'many', id: 'stage', say: t('say.stage'), any: t('any.any'), options: known(STAGES, 'stage', facets?.stages) },
    { kind: 'many', id: 'level', say: t('say.level'), any: t('any.any'), options: known(LEVELS, 'level', facets?.levels) },
    { kind: 'text', id: 'q', say: t('say.q'), name: t('name.q'), any: t('any.any'), rare: true, placeholder: t('list.qHint') },
    { kind: 'many', id: 'light', say: t('say.light'), any: t('any.any'), rare: true, options: known(['3', '2', '1', '0'], 'light', facets?.lights) },
    { kind: 'many', id: 'nature', say: t('say.nature'), any: t('any.any'), rare: true, options: known(NATURES, 'nature', facets?.natures) },
    { kind: 'many', id: 'parkId', say: t('say.park'), any: t('any.any'), rare: true, options: counted(facets?.parks, named) },
    { kind: 'many', id: 'listYear', say: t('say.listYear'), any: t('any.any'), rare: true, options: counted(facets?.years, (value) => value) },
    { kind: 'many', id: 'commissionerId', say: t('say.commissioner'), any: t('any.any'), rare: true, options: counted(facets?.commissioners, named) },
    { kind: 'one', id: 'inStatistics', say: t('say.inStatistics'), any: t('any.any'), rare: true, options: [{ value: 'true', label: t('statistics.yes') }, { value: 'false', label: t('statistics.no') }] },
    { kind: 'many', id: 'sideState', say: t('say.side'), any: t('any.side'), rare: true, options: known(['active', 'paused', 'removed', 'terminated'], 'side', facets?.sideStates) },
    { kind: 'days', id: 'plannedStart', from: 'plannedStartFrom', to: 'plannedStartTo', say: t('say.plannedStart'), any: t('any.any'), rare: true },
    { kind: 'days', id: 'plannedCompletion', from: 'plannedCompletionFrom', to: 'plannedCompletionTo', say: t('say.plannedCompletion'), any: t('any.any'), rare: true },
    { kind: 'one', id: 'followed', say: t('say.followed'), any: t('any.any'), rare: true, options: yes(t('followed.yes')) },
    { kind: 'one', id: 'packages', say: t('say.packages'), any: t('any.packages'), rare: true, options: yes(t('packages.yes')) },
  ];
}

/** What everyone asks for. The quarter is that of the zone's day. */
export function viewsFor(t: T, today: string): readonly View[] {
  const first = addMonths(today.slice(0, 7), -((Number(today.slice(5, 7)) - 1) % 3));
  const last = addDays(`${addMonths(first, 3)}-01`, -1);
  const before = ['planned', 'reserved', 'signed', 'performed', 'preliminary'].map((stage) => `stage=${stage}`).join('&');
  return [
    { id: 'all', name: t('view.all'), search: '' },
    { id: 'behind', name: t('view.behind'), search: 'behind=true&sort=rate' },
    { id: 'red', name: t('view.red'), search: 'light=3&light=2' },
    { id: 'start', name: t('view.start', { quarter: t(`quarter.${String(Math.floor((Number(first.slice(5, 7)) + 2) / 3))}`) }), search: `${before}&plannedStartFrom=${first}-01&plannedStartTo=${last}` },
    { id: 'followed', name: t('view.followed'), search: 'followed=true' },
  ];
}
