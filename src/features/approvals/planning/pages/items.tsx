// The items of a plan as a table: who leads, how long, from when to when, the latest day and the float. On a phone each item is a card.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { PlannedItem } from '../contract.ts';
import { named, sayDays, tagsOf, type Shown, type ShownPlan } from './say.ts';

const STAGES = ['S1', 'S2', 'S3', 'S4'] as const;

export function Items({ shown, plan }: { readonly shown: Shown; readonly plan: ShownPlan }) {
  const t = useT('approvals');
  const agreed = shown.agreed.length > 0;
  const columns = agreed ? 8 : 7;
  return (
    <Scroll label={t('planning.view.items')}>
      <table className="plain aplist">
        <thead>
          <tr>
            <th>{t('planning.item')}</th><th>{t('planning.lead')}</th><th>{t('plan.days')}</th><th>{t('plan.from_day')}</th><th>{t('plan.to_day')}</th>{agreed && <th>{t('planning.agreedDay')}</th>}
            <th>{t('planning.latest')}</th><th className="num">{t('plan.float')}</th>
          </tr>
        </thead>
        {STAGES.map((stage) => {
          const items = plan.items.filter((one) => one.stage === stage).toSorted((a, b) => (a.startDay === b.startDay ? (a.day < b.day ? -1 : 1) : a.startDay < b.startDay ? -1 : 1));
          return items.length === 0 ? null : (
            <tbody key={stage}>
              <tr className="apstage"><th colSpan={columns} scope="colgroup">{t(`stage.${stage}`)}<span>{t('planning.countItems', { count: items.length })}</span></th></tr>
              {items.map((one) => <Row key={one.code} one={one} agreed={agreed} today={shown.day} />)}
            </tbody>
          );
        })}
      </table>
    </Scroll>
  );
}

function Row({ one, agreed, today }: { readonly one: PlannedItem; readonly agreed: boolean; readonly today: string }) {
  const t = useT('approvals');
  const format = useFormat();
  const late = one.agreedDay !== null && one.day > one.agreedDay;
  return (
    <tr>
      <td className="apname"><span className="apcode">{one.code}</span>{named(one.name, format)}<span className="aptags">{tagsOf(one, t, format, today).map((tag) => <State key={tag.key} tone={tag.tone} word={tag.word} />)}</span></td>
      <td className="two" data-col={t('planning.lead')}>{t(`planning.department.${one.department}`)}</td>
      <td className="two" data-col={t('plan.days')}>{one.finished ? '—' : sayDays(one, t)}</td>
      <td data-col={t('plan.from_day')}>{one.finished ? '—' : format.shortDay(one.startDay, today)}</td>
      <td data-col={t('plan.to_day')}>{format.shortDay(one.day, today)}</td>
      {agreed && <td data-col={t('planning.agreedDay')} className={late ? 'tone-late' : 'two'}>{one.agreedDay === null ? t('planning.added') : format.shortDay(one.agreedDay, today)}</td>}
      <td data-col={t('planning.latest')} className="two">{one.finished ? '—' : format.shortDay(one.lateDay, today)}</td>
      <td data-col={t('plan.float')} className="num">{one.finished ? '—' : one.driving ? t('planning.noFloat') : t(`planning.short.${one.unit}`, { count: one.floatDays })}</td>
    </tr>
  );
}
