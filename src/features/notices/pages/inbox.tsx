// 消息: what one was told, the newest first. Opening the thing marks it read; a link that is shared opens the same filter.
import { useReadPages, useRead, useRun } from '../../../web/client.ts';
import { useUrlState } from '../../../web/address.ts';
import { useFormat } from '../../../web/format.ts';
import { useT } from '../../../web/i18n.ts';
import { ChoicesInput } from '../../../web/inputs/choice.tsx';
import { Button } from '../../../web/parts/button.tsx';
import { Empty } from '../../../web/parts/empty.tsx';
import { Go } from '../../../web/parts/go.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { PageHead } from '../../../web/parts/page.tsx';
import { Pager } from '../../../web/parts/pager.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { State } from '../../../web/parts/state.tsx';
import { Tabs } from '../../../web/parts/tabs.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import { useSession } from '../../../web/session.tsx';
import { TOPICS } from '../fields.ts';
import { countUnread, listInbox, markAllRead, markRead } from '../inbox/contract.ts';
import { sayNotice } from './say.ts';
import './notices.css';

const TOUCHES = ['notices', 'projects.today_waiting'] as const;
const LIMIT = 50;

export function InboxPage() {
  const t = useT('mailing');
  const { today } = useSession();
  const format = useFormat();
  const [state, set] = useUrlState({ show: 'all', topic: [] as readonly string[] });
  const topics = TOPICS.filter((topic) => state.topic.includes(topic));
  const chosen = topics.length === 0 ? {} : { topic: topics };
  const list = useReadPages(listInbox, { limit: LIMIT, ...(state.show === 'unread' ? { unread: true } : {}), ...chosen });
  const unread = useRead(countUnread, {});
  const mark = useRun(markRead, { touches: [...TOUCHES] });
  const all = useRun(markAllRead, { touches: [...TOUCHES], onDone: (done) => toast({ text: t('inbox.markedAll', { count: done.read }) }) });
  const counts = new Map((unread.data?.topics ?? []).map((one) => [one.topic, one.count]));
  const most = unread.data?.most ?? 100;
  const shown = (count: number): string => (count >= most ? `${String(most - 1)}+` : String(count));
  const open = topics.length === 0 ? (unread.data?.all ?? 0) : topics.reduce((sum, topic) => sum + (counts.get(topic) ?? 0), 0);
  return (
    <>
      <PageHead
        title={t('inbox.title')} {...(unread.data === undefined ? {} : { small: unread.data.all === 0 ? t('inbox.noneUnread') : t('inbox.unreadCount', { count: shown(unread.data.all) }) })}
        actions={<><Button href="/account/notices">{t('inbox.settings')}</Button>{open > 0 && <Button busy={all.running} onClick={() => all.go(chosen)}>{t('inbox.markAll')}</Button>}</>}
      />
      <Tabs label={t('inbox.title')} here={state.show === 'unread' ? 'unread' : 'all'} onGo={(show) => set({ show })} tabs={[{ id: 'all', label: t('inbox.all') }, { id: 'unread', label: t('inbox.unread'), ...(open > 0 ? { count: shown(open) } : {}) }]} />
      <div className="inboxtools"><ChoicesInput label={t('inbox.topics')} value={topics} onChange={(next) => set({ topic: next ?? [] })} options={TOPICS.map((topic) => ({ value: topic, label: `${t(`notices:topic.${topic}`)}${(counts.get(topic) ?? 0) > 0 ? ` ${shown(counts.get(topic) ?? 0)}` : ''}` }))} /></div>
      {list.error !== undefined && <Problem error={list.error} onRetry={list.again} />}
      {mark.error !== undefined && <Problem small error={mark.error} />}
      {all.error !== undefined && <Problem small error={all.error} />}
      {list.loading && <Loading lines={8} />}
      {list.first !== undefined && list.items.length === 0 && <div className="card"><Empty title={t(state.show === 'unread' ? 'inbox.emptyUnread' : 'inbox.empty')} hint={t('inbox.emptyHint')} /></div>}
      {list.items.length > 0 && (
        <ul className="card inbox">
          {list.items.map((one) => (
            <li key={one.id} className={one.readAt === null ? 'unread' : undefined}>
              <Go href={one.href} className="inboxsay" onClick={() => one.readAt === null && mark.go({ ids: [one.id] })}>
                {one.readAt === null && <span className="hidden">{t('inbox.unread')} </span>}
                {one.urgent && <State tone="bad" word={t('inbox.urgent')} />}
                <span>{sayNotice(t, one)}</span>
              </Go>
              <span className="inboxbeside small dim">{t(`notices:topic.${one.topic}`)} · {format.shortDay(one.day, today)}</span>
              {one.readAt === null ? <Button kind="quiet" small onClick={() => mark.go({ ids: [one.id] })}>{t('inbox.mark')}</Button> : <span />}
            </li>
          ))}
        </ul>
      )}
      {list.items.length > 0 && <Pager shown={list.items.length} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />}
    </>
  );
}
