// The outbox: how much waits and since when, each message with its state, and sending again what was parked.
import { useRead, useReadPages, useRun } from '../../../web/client.ts';
import { useUrlState } from '../../../web/address.ts';
import { useFormat, type Tone } from '../../../web/format.ts';
import { useT } from '../../../web/i18n.ts';
import { ChoicesInput } from '../../../web/inputs/choice.tsx';
import { Button } from '../../../web/parts/button.tsx';
import { Empty } from '../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../web/parts/figure.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { Pager } from '../../../web/parts/pager.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Scroll } from '../../../web/parts/scroll.tsx';
import { State } from '../../../web/parts/state.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import { countOutbox, listOutbox, resendMessage } from '../delivery/contract.ts';
import { MESSAGE_STATES, type MessageState } from '../fields.ts';
import { sayError } from './say.ts';

const TONE: Readonly<Record<MessageState, Tone>> = { waiting: 'off', failed: 'warn', sent: 'ok', parked: 'bad', skipped: 'off' };
const AGAIN_SECONDS = 15;

export function OutboxTab() {
  const t = useT('mailing');
  const format = useFormat();
  const [state, set] = useUrlState({ state: [] as readonly string[] });
  const states = MESSAGE_STATES.filter((one) => state.state.includes(one));
  const counts = useRead(countOutbox, {}, { everySeconds: AGAIN_SECONDS });
  const list = useReadPages(listOutbox, { limit: 50, ...(states.length === 0 ? {} : { state: states }) });
  const resend = useRun(resendMessage, { touches: ['notices'], onDone: (done) => toast({ text: t('outbox.resent', { count: done.notices }) }) });
  const { data } = counts;
  const most = (count: number): string => (data !== undefined && count >= data.most ? `${format.count(data.most)}+` : format.count(count));
  return (
    <>
      {counts.error !== undefined && <Problem error={counts.error} onRetry={counts.again} />}
      {data !== undefined && data.outage !== null && <p className="notice tone-bad" role="alert">{t('outbox.outage', { since: format.instant(data.outage.since), until: format.instant(data.outage.until), reason: sayError(t, data.outage.error) })}</p>}
      {data !== undefined && data.noSite > 0 && <p className="notice tone-warn" role="status">{t('outbox.noSite', { count: data.noSite })}</p>}
      {data !== undefined && (
        <div className="outboxhead"><FigureStrip>
          <Figure label={t('outbox.waiting')} value={most(data.waiting)} definition={t('outbox.waitingDefinition')} {...(data.oldestDueAt === null ? {} : { note: t('outbox.oldest', { at: format.instant(data.oldestDueAt) }) })} />
          <Figure label={t('outbox.later')} value={most(data.later)} definition={t('outbox.laterDefinition')} />
          <Figure label={t('outbox.underWay')} value={most(data.underWay)} href="/admin/notices?state=waiting" />
          <Figure label={t('outbox.failed')} value={most(data.failed)} href="/admin/notices?state=failed" />
          <Figure label={t('outbox.parked')} value={most(data.parked)} href="/admin/notices?state=parked" />
        </FigureStrip></div>
      )}
      <div className="inboxtools"><ChoicesInput label={t('outbox.state')} value={states} onChange={(next) => set({ state: next ?? [] })} options={MESSAGE_STATES.map((one) => ({ value: one, label: t(`state.${one}`) }))} /></div>
      {list.error !== undefined && <Problem error={list.error} onRetry={list.again} />}
      {resend.error !== undefined && <Problem small error={resend.error} />}
      {list.loading && <Loading kind="table" lines={6} />}
      {list.first !== undefined && list.items.length === 0 && <div className="card"><Empty title={t('outbox.empty')} hint={t('outbox.emptyHint')} /></div>}
      {list.items.length > 0 && (
        <Scroll label={t('admin.outbox')}>
          <table className="plain noticetable">
            <thead><tr><th>{t('outbox.state')}</th><th>{t('outbox.to')}</th><th>{t('outbox.channel')}</th><th className="num">{t('outbox.notices')}</th><th>{t('outbox.made')}</th><th>{t('outbox.when')}</th><th>{t('outbox.reason')}</th><th /></tr></thead>
            <tbody>
              {list.items.map((one) => (
                <tr key={one.id}>
                  <td><State tone={TONE[one.state]} word={t(`state.${one.state}`)} /></td>
                  <td>{one.to}</td>
                  <td className="two" data-label={t('outbox.channel')}>{t(`channel.${one.channel}`)}</td>
                  <td className="num" data-label={t('outbox.notices')}>{format.count(one.notices)}</td>
                  <td className="two" data-label={t('outbox.made')}>{format.instant(one.createdAt)}</td>
                  <td className="two" data-label={t('outbox.when')}>{one.endedAt !== null ? format.instant(one.endedAt) : one.state === 'failed' ? t('outbox.again', { at: format.instant(one.dueAt), count: one.attempts }) : ''}</td>
                  <td className="two">{one.error === null ? '' : sayError(t, one.error)}</td>
                  <td className="num">{one.state === 'parked' && <Button small busy={resend.running} onClick={() => resend.go({ id: one.id })}>{t('outbox.resend')}</Button>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {list.items.length > 0 && <Pager shown={list.items.length} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />}
    </>
  );
}
