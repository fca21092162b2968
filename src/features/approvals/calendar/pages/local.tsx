// The zone's own days of a year: each with its document, and whether it moves the clocks of the law or plans alone.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import type { LocalLine } from '../contract.ts';
import { rangeSay, type Year } from './say.ts';

export function LocalDays({ year, onBack }: { readonly year: Year; readonly onBack: (local: LocalLine) => void }) {
  const t = useT('calendar');
  const format = useFormat();
  return (
    <Section title={t('local.title')} hint={t('local.hint')}>
      {year.local.length === 0 ? <p className="card pad two">{t('local.none')}</p> : (
        <Scroll label={t('local.title')}>
          <table className="plain">
            <thead><tr><th scope="col">{t('local.days')}</th><th scope="col">{t('local.name')}</th><th scope="col">{t('local.counts')}</th><th scope="col">{t('local.document')}</th><th scope="col">{t('local.by')}</th>{year.can.keep && <th scope="col"><span className="hidden">{t('back.title')}</span></th>}</tr></thead>
            <tbody>
              {year.local.map((one) => (
                <tr key={one.id}>
                  <td className="nowrap">{rangeSay(one.from, one.to, format.day)}</td>
                  <td>{one.name}<p className="dim small">{t(one.work ? 'local.work' : 'local.off')}</p></td>
                  <td>{t(`counts.${one.counts}`)}{one.basis !== null && <p className="dim small">{one.basis}</p>}</td>
                  <td>{one.link === null ? one.document : <a href={one.link} target="_blank" rel="noreferrer noopener">{one.document}</a>}</td>
                  <td>{one.by}<p className="dim small">{format.day(one.day)}</p></td>
                  {year.can.keep && <td><Button small kind="quiet" onClick={() => onBack(one)}>{t('back.title')}</Button></td>}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  );
}
