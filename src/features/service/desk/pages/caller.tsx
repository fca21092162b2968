// Beside the form: what this caller had before, what is still open, how content he was, who visited him, which policies he was told.
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { callerHistory } from '../contract.ts';
import { stateTone } from './say.ts';

export function CallerSide({ enterpriseId }: { readonly enterpriseId: string | undefined }) {
  const t = useT('intake');
  const format = useFormat();
  const { today } = useSession();
  const read = useRead(callerHistory, { enterpriseId: enterpriseId ?? '' }, { when: enterpriseId !== undefined });
  if (enterpriseId === undefined) return <aside className="card pad"><p className="two">{t('noCaller')}</p></aside>;
  if (read.data === undefined) return <aside className="card pad">{read.error === undefined ? <Loading lines={6} /> : <Problem small error={read.error} onRetry={read.again} />}</aside>;
  const { name, open, all, satisfaction, problems, visits, policies } = read.data;
  return (
    <aside className="card pad" aria-label={t('history')}>
      <h2><Go href={`/service/enterprises/${enterpriseId}`}>{name}</Go></h2>
      <p>{t('counts', { open, all })}{satisfaction.base > 0 ? ` · ${t('content', { satisfied: satisfaction.hit, answered: satisfaction.base })}` : ''}</p>
      <h3 className="callerhead">{t('earlier')}</h3>
      {problems.length === 0 ? <p className="two small">{t('none')}</p> : (
        <ul className="callerlines">
          {problems.map((one) => <li key={one.id}><span><Go href={`/problems/${one.id}`}>{one.title}</Go></span><span className="two small"><State tone={one.over ? 'bad' : stateTone(one.state)} word={t(`problems:state.${one.state}`)} /> {one.number} · {format.instant(one.raisedAt, today)} · {one.ownerName}</span></li>)}
        </ul>
      )}
      <h3 className="callerhead">{t('visits')}</h3>
      {visits.length === 0 ? <p className="two small">{t('none')}</p> : <ul className="callerlines">{visits.map((one) => <li key={one.id}><span>{format.day(one.day)} {one.who}</span>{one.said !== null && <span className="two small">{one.said}</span>}</li>)}</ul>}
      <h3 className="callerhead">{t('policies')}</h3>
      {policies.length === 0 ? <p className="two small">{t('none')}</p> : <ul className="callerlines">{policies.map((one) => <li key={one.id}><Go href={`/service/policies/${one.id}`}>{one.name}</Go><span className="two small">{t(`policy.${one.state}`)}</span></li>)}</ul>}
    </aside>
  );
}
