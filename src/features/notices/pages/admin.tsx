// 消息发送: what is on its way out of the house, who receives it besides people, and through which mail server.
import { useUrlState } from '../../../web/address.ts';
import { useT } from '../../../web/i18n.ts';
import { PageHead } from '../../../web/parts/page.tsx';
import { Tabs } from '../../../web/parts/tabs.tsx';
import { MailTab } from './mail.tsx';
import { OutboxTab } from './outbox.tsx';
import { ReceiversTab } from './receivers.tsx';
import './notices.css';

const TABS = ['outbox', 'receivers', 'mail'] as const;

export function NoticesAdminPage() {
  const t = useT('mailing');
  const [state, set] = useUrlState({ tab: 'outbox' });
  const tab = TABS.find((one) => one === state.tab) ?? 'outbox';
  return (
    <>
      <PageHead title={t('admin.title')} small={t('admin.small')} />
      <Tabs label={t('admin.title')} here={tab} onGo={(next) => set({ tab: next })} tabs={TABS.map((id) => ({ id, label: t(`admin.${id}`) }))} />
      {tab === 'outbox' && <OutboxTab />}
      {tab === 'receivers' && <ReceiversTab />}
      {tab === 'mail' && <MailTab />}
    </>
  );
}
