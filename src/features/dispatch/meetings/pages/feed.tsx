// The secret address under which a calendar finds its owner's meetings: made, shown once, revoked.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { makeFeed, readFeed, revokeFeed } from '../contract.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';

export function FeedDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT('meetings');
  const format = useFormat();
  const read = useRead(readFeed, {});
  const [address, setAddress] = useState<string | undefined>(undefined);
  const make = useRun(makeFeed, { touches: ['dispatch.feed'], onDone: ({ secret }) => setAddress(`${window.location.origin}/api/downloads/dispatch.calendar_feed?secret=${secret}`) });
  const revoke = useRun(revokeFeed, { touches: ['dispatch.feed'], onDone: () => { setAddress(undefined); toast({ text: t('feed.revoked') }); } });
  const since = read.data?.since ?? null;
  const error = make.error ?? revoke.error;
  return (
    <Dialog open size="small" onClose={onClose} title={t('feed.title')} foot={
      <>
        {since !== null && <Button kind="danger" busy={revoke.running} onClick={() => revoke.go({})}>{t('feed.revoke')}</Button>}
        <Button kind="main" busy={make.running} onClick={() => make.go({})}>{t(since === null ? 'feed.make' : 'feed.anew')}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('feed.say')}</p>
        {address !== undefined && <Labelled label={t('feed.address')} hint={t('feed.once')}>{(id) => <TextInput id={id} value={address} onChange={() => undefined} />}</Labelled>}
        {address !== undefined && <div className="row end"><Button onClick={() => void navigator.clipboard.writeText(address).then(() => toast({ text: t('feed.copied') }), () => undefined)}>{t('feed.copy')}</Button></div>}
        {address === undefined && since !== null && <p className="dim">{t('feed.since', { day: format.instant(since) })}</p>}
        {error !== undefined && <Problem small error={error} />}
      </div>
    </Dialog>
  );
}
