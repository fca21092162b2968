// /service/duty: one's own duties, those that others ask one to take, and the room in which one sits. One's own is offered to somebody, who must say yes.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { answerDuty, myDuties, offerDuty, type Duty } from '../contract.ts';
import { SwapDialog } from './swap.tsx';
import './desk.css';

const TOUCHES = ['service.', 'projects.today'];

export function DutyPage() {
  const t = useT('rooms');
  const format = useFormat();
  const { can } = useSession();
  const read = useRead(myDuties, {});
  const [offering, setOffering] = useState<Duty | undefined>(undefined);
  if (read.data === undefined) return read.error === undefined ? <Loading lines={6} /> : <Problem error={read.error} onRetry={read.again} />;
  const { items, seat } = read.data;
  const [asked, own] = [items.filter((one) => one.toMe), items.filter((one) => one.mine)];
  return (
    <>
      <PageHead
        title={t('duty.title')} {...(seat === null ? {} : { small: t('duty.seat', { room: seat.room, from: format.day(seat.fromDay), until: format.day(seat.untilDay) }) })}
        actions={can('service.desk') ? <Button href="/service/roster">{t('roster.title')}</Button> : undefined}
      />
      {asked.length > 0 && <Section title={t('duty.asked')}><div className="card">{asked.map((one) => <Asked key={one.id} duty={one} />)}</div></Section>}
      <Section title={t('duty.own')}>
        {own.length === 0 ? <Empty title={t('duty.none')} hint={t('duty.noneHint')} /> : <div className="card">{own.map((one) => <Own key={one.id} duty={one} onOffer={() => setOffering(one)} />)}</div>}
      </Section>
      {offering !== undefined && <SwapDialog duty={offering} contract={offerDuty} say="duty.offer" done="duty.offered" onClose={() => setOffering(undefined)} />}
    </>
  );
}

function When({ duty }: { readonly duty: Duty }) {
  const t = useT('rooms');
  const format = useFormat();
  const { today } = useSession();
  return <span><b>{format.day(duty.day)}</b> <span className="two small">{format.weekday(duty.day)}{duty.day === today ? ` · ${t('roster.today')}` : ''}</span><br /><span className="two small">{t(`function.${duty.function}`)} · {t(`shift.${duty.shift}`)}{duty.forName === null ? '' : ` · ${t('roster.for', { name: duty.forName })}`}</span></span>;
}

function Asked({ duty }: { readonly duty: Duty }) {
  const t = useT('rooms');
  const run = useRun(answerDuty, { touches: TOUCHES, onDone: () => toast({ text: t('duty.answered') }) });
  return (
    <div className="rosterday">
      <When duty={duty} />
      <div className="filinghead">
        <span>{t('duty.askedBy', { name: duty.userName, reason: duty.offeredReason ?? '' })}</span>
        <span className="push row"><Button small kind="main" busy={run.running} onClick={() => run.go({ id: duty.id, accept: true }, { version: duty.version })}>{t('duty.yes')}</Button><Button small busy={run.running} onClick={() => run.go({ id: duty.id, accept: false }, { version: duty.version })}>{t('duty.no')}</Button></span>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </div>
  );
}

function Own({ duty, onOffer }: { readonly duty: Duty; readonly onOffer: () => void }) {
  const t = useT('rooms');
  const { today } = useSession();
  const run = useRun(answerDuty, { touches: TOUCHES });
  return (
    <div className={duty.day === today ? 'rosterday today' : 'rosterday'}>
      <When duty={duty} />
      <div className="filinghead">
        {duty.offeredName !== null && <span className="two">{t('duty.waits', { name: duty.offeredName })}</span>}
        <span className="push row">
          {duty.offeredName !== null && <Button small kind="quiet" busy={run.running} onClick={() => run.go({ id: duty.id, accept: false }, { version: duty.version })}>{t('duty.back')}</Button>}
          {duty.day >= today && <Button small onClick={onOffer}>{t('duty.offer')}</Button>}
        </span>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </div>
  );
}
