// What the shapes and colours of the Gantt mean.
import { useT } from '../i18n.ts';

export function Legend({ baselines, critical, floats, count }: { readonly baselines: boolean; readonly critical: boolean; readonly floats: boolean; readonly count: number }) {
  const t = useT('web');
  return (
    <ul className="ganttlegend" aria-label={t('gantt.legend')}>
      <li><i className="done" />{t('gantt.legendDone')}</li>
      <li><i className="running" />{t('gantt.legendRunning')}</li>
      <li><i className="coming" />{t('gantt.legendComing')}</li>
      <li><i className="late" />{t('gantt.legendLate')}</li>
      <li><i className="plan" />{t('gantt.planned')}</li>
      {baselines && <li><i className="baseline" />{t('gantt.baseline')}</li>}
      {floats && <li><i className="float" />{t('gantt.float')}</li>}
      {critical && <li><i className="critical" />{t('gantt.critical')}</li>}
      <li className="push">{t('gantt.rows', { count })}</li>
    </ul>
  );
}
