// The items of a plan as a Gantt: critical ones ringed, float as a line behind the bar, the agreed days below it.
import { useMemo } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useFormat } from '../../../../web/format.ts';
import { Gantt } from '../../../../web/gantt/gantt.tsx';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { rowsOf, type Shown, type ShownPlan } from './say.ts';

export function Chart({ shown, plan }: { readonly shown: Shown; readonly plan: ShownPlan }) {
  const t = useT('approvals');
  const format = useFormat();
  const [{ span }, set] = useUrlState({ span: 'start' });
  const whole = span === 'whole';
  const rows = useMemo(() => rowsOf(plan, whole, t, format), [plan, whole, t, format]);
  return (
    <>
      <div className="row apspan noprint"><ChoiceInput label={t('planning.span')} value={whole ? 'whole' : 'start'} onChange={(next) => set({ span: next ?? 'start' })} options={['start', 'whole'].map((value) => ({ value, label: t(`planning.spans.${value}`) }))} /></div>
      <Gantt rows={rows} today={shown.day} title={t('planning.howItRuns')} />
    </>
  );
}
