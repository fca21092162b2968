// What is held, under 会议规则: series with their numbers, kinds, what recurs. The office adds and retires them; what was retired stays and is brought back,
// for meetings of the past are named by it.
import type { ReactNode } from 'react';
import { useLang, type T } from '../../../../web/i18n.ts';
import { CheckInput, ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { useSession } from '../../../../web/session.tsx';
import { isRetired, type Policy } from '../shape.ts';
import { pick } from './say.ts';

export interface RulesPart {
  readonly policy: Policy; readonly onChange: (policy: Policy) => void; readonly t: T;
  /** As it is stored: what stands there is retired, what does not is taken away again. */
  readonly stood: Policy;
  /** What is wrong at a place such as `kinds.2.series`, in words. */
  readonly faultAt: (path: string) => string | undefined;
}

type Part = 'series' | 'kinds' | 'recurrence';
type Of<P extends Part> = Policy[P][number];

export function SeriesRules(props: RulesPart) {
  const { policy, stood, t, faultAt } = props;
  const { change, add } = changing('series', props);
  return (
    <Section title={t('rules.series')} hint={t('rules.seriesHint')} actions={<Button small onClick={() => add({ code: freeCode('series', policy.series), zh: '', en: '', first: 1, mark: '' })}>{t('rules.addSeries')}</Button>}>
      <div className="card">
        {policy.series.map((each, index) => (
          <Entry key={each.code} part="series" index={index} {...props}>
            <Names one={each} path={`series.${index}`} onChange={(names) => change(index, names)} t={t} faultAt={faultAt} />
            <Labelled label={t('rules.mark')} hint={t('rules.markHint')} fault={faultAt(`series.${index}.mark`)} optional>{(id) => <TextInput id={id} value={each.mark} maxLength={10} onChange={(mark) => change(index, { mark })} />}</Labelled>
            {isNew(stood.series, each) && <Labelled label={t('rules.first')} hint={t('rules.firstHint')} fault={faultAt(`series.${index}.first`)}>{(id) => <NumberInput id={id} value={each.first} onChange={(first) => change(index, { first: first ?? 1 })} />}</Labelled>}
          </Entry>
        ))}
      </div>
    </Section>
  );
}

export function KindRules(props: RulesPart) {
  const { policy, t, faultAt } = props;
  const lang = useLang();
  const { change, add } = changing('kinds', props);
  const series = policy.series.filter((one) => !isRetired(one));
  const blank = (): Of<'kinds'> => ({ code: freeCode('kind', policy.kinds), series: series[0]?.code ?? '', zh: '', en: '', time: '15:00', minutes: 90, place: policy.kinds[0]?.place ?? '' });
  return (
    <Section title={t('rules.kinds')} hint={t('rules.kindsHint')} actions={<Button small onClick={() => add(blank())}>{t('rules.addKind')}</Button>}>
      <div className="card">
        {policy.kinds.map((each, index) => (
          <Entry key={each.code} part="kinds" index={index} {...props}>
            <Names one={each} path={`kinds.${index}`} onChange={(names) => change(index, names)} t={t} faultAt={faultAt} />
            <Labelled label={t('rules.ofSeries')} fault={faultAt(`kinds.${index}.series`)}>{(id) => <SelectInput id={id} value={each.series} onChange={(code) => change(index, { series: code ?? each.series })} options={policy.series.filter((one) => !isRetired(one) || one.code === each.series).map((one) => ({ value: one.code, label: nameOf(one, lang, t) }))} />}</Labelled>
            <Labelled label={t('plan.place')} fault={faultAt(`kinds.${index}.place`)}>{(id) => <TextInput id={id} value={each.place} maxLength={200} onChange={(place) => change(index, { place: place ?? '' })} />}</Labelled>
            <Labelled label={t('plan.time')} fault={TIME.test(each.time) ? faultAt(`kinds.${index}.time`) : t('plan.badTime')}>{(id) => <TextInput id={id} value={each.time} maxLength={5} onChange={(time) => change(index, { time: time ?? '' })} />}</Labelled>
            <Labelled label={t('plan.minutes')} fault={faultAt(`kinds.${index}.minutes`)}>{(id) => <NumberInput id={id} value={each.minutes} unit={t('unit.minutes', { count: each.minutes })} onChange={(minutes) => change(index, { minutes: minutes ?? each.minutes })} />}</Labelled>
          </Entry>
        ))}
      </div>
    </Section>
  );
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export function RecurringRules(props: RulesPart) {
  const { policy, t, faultAt } = props;
  const { today } = useSession();
  const lang = useLang();
  const { change, add } = changing('recurrence', props);
  const usable = policy.kinds.filter((one) => !isRetired(one));
  const blank = (): Of<'recurrence'> => ({ code: freeCode('recurs', policy.recurrence), kind: usable[0]?.code ?? '', weekday: 3, everyWeeks: 1, from: today, moved: 'later', aheadDays: 14, on: true });
  return (
    <Section title={t('rules.recurrence')} hint={t('rules.recurrenceHint')} actions={<Button small onClick={() => add(blank())}>{t('rules.addRecurrence')}</Button>}>
      <div className="card">
        {policy.recurrence.length === 0 && <p className="pad two">{t('rules.noRecurrence')}</p>}
        {policy.recurrence.map((each, index) => (
          <Entry key={each.code} part="recurrence" index={index} {...props}>
            <div className="wide"><CheckInput value={each.on} onChange={(on) => change(index, { on: on === true })}>{t('rules.recurs')}</CheckInput></div>
            <Labelled label={t('plan.kind')} fault={faultAt(`recurrence.${index}.kind`)}>{(id) => <SelectInput id={id} value={each.kind} onChange={(kind) => change(index, { kind: kind ?? each.kind })} options={policy.kinds.filter((kind) => !isRetired(kind) || kind.code === each.kind).map((kind) => ({ value: kind.code, label: nameOf(kind, lang, t) }))} />}</Labelled>
            <Labelled label={t('rules.weekday')}>{(id) => <SelectInput id={id} value={String(each.weekday)} onChange={(weekday) => change(index, { weekday: Number(weekday ?? each.weekday) })} options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value: String(value), label: t(`weekday.${value}`) }))} />}</Labelled>
            <Labelled label={t('rules.everyWeeks')} fault={faultAt(`recurrence.${index}.everyWeeks`)}>{(id) => <NumberInput id={id} value={each.everyWeeks} onChange={(everyWeeks) => change(index, { everyWeeks: everyWeeks ?? 1 })} />}</Labelled>
            <Labelled label={t('rules.start')} fault={faultAt(`recurrence.${index}.from`)}>{(id) => <DayInput id={id} today={today} value={each.from} onChange={(from) => change(index, { from: from ?? each.from })} />}</Labelled>
            <Labelled label={t('rules.aheadDays')} fault={faultAt(`recurrence.${index}.aheadDays`)}>{(id) => <NumberInput id={id} value={each.aheadDays} onChange={(aheadDays) => change(index, { aheadDays: aheadDays ?? each.aheadDays })} />}</Labelled>
            <Labelled label={t('rules.moved')}>{(id) => <ChoiceInput id={id} value={each.moved} onChange={(moved) => change(index, { moved: moved === 'earlier' || moved === 'left_out' ? moved : 'later' })} options={(['later', 'earlier', 'left_out'] as const).map((value) => ({ value, label: t(`moved.${value}`) }))} />}</Labelled>
          </Entry>
        ))}
      </div>
    </Section>
  );
}

/** One of a part: its fields, folded away where it is retired, and the button that retires it, brings it back or takes it away again. */
function Entry({ part, index, children, ...props }: RulesPart & { readonly part: Part; readonly index: number; readonly children: ReactNode }) {
  const { policy, stood, t } = props;
  const lang = useLang();
  const { change, drop } = changing(part, props);
  const one = policy[part][index];
  if (one === undefined) return null;
  const retired = isRetired(one);
  const name = 'zh' in one ? nameOf(one, lang, t) : nameOf(policy.kinds.find((kind) => kind.code === one.kind), lang, t);
  const act = isNew(stood[part], one) ? <Button small kind="quiet" onClick={() => drop(index)}>{t('rules.takeAway')}</Button>
    : <Button small kind="quiet" onClick={() => change(index, { retired: retired ? undefined : true })}>{t(retired ? 'rules.bringBack' : 'rules.retire')}</Button>;
  return (
    <div className={`ruleentry${retired ? ' retired' : ''}`}>
      <div className="row"><b className={retired ? 'dim' : ''}>{name}</b>{retired && <span className="tag">{t('rules.retired')}</span>}<span className="push">{act}</span></div>
      {!retired && <div className="grid2">{children}</div>}
    </div>
  );
}

function Names({ one, path, onChange, t, faultAt }: Pick<RulesPart, 't' | 'faultAt'> & { readonly one: { readonly zh: string; readonly en: string }; readonly path: string; readonly onChange: (names: { zh?: string; en?: string }) => void }) {
  return (
    <>
      <Labelled label={t('rules.nameZh')} fault={faultAt(`${path}.zh`)}>{(id) => <TextInput id={id} value={one.zh} maxLength={60} onChange={(zh) => onChange({ zh: zh ?? '' })} />}</Labelled>
      <Labelled label={t('rules.nameEn')} fault={faultAt(`${path}.en`)}>{(id) => <TextInput id={id} value={one.en} maxLength={60} onChange={(en) => onChange({ en: en ?? '' })} />}</Labelled>
    </>
  );
}

/** What changes one of a part, adds one, takes one away. A field of undefined is left out of what is sent. */
function changing<P extends Part>(part: P, { policy, onChange }: Pick<RulesPart, 'policy' | 'onChange'>) {
  const list: readonly Of<P>[] = policy[part];
  const set = (next: readonly Of<P>[]): void => onChange({ ...policy, [part]: next });
  return {
    change: (index: number, fields: { readonly [Name in keyof Of<P>]?: Of<P>[Name] | undefined } | { readonly retired: true | undefined }): void => set(list.map((each, i) => (i === index ? without({ ...each, ...fields }) : each))),
    add: (one: Of<P>): void => set([...list, without(one)]),
    drop: (index: number): void => set(list.filter((_, i) => i !== index)),
  };
}

function without<One extends object>(one: One): One {
  const kept: Partial<One> = {};
  for (const name in one) if (one[name] !== undefined && !(name === 'mark' && String(one[name]) === '')) kept[name] = one[name];
  // The edge: what is left out are optional fields alone.
  return kept as One;
}

/** Names are the office's own; what it is stored under is made here and never used twice. */
function freeCode(stem: string, list: readonly { readonly code: string }[]): string {
  let number = list.length + 1;
  while (list.some((one) => one.code === `${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

function isNew(stood: readonly { readonly code: string }[], one: { readonly code: string }): boolean {
  return !stood.some((each) => each.code === one.code);
}

function nameOf(one: { readonly zh: string; readonly en: string } | undefined, lang: ReturnType<typeof useLang>, t: T): string {
  const name = one === undefined ? '' : pick(one, lang);
  return name === '' ? t('rules.unnamed') : name;
}
