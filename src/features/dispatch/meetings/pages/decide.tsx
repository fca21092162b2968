// The decision on an item, entered while people talk: a measure with its owner and day, or whom it goes to, or that nothing is decided. What another clerk has
// written meanwhile is shown beside it and never overwritten unseen.
import { useEffect, useMemo, useState } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { ChoiceInput, CheckInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import type { Option } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { useSession } from '../../../../web/session.tsx';
import { ADDRESSEES, DECISIONS } from '../contract.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import { UnitInput, UnitsInput } from './orgs.tsx';
import type { Deciding, Outbox, Waiting } from './outbox.ts';
import { decidedSay, type Decided, type Item, type One } from './say.ts';

type Loose<T> = { readonly [Name in keyof T]?: T[Name] | undefined };
type Said = Loose<Omit<Deciding, 'id' | 'itemId' | 'seen' | 'kind'>>;
type Draft = Said & { readonly kind: Deciding['kind'] };
type Change = Said & { readonly kind?: Deciding['kind'] };

export function DecideForm({ one, item, outbox, units, onNext }: { readonly one: One; readonly item: Item; readonly outbox: Outbox; readonly units: readonly Option[]; readonly onNext: (() => void) | undefined }) {
  const t = useT('meetings');
  const own = outbox.waiting.filter((each) => each.input.itemId === item.id);
  const waiting = own.findLast((each) => each.refused === undefined);
  const refused = own.find((each) => each.refused !== undefined);
  const [draft, setDraft] = useState<Draft>(() => begun.get(item.id)?.draft ?? draftOf(refused?.input ?? waiting?.input, item.decision, item));
  // The version that stood when somebody began to write here: what another clerk writes after it is not overwritten unseen.
  const [seen, setSeen] = useState(() => begun.get(item.id)?.seen);
  const touched = seen !== undefined;
  // Another clerk's decision comes in while nobody has written here: it is shown as it is.
  const version = item.decision?.version ?? 0;
  useEffect(() => {
    if (!touched) setDraft(draftOf(refused?.input ?? waiting?.input, item.decision, item));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- follows the stored version alone
  }, [version]);
  const set = (change: Change): void => {
    const from = seen ?? outbox.seenAfter(item.id, version);
    const next = { ...draft, ...change };
    begun.set(item.id, { draft: next, seen: from });
    setSeen(from);
    setDraft(next);
  };
  const forget = (): void => { begun.delete(item.id); setSeen(undefined); };
  const lacks = lacking(draft);
  const save = (): boolean => {
    if (lacks !== undefined || seen === undefined) return false;
    outbox.put({ id: one.meeting.id, itemId: item.id, seen, kind: draft.kind, ...saidOf(draft) });
    forget();
    return true;
  };
  if (!one.can.decide) return <Standing item={item} t={t} />;
  if (item.decision?.issued === true) return <><Standing item={item} t={t} /><p className="dim">{t('decide.issued')}</p></>;
  return (
    <section className="walldecide" onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); if (!touched || save()) onNext?.(); } }}>
      {refused !== undefined && <Conflict waiting={refused} item={item} units={units} outbox={outbox} t={t} onTheirs={() => { outbox.drop(refused.key); forget(); setDraft(draftOf(undefined, item.decision, item)); }} />}
      <ChoiceInput label={t('decide.kind')} value={draft.kind} onChange={(kind) => set({ kind: DECISIONS.find((each) => each === kind) ?? 'measure' })} options={DECISIONS.map((value) => ({ value, label: t(`decide.${value}`) }))} />
      {draft.kind === 'measure' && <Measure draft={draft} set={set} one={one} units={units} t={t} />}
      {draft.kind === 'escalate' && <Labelled label={t('decide.to')} hint={item.problemId === null ? undefined : t('decide.climbs')}>{(id) => <ChoiceInput id={id} value={draft.escalateTo} onChange={(to) => set({ escalateTo: ADDRESSEES.find((each) => each === to) })} options={ADDRESSEES.map((value) => ({ value, label: t(`escalate.${value}`) }))} />}</Labelled>}
      {draft.kind !== 'measure' && <Labelled label={t('decide.reason')}>{(id) => <TextArea id={id} rows={2} value={draft.reason} onChange={(reason) => set({ reason })} maxLength={1000} />}</Labelled>}
      <div className="row end wallsave">
        <span className="dim small push">{waiting !== undefined ? t('run.isWaiting') : touched ? (version > seen ? t('decide.meanwhile', { by: item.decision?.by ?? '' }) : lacks === undefined ? t('decide.unsaved') : t(`lack.${lacks}`)) : item.decision === null ? '' : t('decide.saved', { by: item.decision.by })}</span>
        <Button disabled={lacks !== undefined || !touched} onClick={save}>{t('decide.save')}</Button>
        {onNext !== undefined && <Button kind="main" disabled={touched && lacks !== undefined} onClick={() => { if (!touched || save()) onNext(); }}>{t(touched ? 'decide.saveNext' : 'run.next')}</Button>}
      </div>
    </section>
  );
}

function Measure({ draft, set, one, units, t }: { readonly draft: Draft; readonly set: (change: Change) => void; readonly one: One; readonly units: readonly Option[]; readonly t: T }) {
  const format = useFormat();
  const { today } = useSession();
  const picks = useMemo(() => [{ id: 'three', day: one.picks.three }, { id: 'seven', day: one.picks.seven }, ...(one.picks.next === null ? [] : [{ id: 'next', day: one.picks.next }])], [one.picks]);
  return (
    <>
      <Labelled label={t('decide.measureIs')}>{(id) => <TextArea id={id} rows={3} value={draft.measure} onChange={(measure) => set({ measure })} maxLength={2000} />}</Labelled>
      <div className="grid2">
        <Labelled label={t('decide.lead')}>{(id) => <UnitInput id={id} units={units} value={draft.ownerOrgId} onChange={(ownerOrgId) => set({ ownerOrgId })} />}</Labelled>
        <Labelled label={t('decide.co')} optional>{(id) => <UnitsInput id={id} units={units.filter((each) => each.value !== draft.ownerOrgId)} value={draft.coOrgIds ?? []} onChange={(coOrgIds) => set({ coOrgIds: [...coOrgIds] })} />}</Labelled>
      </div>
      <div className="grid2">
        <div>
          <Labelled label={t('decide.due')}>{(id) => <DayInput id={id} today={today} min={one.meeting.day} value={draft.dueDay} onChange={(dueDay) => set({ dueDay })} />}</Labelled>
          <div className="row walldays">{picks.map((each) => <button key={each.id} type="button" className="btn small" aria-pressed={draft.dueDay === each.day} onClick={() => set({ dueDay: each.day })}>{t(`pick.${each.id}`)} {format.shortDay(each.day, today)}</button>)}</div>
        </div>
        <Labelled label={t('decide.criterion')} optional>{(id) => <TextInput id={id} value={draft.criterion} onChange={(criterion) => set({ criterion })} maxLength={1000} />}</Labelled>
      </div>
      <CheckInput value={draft.urgent ?? false} onChange={(urgent) => set({ urgent: urgent === true })}>{t('decide.urgent')}</CheckInput>
    </>
  );
}

/** What was begun and not saved is there again when somebody turns back to it. */
const begun = new Map<string, { readonly draft: Draft; readonly seen: number }>();

/** Mine and theirs side by side; the clerk chooses. */
function Conflict({ waiting, item, units, outbox, t, onTheirs }: { readonly waiting: Waiting; readonly item: Item; readonly units: readonly Option[]; readonly outbox: Outbox; readonly t: T; readonly onTheirs: () => void }) {
  const format = useFormat();
  const name = (id: string | undefined): string => units.find((each) => each.value === id)?.label ?? '—';
  const mine = waiting.input;
  const theirs = item.decision;
  return (
    <div className="wallconflict" role="alert">
      <p className="tone-bad">{waiting.refused?.message}</p>
      <div className="grid2">
        <div><h3>{t('conflict.mine')}</h3><p>{mine.kind === 'measure' ? mine.measure : `${t(`decide.${mine.kind}`)}${t('colon')}${mine.reason ?? ''}`}</p>{mine.kind === 'measure' && <p className="two">{name(mine.ownerOrgId)} · {format.day(mine.dueDay)}</p>}</div>
        <div><h3>{t('conflict.theirs', { by: theirs?.by ?? '' })}</h3>{theirs === null ? <p>—</p> : <><p>{decidedSay(theirs, t)}</p>{theirs.owner !== null && <p className="two">{theirs.owner.name} · {format.day(theirs.dueDay)}</p>}</>}</div>
      </div>
      <div className="row end"><Button onClick={onTheirs}>{t('conflict.keepTheirs')}</Button><Button kind="main" onClick={() => { const { seen: _seen, ...rest } = mine; outbox.put({ ...rest, seen: theirs?.version ?? 0 }); }}>{t('conflict.takeMine')}</Button></div>
    </div>
  );
}

function Standing({ item, t }: { readonly item: Item; readonly t: T }) {
  const format = useFormat();
  const one = item.decision;
  if (one === null) return <p className="walldecide dim">{t('run.undecided')}</p>;
  return <section className="walldecide"><p className="wallsay"><b>{t(`decide.${one.kind}`)}</b>{t('colon')}{decidedSay(one, t)}</p>{one.owner !== null && <p className="wallsay two">{t('decide.lead')}{t('colon')}{one.owner.name}{one.co.length > 0 && ` · ${t('decide.co')}${t('colon')}${one.co.map((each) => each.name).join(t('web:listComma'))}`} · {t('decide.due')}{t('colon')}{format.day(one.dueDay)}</p>}{one.criterion !== null && <p className="two">{t('decide.criterion')}{t('colon')}{one.criterion}</p>}</section>;
}

function draftOf(mine: Deciding | undefined, stored: Decided | null, item: Item): Draft {
  if (mine !== undefined) {
    const { id: _id, itemId: _itemId, seen: _seen, ...rest } = mine;
    return rest;
  }
  if (stored === null) return { kind: 'measure', ...(item.owner === null ? {} : { ownerOrgId: item.owner.id }) };
  return {
    kind: stored.kind, ...(stored.measure === null ? {} : { measure: stored.measure }), ...(stored.owner === null ? {} : { ownerOrgId: stored.owner.id }), coOrgIds: stored.co.map((each) => each.id), ...(stored.dueDay === null ? {} : { dueDay: stored.dueDay }), ...(stored.criterion === null ? {} : { criterion: stored.criterion }),
    urgent: stored.urgent, ...(stored.escalateTo === null ? {} : { escalateTo: stored.escalateTo }), ...(stored.reason === null ? {} : { reason: stored.reason }),
  };
}

/** What a decision still lacks, so that nothing is sent that must be refused. */
function lacking(draft: Draft): 'measure' | 'owner' | 'due' | 'to' | 'reason' | undefined {
  if (draft.kind === 'measure') return (draft.measure?.trim() ?? '') === '' ? 'measure' : draft.ownerOrgId === undefined ? 'owner' : draft.dueDay === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(draft.dueDay) ? 'due' : undefined;
  if (draft.kind === 'escalate' && draft.escalateTo === undefined) return 'to';
  return (draft.reason?.trim() ?? '') === '' ? 'reason' : undefined;
}

/** Without what was emptied. */
function saidOf({ measure, ownerOrgId, coOrgIds, dueDay, criterion, urgent, escalateTo, reason }: Draft): Omit<Deciding, 'id' | 'itemId' | 'seen' | 'kind'> {
  return {
    ...(measure === undefined ? {} : { measure }), ...(ownerOrgId === undefined ? {} : { ownerOrgId }), ...(coOrgIds === undefined ? {} : { coOrgIds: coOrgIds.filter((id) => id !== ownerOrgId) }), ...(dueDay === undefined ? {} : { dueDay }), ...(criterion === undefined ? {} : { criterion }), ...(urgent === undefined ? {} : { urgent }),
    ...(escalateTo === undefined ? {} : { escalateTo }), ...(reason === undefined ? {} : { reason }),
  };
}
