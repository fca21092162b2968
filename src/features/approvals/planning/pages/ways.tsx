// The ways of going about the approvals side by side: when each leads to the permit and to the start, and what it saves alone and together.
import { useFormat } from '../../../../web/format.ts';
import { useRead } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { Section } from '../../../../web/parts/page.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { modeOf } from '../modes.ts';
import { planRange, type Way } from '../contract.ts';
import { named, type Shown, type ShownPlan } from './say.ts';

export function Ways({ shown, plan }: { readonly shown: Shown; readonly plan: ShownPlan }) {
  const t = useT('approvals');
  const { chosen, stopped } = shown;
  const stop = plan.items.find((one) => one.code === stopped?.item);
  const format = useFormat();
  const limits = t(`planning.limits.${chosen.limits}`);
  return (
    <Section title={t('planning.waysTitle')} hint={t('planning.waysHint', { day: format.shortDay(plan.from, shown.day), limits })}>
      <Scroll label={t('planning.waysTitle')}>
        <table className="plain apways">
          <thead><tr><th>{t('plan.modes')}</th><th>{t('planning.permitDay')}</th><th>{t('planning.beginDay')}</th><th className="num">{t('unit.working')}</th><th className="num">{t('planning.saves')}</th></tr></thead>
          <tbody>{shown.ways.map((one) => <Row key={one.mode} one={one} shown={shown} />)}{isOwnWay(shown) && <Own shown={shown} plan={plan} />}</tbody>
        </table>
      </Scroll>
      <ul className="apnotes small two">
        {stopped !== null && stop !== undefined && <li>{t('planning.stopped', { item: named(stop.name, format), days: t('planning.days.working', { count: stopped.days }), later: t('planning.days.working', { count: stopped.beginDays }) })}</li>}
        <Range shown={shown} />
      </ul>
    </Section>
  );
}

function Row({ one, shown }: { readonly one: Way; readonly shown: Shown }) {
  const t = useT('approvals');
  const format = useFormat();
  const here = isWay(shown, one);
  const saves = one.mode === 'serial' ? '—' : one.savesDays === 0 ? t('planning.savesNothing') : t(one.mode === 'parallel' ? 'planning.savesOnSerial' : 'planning.savesDays', { count: one.savesDays });
  return (
    <tr className={here ? 'here' : undefined} aria-current={here || undefined}>
      <td className="apname">{t(`mode.${one.mode}`)}{here && <span className="tag">{t('planning.adopted')}</span>}</td>
      <td data-col={t('planning.permitDay')}>{format.shortDay(one.permitDay, shown.day)}</td>
      <td data-col={t('planning.beginDay')}>{format.shortDay(one.beginDay, shown.day)}</td>
      <td data-col={t('unit.working')} className="num">{format.count(one.beginDays)}</td>
      <td data-col={t('planning.saves')} className={`num ${one.savesDays > 0 ? 'tone-ok' : 'two'}`}>{saves}</td>
    </tr>
  );
}

/** The way that was chosen, where it is none of the table. */
function Own({ shown, plan }: { readonly shown: Shown; readonly plan: ShownPlan }) {
  const t = useT('approvals');
  const format = useFormat();
  const parallel = shown.ways.find((one) => one.mode === 'parallel')?.beginDays ?? null;
  const saves = parallel === null || plan.begin.workingDays === null ? 0 : parallel - plan.begin.workingDays;
  return (
    <tr className="here" aria-current>
      <td className="apname">{t('planning.ownWay', { measures: shown.chosen.measures.map((one) => t(`planning.measure.${one}`)).join(t('planning.and')) })}<span className="tag">{t('planning.adopted')}</span></td>
      <td data-col={t('planning.permitDay')}>{format.shortDay(plan.permit.day, shown.day)}</td>
      <td data-col={t('planning.beginDay')}>{format.shortDay(plan.begin.day, shown.day)}</td>
      <td data-col={t('unit.working')} className="num">{format.count(plan.begin.workingDays)}</td>
      <td data-col={t('planning.saves')} className={`num ${saves > 0 ? 'tone-ok' : 'two'}`}>{saves > 0 ? t('planning.savesDays', { count: saves }) : t('planning.savesNothing')}</td>
    </tr>
  );
}

function isWay({ chosen }: Shown, one: Way): boolean {
  const { order, measures } = modeOf(one.mode);
  const wanted = chosen.order === 'serial' ? [] : chosen.measures;
  return order === chosen.order && (measures ?? []).length === wanted.length && (measures ?? []).every((each) => wanted.includes(each));
}

/** Several measures, but not all: a way that does not stand in the table. */
function isOwnWay(shown: Shown): boolean {
  return !shown.ways.some((one) => isWay(shown, one));
}

function Range({ shown }: { readonly shown: Shown }) {
  const t = useT('approvals');
  const format = useFormat();
  const read = useRead(planRange, { id: shown.id });
  if (read.data === undefined) return null;
  const { range, enough } = read.data;
  if (range === null) return <li>{t('planning.noRange', { enough })}</li>;
  return <li>{t('planning.range', Object.fromEntries(range.begin.map((one) => [`p${String(one.percent)}`, format.shortDay(one.day, shown.day)])))}</li>;
}
