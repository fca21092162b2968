// The notice behind a year: what it says, where it came from, who entered it and when; taking back what was entered.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import type { NoticeLine } from '../contract.ts';
import { rangeSay, type Year } from './say.ts';

export function NoticeCard({ year, onBack }: { readonly year: Year; readonly onBack: (notice: NoticeLine) => void }) {
  const t = useT('calendar');
  const format = useFormat();
  const { notice } = year;
  if (notice === null) return <Section title={t('notice.title', { year: year.year })}><p className="card pad two">{t('notice.none')}</p></Section>;
  const { entered, rows } = notice;
  const list = (work: boolean): string[] => rows.filter((row) => row.work === work).map((row) => rangeSay(row.from, row.to, (day) => format.shortDay(day, `${String(year.year)}-06-30`)));
  return (
    <Section title={t('notice.title', { year: year.year })} actions={entered !== null && year.can.keep && <Button small kind="quiet" onClick={() => onBack(notice)}>{t('back.title')}</Button>}>
      <div className="card pad stack">
        <Facts columns={1} facts={entered === null
          ? [{ label: t('notice.document'), value: t('notice.shipped') }]
          : [
            { label: t('notice.document'), value: entered.link === null ? entered.document : <a href={entered.link} target="_blank" rel="noreferrer noopener">{entered.document}</a> },
            { label: t('notice.by'), value: `${entered.by} ${format.day(entered.day)}` }, { label: t('notice.edition'), value: t('edition', { number: entered.edition }) },
            ...(entered.note === null ? [] : [{ label: t('notice.note'), value: entered.note }]), ...(notice.shipped ? [{ label: t('notice.replaces'), value: t('notice.replacesSay') }] : []),
          ]} />
        <Days title={t('notice.off')} days={list(false)} />
        <Days title={t('notice.work')} days={list(true)} />
        {notice.entered === null && <p className="dim small">{t('notice.onlyDifferent')}</p>}
      </div>
    </Section>
  );
}

function Days({ title, days }: { readonly title: string; readonly days: readonly string[] }) {
  const t = useT('calendar');
  return (
    <div>
      <h3>{title}</h3>
      {days.length === 0 ? <p className="dim">{t('notice.noDays')}</p> : <ul className="callist">{days.map((one) => <li key={one}>{one}</li>)}</ul>}
    </div>
  );
}
