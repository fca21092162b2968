// Where one is signed in: every session with its device and its last use; any of them can be ended.
import { useRead, useRun } from '../client.ts';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import { endSession, listSessions } from '../../features/people/signin/contract.ts';
import { Button } from '../parts/button.tsx';
import { Loading } from '../parts/loading.tsx';
import { PageHead } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { toast } from '../parts/toast.tsx';
import './account.css';

export function SessionsPage() {
  const t = useT('web');
  const format = useFormat();
  const sessions = useRead(listSessions, {});
  const end = useRun(endSession, { touches: ['people.sessions'], onDone: () => toast({ text: t('account.ended') }) });
  const items = sessions.data?.items ?? [];
  return (
    <>
      <PageHead title={t('account.sessionsTitle')} {...(sessions.data === undefined ? {} : { small: t('account.sessionsCount', { count: items.length }) })} actions={<Button href="/password">{t('account.changePassword')}</Button>} />
      {sessions.error !== undefined && <Problem error={sessions.error} onRetry={sessions.again} />}
      {end.error !== undefined && <Problem small error={end.error} />}
      {sessions.loading && <Loading lines={4} />}
      {items.length > 0 && (
        <Scroll label={t('account.sessionsTitle')}>
          <table className="plain sessionlist">
            <thead><tr><th>{t('account.device')}</th><th>{t('account.address')}</th><th>{t('account.since')}</th><th>{t('account.seen')}</th><th /></tr></thead>
            <tbody>
              {items.map((session) => (
                <tr key={session.id}>
                  <td>{session.device}{session.current && <span className="tag">{t('account.thisOne')}</span>}</td>
                  <td className="two" data-label={t('account.address')}>{session.address}</td>
                  <td className="two" data-label={t('account.since')}>{format.instant(session.createdAt)}</td>
                  <td className="two" data-label={t('account.seen')}>{format.instant(session.seenAt)}</td>
                  <td className="num">{!session.current && <Button small busy={end.running} onClick={() => end.go({ id: session.id })}>{t('account.end')}</Button>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  );
}
