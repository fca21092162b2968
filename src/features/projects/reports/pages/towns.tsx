// The month by town: who reports completely, and how far each town's projects are in each series.
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { readPeriodTowns } from '../contract.ts';

export function Towns({ month, onTown }: { readonly month: string; readonly onTown: (id: string) => void }) {
  const t = useT('reports');
  const format = useFormat();
  const read = useRead(readPeriodTowns, { month }, { keep: true });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={6} /> : <Problem error={read.error} onRetry={read.again} />;
  if (read.data.items.length === 0) return null;
  const yi = (fen: number | null): string => format.money(fen, 'yi').number;
  const unit = <><br /><span className="dim">{format.unitName('yi')}</span></>;
  return (
    <Section title={t('board.towns')} hint={t('board.townsHint')}>
      <Scroll label={t('board.towns')}>
        <table className="plain boardlist">
          <thead>
            <tr>
              <th>{t('col.town')}</th><th className="num">{t('col.owed')}</th><th className="num">{t('col.reported')}</th><th className="num">{t('col.missing')}</th><th className="num">{t('col.month')}{unit}</th><th className="num">{t('col.monthStat')}{unit}</th>
              <th className="num">{t('col.year')}{unit}</th><th className="num">{t('col.yearStat')}{unit}</th><th className="num">{t('col.plan')}{unit}</th><th className="num">{t('col.rate')}</th><th className="num">{t('col.points')}</th>
            </tr>
          </thead>
          <tbody>
            {read.data.items.map((one) => (
              <tr key={one.townId ?? ''}>
                <td className="wide">{one.townId === null ? <span className="dim">{t('board.noTown')}</span> : <button type="button" className="townbtn" onClick={() => one.townId !== null && onTown(one.townId)}>{one.townName}</button>}</td>
                <td className="num" data-col={t('col.owed')}>{one.owed}</td>
                <td className="num" data-col={t('col.reported')}>{one.owed - one.missing}</td>
                <td className={`num ${one.missing > 0 ? 'tone-late' : 'dim'}`} data-col={t('col.missing')}>{one.missing}</td>
                <td className="num" data-col={t('col.month')}>{yi(one.monthDispatchFen)}</td>
                <td className="num" data-col={t('col.monthStat')}>{yi(one.monthStatFen)}</td>
                <td className="num" data-col={t('col.year')}>{yi(one.yearDispatchFen)}</td>
                <td className="num" data-col={t('col.yearStat')}>{yi(one.yearStatFen)}</td>
                <td className="num two" data-col={t('col.plan')}>{yi(one.planFen)}</td>
                <td className="num" data-col={t('col.rate')}>{one.rateBp === null ? '—' : format.percent(one.rateBp / 10_000)}</td>
                <td className={`num ${one.pointsBp === null || one.pointsBp >= 0 ? '' : one.pointsBp < -1000 ? 'tone-late' : 'tone-warn'}`} data-col={t('col.points')}>{format.points(one.pointsBp === null ? null : one.pointsBp / 100)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  );
}
