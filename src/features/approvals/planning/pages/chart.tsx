// The items of a plan as a Gantt: critical ones ringed, float as a line behind the bar, the agreed days below it.
import { useMemo } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { Gantt } from '../../../../web/gantt/gantt.tsx';
import { useT } from '../../../../web/i18n.ts';
import { rowsOf, type Shown, type ShownPlan } from './say.ts';

export function Chart({ shown, plan }: { readonly shown: Shown; readonly plan: ShownPlan }) {
  const t = useT('approvals');
  const format = useFormat();
  const rows = useMemo(() => rowsOf(plan, t, format), [plan, t, format]);
  return <Gantt rows={rows} today={shown.day} title={t('planning.howItRuns')} />;
}
