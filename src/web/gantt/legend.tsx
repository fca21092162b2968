// What the shapes and colours of the Gantt mean.
import { useT } from '../i18n.ts';

export function Legend({ baselines, critical, floats, count }: { readonly baselines: boolean; readonly critical: boolean; readonly floats: boolean; readonly count: number }) {
  const t = useT('gantt');
  return (
    <ul className="ganttlegend" aria-label={t('legend')}>
      <li><i className="done" />{t('legendDone')}</li>
      <li><i className="running" />{t('legendRunning')}</li>
      <li><i className="coming" />{t('legendComing')}</li>
      <li><i className="late" />{t('legendLate')}</li>
      <li><i className="plan" />{t('planned')}</li>
      {baselines && <li><i className="baseline" />{t('baseline')}</li>}
      {floats && <li><i className="float" />{t('float')}</li>}
      {critical && <li><i className="critical" />{t('critical')}</li>}
      <li className="push">{t('rows', { count })}</li>
    </ul>
  );
}
