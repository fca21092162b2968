// Robots and receivers: who gets what of which organisation, whether it lives, a test, and reviving one that was parked.
import { useState } from 'react';
import { useRead, useRun } from '../../../web/client.ts';
import { useFormat } from '../../../web/format.ts';
import { useT } from '../../../web/i18n.ts';
import { Button } from '../../../web/parts/button.tsx';
import { confirm } from '../../../web/parts/confirm.tsx';
import { Dialog } from '../../../web/parts/dialog.tsx';
import { Empty } from '../../../web/parts/empty.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Scroll } from '../../../web/parts/scroll.tsx';
import { State } from '../../../web/parts/state.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import type { OutputOf } from '../../../kernel/contract.ts';
import { listReceivers, removeReceiver, reviveReceiver, testReceiver } from '../delivery/contract.ts';
import { ReceiverForm } from './receiverform.tsx';
import { sayError } from './say.ts';

export type Receiver = OutputOf<typeof listReceivers>['items'][number];

export function ReceiversTab() {
  const t = useT('mailing');
  const format = useFormat();
  const read = useRead(listReceivers, {});
  const [edited, setEdited] = useState<Receiver | 'new' | undefined>(undefined);
  const [secret, setSecret] = useState<string | undefined>(undefined);
  const [reviving, setReviving] = useState<Receiver | undefined>(undefined);
  const trial = useRun(testReceiver, { touches: [], onDone: (done) => toast({ text: done.error === null ? t('receivers.testSent') : t('receivers.testFailed', { reason: sayError(t, done.error) }), ...(done.error === null ? {} : { tone: 'bad' }) }) });
  const remove = useRun(removeReceiver, { touches: ['notices'], onDone: () => toast({ text: t('receivers.removed') }) });
  const ask = async (one: Receiver): Promise<void> => {
    if ((await confirm({ title: t('receivers.removeTitle', { name: one.name }), text: t('receivers.removeSay'), act: t('receivers.remove'), danger: true })) !== undefined) remove.go({ id: one.id }, { version: one.version });
  };
  const items = read.data?.items ?? [];
  return (
    <>
      <div className="row tabintro"><p className="noticesay">{t('receivers.say')}</p><Button kind="main" onClick={() => setEdited('new')}>{t('receivers.new')}</Button></div>
      {read.error !== undefined && <Problem error={read.error} onRetry={read.again} />}
      {[trial, remove].map((each, i) => each.error !== undefined && <Problem key={i} small error={each.error} />)}
      {read.loading && <Loading kind="table" lines={4} />}
      {read.data !== undefined && items.length === 0 && <div className="card"><Empty title={t('receivers.none')} hint={t('receivers.noneHint')} /></div>}
      {items.length > 0 && (
        <Scroll label={t('admin.receivers')}>
          <table className="plain noticetable">
            <thead><tr><th>{t('receivers.name')}</th><th>{t('receivers.kind')}</th><th>{t('receivers.org')}</th><th>{t('receivers.topics')}</th><th>{t('outbox.state')}</th><th className="num">{t('receivers.waiting')}</th><th /></tr></thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.id}>
                  <td><button type="button" className="btn quiet linklike" onClick={() => setEdited(one)}>{one.name}</button><br /><span className="dim small">{one.host}</span></td>
                  <td className="two" data-label={t('receivers.kind')}>{t(`channel.${one.kind}`)}</td>
                  <td className="two" data-label={t('receivers.org')}>{one.orgName ?? t('receivers.whole')}</td>
                  <td className="two" data-label={t('receivers.topics')}>{one.topics.map((topic) => t(`notices:topic.${topic}`)).join(t('web:listComma'))}</td>
                  <td>
                    <State tone={one.state === 'parked' ? 'bad' : one.failures > 0 ? 'warn' : 'ok'} word={one.state === 'active' && one.failures > 0 ? t('receivers.failing', { count: one.failures }) : t(`receivers.${one.state}`)} />
                    {one.reason !== null && <div className="small two">{sayError(t, one.reason)}{one.since !== null && <> · {format.instant(one.since)}</>}</div>}
                  </td>
                  <td className="num" data-label={t('receivers.waiting')}>{read.data !== undefined && one.waiting >= read.data.most ? `${format.count(read.data.most)}+` : format.count(one.waiting)}</td>
                  <td className="num"><span className="row end">
                    {one.state === 'parked' && <Button small kind="main" onClick={() => setReviving(one)}>{t('receivers.revive')}</Button>}
                    <Button small busy={trial.running} onClick={() => trial.go({ id: one.id })}>{t('receivers.test')}</Button>
                    <Button small kind="quiet" busy={remove.running} onClick={() => void ask(one)}>{t('receivers.remove')}</Button>
                  </span></td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {edited !== undefined && <ReceiverForm receiver={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} onDone={(made) => { setEdited(undefined); setSecret(made); }} />}
      {secret !== undefined && (
        <Dialog open title={t('receivers.secretTitle')} onClose={() => setSecret(undefined)} foot={<Button kind="main" onClick={() => setSecret(undefined)}>{t('web:close')}</Button>}>
          <p>{t('receivers.secretSay')}</p>
          <p className="shownsecret"><code>{secret}</code></p>
        </Dialog>
      )}
      {reviving !== undefined && <Revive receiver={reviving} onClose={() => setReviving(undefined)} />}
    </>
  );
}

function Revive({ receiver, onClose }: { readonly receiver: Receiver; readonly onClose: () => void }) {
  const t = useT('mailing');
  const revive = useRun(reviveReceiver, { touches: ['notices'], onDone: () => { toast({ text: t('receivers.revived') }); onClose(); } });
  const go = (resend: boolean): void => revive.go({ id: receiver.id, resend }, { version: receiver.version });
  return (
    <Dialog open title={t('receivers.reviveTitle', { name: receiver.name })} onClose={onClose} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button busy={revive.running} onClick={() => go(false)}>{t('receivers.reviveOnly')}</Button><Button kind="main" busy={revive.running} onClick={() => go(true)}>{t('receivers.reviveAll')}</Button></>}>
      <p>{t('receivers.reviveSay', { count: receiver.waiting })}</p>
      {revive.error !== undefined && <Problem small error={revive.error} />}
    </Dialog>
  );
}
