// One matching event: when and where, who came with what, which deals were made there.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { PastSection } from '../../pages/past.tsx';
import { cancelFair, readFair } from '../contract.ts';
import { Deals } from './deals.tsx';
import '../../pages/service.css';

export type Fair = OutputOf<typeof readFair>;
const FairForm = lazy(async () => ({ default: (await import('./fairform.tsx')).FairForm }));

export function FairPage() {
  const { id = '' } = usePath();
  const t = useT('matching');
  const format = useFormat();
  const { today } = useSession();
  const [state, set] = useUrlState({ state: 'all' });
  const [editing, setEditing] = useState(false);
  const read = useRead(readFair, { id });
  const cancel = useRun(cancelFair, { onDone: () => toast({ text: t('fairs_page.saved') }) });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { fair, text, parties, mayKeep, history } = read.data;
  const over = fair.cancelledReason !== null;
  const signed = format.money(fair.signedFen);
  const ask = async (): Promise<void> => {
    const reason = await confirm({ title: t('fairs_page.cancel_ask'), text: fair.name, act: t('fairs_page.cancel'), danger: true, reason: t('fairs_page.cancel_why') });
    if (reason !== undefined) cancel.go({ id, reason }, { version: fair.version });
  };
  return (
    <Record
      crumbs={[{ label: t('fairs_page.title'), href: '/service/fairs' }, { label: t(`kind.${fair.kind}`) }]} title={fair.name} state={<State tone={over ? 'off' : fair.day <= today ? 'ok' : 'warn'} word={t(over ? 'fairs_page.cancelled' : fair.day <= today ? 'fairs_page.held' : 'fairs_page.ahead')} />}
      say={`${format.day(fair.day)} · ${fair.place}`}
      actions={mayKeep && !over ? <><Button onClick={() => setEditing(true)}>{t('fairs_page.edit')}</Button>{fair.day >= today && <Button kind="quiet" onClick={() => void ask()}>{t('fairs_page.cancel')}</Button>}</> : undefined}
      strip={<FigureStrip><Figure label={t('fairs_page.parties')} value={format.count(fair.parties)} /><Figure label={t('fairs_page.deals')} value={format.count(fair.deals)} unit={t('figure.deals', { count: fair.deals })} /><Figure label={t('fairs_page.signed_at')} value={signed.number} unit={signed.unit} definition={t('figure.signed_definition')} /></FigureStrip>}
      side={<PastSection area="matching" title={t('listing.history')} events={history} />}
    >
      {fair.cancelledReason !== null && <p className="notice">{fair.cancelledReason}</p>}
      {text !== null && <div className="card pad"><p className="servicetext">{text}</p></div>}
      <Section title={t('fairs_page.parties')}>
        {parties.length === 0 ? <p className="dim">{t('fairs_page.no_parties')}</p> : <ul className="card servicelines">{parties.map((one) => <li key={one.orgId ?? one.counterpartId}><div className="linehead"><b>{one.name}</b>{one.outside && <span className="tag">{t('outside')}</span>}</div>{one.offered !== null && <p className="two small">{t('fairs_page.what')}{t('colon')}{one.offered}</p>}</li>)}</ul>}
      </Section>
      <Section title={t('fairs_page.deals')}><Deals fairId={id} state={state.state} onState={(next) => set({ state: next })} /></Section>
      {editing && <Suspense fallback={null}><FairForm fair={read.data} onClose={() => setEditing(false)} /></Suspense>}
    </Record>
  );
}
