// /service/public: what came in this month and how it was answered, for everybody; no names. Nothing where the zone does not show it.
import { EntryPage } from '../../../../web/account/entry.tsx';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { publicCounter } from '../contract.ts';
import './desk.css';

const HOUR = 60;
const DAY = 1440;

export function PublicPage() {
  const t = useT('service');
  const format = useFormat();
  const lang = useLang();
  const { data, error, again } = useRead(publicCounter, {});
  if (data === undefined) return <EntryPage title={t('public.title')} say="">{error === undefined ? <Loading lines={6} /> : <Problem error={error} onRetry={again} />}</EntryPage>;
  if (!data.shown) return <EntryPage title={t('public.title')} say={t('public.hidden')}><div><Button href="/service/complain">{t('public.complain')}</Button></div></EntryPage>;
  const { satisfaction } = data;
  const reply = (minutes: number | null): string => (minutes === null ? '—' : minutes < HOUR ? t('public.minutes', { count: minutes }) : minutes < DAY ? t('public.hours', { count: Math.round(minutes / HOUR) }) : t('public.days', { count: Math.round(minutes / DAY) }));
  // Withdrawn, not accepted, or part of another.
  const apart = data.came - data.ended - data.open;
  return (
    <EntryPage both title={t('public.title')} say={t('public.say', { month: format.month(data.month) })} beside={
      <section className="counter">
        <Scroll label={t('public.kinds')}>
          <table className="plain">
            <thead><tr><th scope="col">{t('public.kind')}</th><th scope="col" className="num">{t('public.cameOf')}</th><th scope="col" className="num">{t('public.endedOf')}</th></tr></thead>
            <tbody>{data.kinds.map((one) => <tr key={one.code}><td>{lang === 'en' ? one.en : one.zh}</td><td className="num">{format.count(one.came)}</td><td className="num">{format.count(one.ended)}</td></tr>)}</tbody>
          </table>
        </Scroll>
        {data.enterprises.length > 0 && <p className="two small">{t('public.enterprises', { counts: data.enterprises.map((one) => format.count(one.came)).join(', ') })}</p>}
      </section>
    }>
      <div className="publicfigures"><FigureStrip>
        <Figure label={t('public.came')} value={format.count(data.came)} />
        <Figure label={t('public.ended')} value={format.count(data.ended)} note={[t('public.open', { count: data.open }), ...(apart > 0 ? [t('public.apart', { count: apart })] : [])].join(t('public.and'))} />
        <Figure label={t('public.reply')} value={reply(data.replyMinutes)} note={t('public.replied', { count: data.replied })} />
        <Figure label={t('public.satisfied')} value={format.percentBp(satisfaction.bp)} note={t('public.of', { hit: satisfaction.hit, base: satisfaction.base, basically: satisfaction.basically, dissatisfied: satisfaction.dissatisfied, none: satisfaction.noAnswer })} />
      </FigureStrip></div>
      <p className="two small">{t('public.note')}</p>
      <div className="filingend"><Button href="/service/complain">{t('public.complain')}</Button><Button kind="main" href="/sign-in">{t('public.signIn')}</Button></div>
    </EntryPage>
  );
}
