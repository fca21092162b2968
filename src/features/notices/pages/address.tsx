// /mail: whoever holds the letter says that the address is his. Nothing is done before the button: programs that look at letters open links too.
import { EntryPage } from '../../../web/account/entry.tsx';
import { useRun } from '../../../web/client.ts';
import { useState } from 'react';
import { useT } from '../../../web/i18n.ts';
import { Button } from '../../../web/parts/button.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { usePlace } from '../../../web/place.ts';
import { confirmAddress } from '../addresses/contract.ts';

export function AddressPage() {
  const t = useT('mailing');
  const token = usePlace().hash.slice(1);
  const [done, setDone] = useState(false);
  const run = useRun(confirmAddress, { touches: ['notices'], onDone: () => setDone(true) });
  if (done) return <EntryPage title={t('address.done')} say={t('address.doneSay')}>{null}</EntryPage>;
  return (
    <EntryPage title={t('address.title')} say={t('address.say')}>
      {run.error !== undefined && <Problem small error={run.error} />}
      <div><Button kind="main" busy={run.running} disabled={token === ''} onClick={() => run.go({ token })}>{t('address.act')}</Button></div>
    </EntryPage>
  );
}
