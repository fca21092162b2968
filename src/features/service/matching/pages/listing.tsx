// One need or offer: what it is, what suits it and why, the deals that came of it.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { usePath } from '../../../../web/router.tsx';
import { industryName } from '../../pages/names.ts';
import { PastSection } from '../../pages/past.tsx';
import { readListing, suggestMatches } from '../contract.ts';
import { CloseDialog, DealDialog } from './acts.tsx';
import { DealItem } from './dealitem.tsx';
import { listingState } from './tones.ts';
import '../../pages/service.css';

export type Listing = OutputOf<typeof readListing>;
type Suggested = OutputOf<typeof suggestMatches>['items'][number];
const ListingForm = lazy(async () => ({ default: (await import('./listingform.tsx')).ListingForm }));

export function ListingPage() {
  const { id = '' } = usePath();
  const t = useT('matching');
  const lang = useLang();
  const format = useFormat();
  const [open, setOpen] = useState<'edit' | 'close' | undefined>(undefined);
  const read = useRead(readListing, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { listing, text, closedNote, mayEdit, deals, history } = read.data;
  const { tone, key } = listingState(listing);
  return (
    <Record
      crumbs={[{ label: t('title'), href: '/service/matching' }, { label: `${t(`kind.${listing.kind}`)} · ${t(`side.${listing.side}`)}` }]} title={listing.title}
      state={<State tone={tone} word={listing.closedReason === null ? t(`state.${key}`) : t(`closed.${listing.closedReason}`)} />}
      say={listing.partyName ?? t('hidden')}
      actions={mayEdit ? <><Button onClick={() => setOpen('edit')}>{t('listing.edit')}</Button><Button onClick={() => setOpen('close')}>{t('listing.close')}</Button></> : undefined}
      side={
        <>
          <Section title={t('listing.facts')}>
            <div className="card pad"><Facts columns={1} facts={[
              { label: t(listing.people === null ? 'col.amount' : 'col.people'), value: listing.people !== null ? t('people_count', { count: listing.people }) : listing.amountFen === null ? null : format.money(listing.amountFen).text },
              { label: t('col.industry'), value: listing.industry === null ? null : industryName(listing.industry, lang) }, { label: t('col.place'), value: listing.placeName ?? (listing.outside ? t('outside') : null) }, { label: t('col.opened'), value: format.day(listing.openedDay) }, { label: t('col.until'), value: listing.untilDay === null ? null : format.day(listing.untilDay) },
              { label: t('listing.answered'), value: listing.answeredDay === null ? t('listing.not_answered') : format.day(listing.answeredDay) },
              { label: t('listing.visibility'), value: [t(listing.published ? 'listing.published' : 'listing.not_published'), ...(listing.published ? [t(listing.named ? 'listing.named' : 'listing.not_named')] : [])].join(t('list')) },
            ]} /></div>
          </Section>
          <PastSection area="matching" title={t('listing.history')} events={history} />
        </>
      }
    >
      {listing.closedDay !== null && <p className="notice">{t('listing.closed_on', { day: format.day(listing.closedDay) })}{closedNote === null ? '' : `${t('colon')}${closedNote}`}</p>}
      <div className="card pad"><p className="servicetext">{text}</p></div>
      <Section title={t('listing.deals')}>{deals.length === 0 ? <p className="dim">{t('listing.no_deals')}</p> : <ul className="card servicelines">{deals.map((one) => <DealItem key={one.id} deal={one} />)}</ul>}</Section>
      {listing.closedDay === null && <Suggestions listing={read.data} />}
      {open === 'edit' && <Suspense fallback={null}><ListingForm side={listing.side} listing={read.data} onClose={() => setOpen(undefined)} /></Suspense>}
      {open === 'close' && <CloseDialog listing={listing} onClose={() => setOpen(undefined)} />}
    </Record>
  );
}

function Suggestions({ listing: { listing, mayDeal } }: { readonly listing: Listing }) {
  const t = useT('matching');
  const [dealing, setDealing] = useState<Suggested | undefined>(undefined);
  const found = useRead(suggestMatches, { id: listing.id });
  if (found.data === undefined) return found.error === undefined ? <Loading lines={4} /> : <Problem small error={found.error} onRetry={found.again} />;
  const { items, looked } = found.data;
  return (
    <Section title={t('listing.suggest')} hint={t('listing.suggest_small', { count: looked })}>
      {items.length === 0 ? <Empty title={t('listing.suggest_none')} hint={t('listing.suggest_hint')} /> : (
        <ul className="card servicelines">{items.map((one) => <Suggestion key={one.listing.id} one={one} onDeal={mayDeal && !one.dealt ? () => setDealing(one) : undefined} />)}</ul>
      )}
      {dealing !== undefined && <DealDialog need={listing.side === 'need' ? listing : dealing.listing} offer={listing.side === 'need' ? dealing.listing : listing} onClose={() => setDealing(undefined)} />}
    </Section>
  );
}

function Suggestion({ one, onDeal }: { readonly one: Suggested; readonly onDeal: (() => void) | undefined }) {
  const t = useT('matching');
  const format = useFormat();
  const { listing, points, reasons, dealt } = one;
  const amount = listing.amountFen !== null ? format.money(listing.amountFen).text : listing.people !== null ? t('people_count', { count: listing.people }) : undefined;
  return (
    <li>
      <div className="linehead">
        <span className="points">{t('listing.points', { points })}</span><Go href={`/service/matching/${listing.id}`}>{listing.title}</Go><span className="two small">{listing.partyName ?? t('hidden')}{amount === undefined ? '' : ` · ${amount}`}</span>
        <span className="push">{dealt ? <State tone="ok" word={t('listing.dealt')} /> : onDeal !== undefined && <Button small onClick={onDeal}>{t('listing.deal')}</Button>}</span>
      </div>
      <p className="reasons">{reasons.map((reason) => <span key={reason.code} className="tag">{t(`reason.${reason.code}`, { percent: reason.percent ?? 0 })} +{reason.points}</span>)}</p>
    </li>
  );
}
