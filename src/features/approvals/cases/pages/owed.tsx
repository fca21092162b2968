// The mark of a case that was accepted with materials owed: how many, and in how many days it is returned without them.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import type { CaseLine } from './say.ts';

const SOON_DAYS = 7;

export function OwedMark({ line, day }: { readonly line: Pick<CaseLine, 'owedMaterials' | 'materialDue'>; readonly day: string }) {
  const t = useT('cases');
  const format = useFormat();
  if (line.owedMaterials === 0 || line.materialDue === null) return null;
  const left = format.daysBetween(day, line.materialDue);
  const when = left < 0 ? t('owed.over') : left === 0 ? t('owed.today') : t('owed.left', { count: left });
  return <span className={`tag tone-${left < 0 ? 'bad' : left <= SOON_DAYS ? 'late' : 'warn'}`}>{t('owed.materials', { count: line.owedMaterials })} {when}</span>;
}
