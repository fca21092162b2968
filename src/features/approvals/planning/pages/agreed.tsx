// What was agreed, the newest first: the days, who, when, and of a push why. Earlier ones are never hidden.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Section } from '../../../../web/parts/page.tsx';
import type { Shown } from './say.ts';

export function Agreed({ shown }: { readonly shown: Shown }) {
  const t = useT('approvals');
  const format = useFormat();
  if (shown.agreed.length === 0) return null;
  return (
    <Section title={t('planning.agreedTitle')} hint={t('planning.agreedHint')}>
      <ol className="card apagreed">
        {shown.agreed.map((one, i) => (
          <li key={one.number}>
            <b>{t(`planning.agreedKind.${one.kind}`, { number: one.number })}</b>{i === 0 && <span className="tag">{t('planning.current')}</span>}{' '}
            {t('planning.agreedDays', { permit: format.day(one.permitDay), begin: format.day(one.beginDay) })}
            <small>{[one.by, format.instant(one.at, shown.day), one.note].filter((part) => part !== null && part !== '').join(' · ')}</small>
          </li>
        ))}
      </ol>
    </Section>
  );
}
