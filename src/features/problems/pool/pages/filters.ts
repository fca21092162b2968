// The sentence of filters over the queue, each choice with how many problems it would show, and the views that everyone has.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { T } from '../../../../web/i18n.ts';
import type { Filter, View } from '../../../../web/ledger/types.ts';
import { SEVERITIES, SOURCES, STATES, TIERS } from '../../life/steps.ts';
import type { problemFacets } from '../contract.ts';

type Facets = OutputOf<typeof problemFacets>;
type Counted = readonly { readonly value: string; readonly count: number }[];
const WITHIN = ['24', '72', '168'] as const;

export function filtersFor(t: T, facets: Facets | undefined, kindOf: (code: string) => string): readonly Filter[] {
  const hint = (list: Counted | undefined, value: string): { hint?: string } => (list === undefined ? {} : { hint: `${String(list.find((one) => one.value === value)?.count ?? 0)}${facets?.cut === true ? '+' : ''}` });
  const named = (list: readonly { readonly value: string; readonly name: string; readonly count: number }[] | undefined) => (list ?? []).map((one) => ({ value: one.value, label: one.name, hint: String(one.count) }));
  const yes = (id: string, any: string, is: string, say: string = id): Filter => ({ kind: 'one', id, say: t(`filter.${say}`), any: t(`filter.${any}`), options: [{ value: '1', label: t(`filter.${is}`) }], rare: true });
  return [
    { kind: 'one', id: 'open', say: t('filter.open'), any: t('filter.anyOpen'), options: [{ value: '0', label: t('filter.ended') }, { value: 'all', label: t('filter.both') }] },
    { kind: 'many', id: 'state', say: t('filter.state'), any: t('filter.anyState'), options: STATES.map((value) => ({ value, label: t(`state.${value}`), ...hint(facets?.states, value) })) },
    { kind: 'many', id: 'kind', say: t('filter.kind'), any: t('filter.anyKind'), options: (facets?.kinds ?? []).map(({ value, count }) => ({ value, label: kindOf(value), hint: String(count) })) },
    { kind: 'one', id: 'owner', say: t('filter.owner'), any: t('filter.anyOwner'), options: named(facets?.owners) },
    { kind: 'one', id: 'town', say: t('filter.town'), any: t('filter.anyTown'), options: named(facets?.towns) },
    { kind: 'one', id: 'project', say: t('filter.project'), any: t('filter.anyProject'), options: named(facets?.projects), rare: true },
    { kind: 'one', id: 'mine', say: t('filter.mine'), any: t('filter.anyMine'), options: [{ value: '1', label: t('filter.isMine') }], rare: true },
    { kind: 'one', id: 'overdue', say: t('filter.overdue'), any: t('filter.anyOverdue'), options: [{ value: '1', label: t('filter.isOverdue') }], rare: true },
    { kind: 'one', id: 'within', say: t('filter.within'), any: t('filter.anyWithin'), options: WITHIN.map((value) => ({ value, label: t(`filter.within${value}`) })), rare: true },
    { kind: 'many', id: 'severity', say: t('filter.severity'), any: t('filter.anySeverity'), options: SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`), ...hint(facets?.severities, value) })), rare: true },
    { kind: 'many', id: 'source', say: t('filter.source'), any: t('filter.anySource'), options: SOURCES.map((value) => ({ value, label: t(`source.${value}`), ...hint(facets?.sources, value) })), rare: true },
    { kind: 'many', id: 'tier', say: t('filter.tier'), any: t('filter.anyTier'), options: TIERS.map((tier) => ({ value: String(tier), label: t(`tier.${String(tier)}`), ...hint(facets?.tiers, String(tier)) })), rare: true },
    yes('forMeeting', 'anyMeeting', 'isForMeeting'),
    yes('paused', 'anyPaused', 'isPaused'),
    yes('handedBack', 'anyHandedBack', 'isHandedBack'),
    yes('reopened', 'anyReopened', 'isReopened'),
    yes('toApprove', 'anyToApprove', 'isToApprove'),
    { kind: 'days', id: 'raised', say: t('filter.raised'), any: t('filter.anyDay'), from: 'from', to: 'to', rare: true },
    { kind: 'text', id: 'q', say: t('filter.q'), any: t('filter.anyText'), placeholder: t('filter.qHint') },
  ];
}

export function viewsFor(t: T): readonly View[] {
  return [
    { id: 'open', name: t('view.open'), search: '' }, { id: 'mine', name: t('view.mine'), search: 'mine=1' }, { id: 'overdue', name: t('view.overdue'), search: 'overdue=1' },
    { id: 'confirming', name: t('view.confirming'), search: 'state=submitted' }, { id: 'handedBack', name: t('view.handedBack'), search: 'handedBack=1' }, { id: 'meeting', name: t('view.meeting'), search: 'forMeeting=1' },
    { id: 'reopened', name: t('view.reopened'), search: 'reopened=1&open=all' }, { id: 'ended', name: t('view.ended'), search: 'open=0&sort=number' },
  ];
}
