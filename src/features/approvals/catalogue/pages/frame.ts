// A layer without its items while it is changed: what of it goes to the server, and how its parts are said when two people changed one. Pure.
import type { Lang, T } from '../../../../web/i18n.ts';
import { same, type MergeWords } from '../../../../web/form/merge.ts';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { FRAME_FIELDS, type Bundle, type Frame, type FrameField, type FramePatch, type Milestone } from '../shape.ts';
import type { getFrame } from '../contract.ts';
import { sayAfters } from './itemfields.ts';
import { pick, sayBasis, sayDays } from './words.ts';

export type FrameView = OutputOf<typeof getFrame>;
export type EditedFrame = Frame & { readonly added: FrameView['sources'] };

export interface FrameChange {
  readonly patch: FramePatch;
  readonly reset: readonly FrameField[];
}

/**
 * The parts that differ from the start. Of an overlay only what is not as below it goes along, and a part that is wholly as below it is given
 * back; bundles and milestones go one by one, because what the layer does not name shows through.
 */
export function frameChange(start: Frame, draft: Frame, { below, says }: Pick<FrameView, 'below' | 'says'>): FrameChange {
  const changed = FRAME_FIELDS.filter((field) => !same(start[field], draft[field]));
  if (below === null) return { patch: picked(draft, changed), reset: [] };
  const own: Frame = { ...draft, bundles: draft.bundles.filter((one) => !below.bundles.some((other) => same(one, other))), milestones: draft.milestones.filter((one) => !below.milestones.some((other) => same(one, other))) };
  const back = changed.filter((field) => (field === 'bundles' || field === 'milestones' ? own[field].length === 0 : same(below[field], draft[field])));
  return { patch: picked(own, changed.filter((field) => !back.includes(field))), reset: back.filter((field) => says.includes(field)) };
}

function picked(frame: Frame, fields: readonly FrameField[]): FramePatch {
  return Object.fromEntries(fields.map((field) => [field, frame[field]]));
}

interface Ground extends Pick<FrameView, 'names' | 'sources'> {
  readonly t: T;
  readonly lang: Lang;
}

export function frameWords(ground: Ground): { readonly [K in FrameField]: MergeWords } {
  const { t, lang, names, sources } = ground;
  const item = (code: string): string => {
    const found = names.find((one) => one.code === code);
    return found === undefined ? code : `${code} ${pick(found.name, lang)}`;
  };
  const show = <Value>(say: (value: Value) => string) => (value: unknown): string => (value === null || value === undefined ? '—' : say(value as Value)); // an edge: the words of a field are only asked of its value
  return {
    flows: { label: t('catalogue.frame.flows'), show: show((flows: Frame['flows']) => (['enterprise', 'government'] as const).map((track) => `${t(`catalogue.tracks.${track}`)}${t('colon')}${flows[track].join(' → ')}`).join('\n')) },
    milestones: { label: t('catalogue.frame.milestones'), show: show((all: readonly Milestone[]) => all.map((one) => `${pick(one.name, lang)}${t('colon')}${(['enterprise', 'government'] as const).map((track) => `${t(`catalogue.tracks.${track}`)} ${sayAfters(one.after[track], ground)}`).join('；')}`).join('\n')) },
    bundles: { label: t('catalogue.frame.bundles'), show: show((all: readonly Bundle[]) => (all.length === 0 ? t('catalogue.none') : all.map((one) => `${one.code} ${pick(one.name, lang)}${t('colon')}${one.members.join(t('list'))}${t('comma')}${sayDays(daysOf(one), 'working', t)}`).join('\n'))) },
    simulation: { label: t('catalogue.frame.simulation'), show: show((one: Frame['simulation']) => [`${t('catalogue.policy.trigger')}${t('colon')}${item(one.trigger.enterprise)} / ${item(one.trigger.government)}`, `${t('catalogue.policy.needs')}${t('colon')}${one.needs.map(item).join(t('list'))}`, `${t('catalogue.policy.validityMonths')} ${String(one.validityMonths)}`, `${t('catalogue.policy.conversionDays')} ${String(one.conversionDays)}`, sayBasis(one.basis, [...sources], t, lang)].join('\n')) },
    promiseDays: { label: t('catalogue.frame.promiseDays'), show: show((days: number) => sayDays(days, 'working', t)) },
  };
}

export function daysOf(bundle: Bundle): number {
  return bundle.steps.reduce((sum, one) => sum + one.days, 0);
}

/** What a draft of this browser holds, if it is one. */
export function frameIn(values: Readonly<Record<string, unknown>>): EditedFrame | undefined {
  return [...FRAME_FIELDS, 'added'].every((field) => field in values) ? (values as EditedFrame) : undefined; // an edge: this program wrote it; the server checks it
}
