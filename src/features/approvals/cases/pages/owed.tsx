// The mark of a case that was accepted with materials owed: how many, and in how many days it is returned without them.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import type { CaseLine } from './say.ts';

const SOON_DAYS = 7;

/** `plain`: as the text of a column that says itself what it counts. */
export function OwedMark({ line, day, plain = false }: { readonly line: Pick<CaseLine, 'owedMaterials' | 'materialDue'>; readonly day: string; readonly plain?: boolean }) {
  const t = useT('cases');
  const format = useFormat();
  if (line.owedMaterials === 0 || line.materialDue === null) return null;
  const left = format.daysBetween(day, line.materialDue);
  const when = left < 0 ? t('owed.over') : left === 0 ? t('owed.today') : t('owed.left', { count: left });
  const tone = `tone-${left < 0 ? 'bad' : left <= SOON_DAYS ? 'late' : 'warn'}`;
  if (plain) return <span className={tone}>{t('owed.count', { count: line.owedMaterials })} {when}</span>;
  return <span className={`tag owedtag ${tone}`}>{t('owed.materials', { count: line.owedMaterials })} {when}</span>;
}
