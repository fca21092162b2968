// /service/rooms: rooms with the departments that sit there and until when, joint rooms for hard cases, templates of answers.
import { useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { UserPicker } from '../../../../web/inputs/people.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useSession } from '../../../../web/session.tsx';
import { endResident, endRoom, keepPhrase, keepRoom, listJoints, listPhrases, listRooms, placeResident, type Joint, type Resident } from '../contract.ts';
import { ResultDialog } from './joint.tsx';
import './desk.css';

const TABS = ['rooms', 'joints', 'phrases'] as const;

export function RoomsPage() {
  const t = useT('rooms');
  const [{ tab }, set] = useUrlState({ tab: 'rooms' });
  const here = TABS.find((one) => one === tab) ?? 'rooms';
  return (
    <>
      <PageHead title={t('title')} />
      <Tabs label={t('title')} tabs={TABS.map((id) => ({ id, label: t(`tab.${id}`) }))} here={here} onGo={(id) => set({ tab: id })} />
      {here === 'rooms' ? <Rooms /> : here === 'joints' ? <Joints /> : <Phrases />}
    </>
  );
}

function Rooms() {
  const t = useT('rooms');
  const rooms = useRead(listRooms, {});
  const [editing, setEditing] = useState<RoomStart | undefined>(undefined);
  const [placing, setPlacing] = useState<string | undefined>(undefined);
  if (rooms.data === undefined) return rooms.error === undefined ? <Loading lines={6} /> : <Problem error={rooms.error} onRetry={rooms.again} />;
  return (
    <div className="stack">
      <p className="two roomsay">{t('rooms.say')}</p>
      <div><Button onClick={() => setEditing({ id: newId(), version: 0, name: '', place: null })}>{t('rooms.add')}</Button></div>
      {rooms.data.items.length === 0 ? <Empty title={t('rooms.empty')} hint={t('rooms.emptyHint')} /> : (
        <div className="roomgrid">
          {rooms.data.items.map((room) => (
            <section key={room.id} className="card pad">
              <div className="filinghead"><h2>{room.name}</h2><span className="two small">{room.place}</span><span className="push"><Button small kind="quiet" onClick={() => setEditing(room)}>{t('rooms.edit')}</Button></span></div>
              {room.residents.length === 0 ? <p className="two small">{t('rooms.nobody')}</p> : <ul className="roomlines">{room.residents.map((one) => <ResidentLine key={one.id} one={one} />)}</ul>}
              <Button small onClick={() => setPlacing(room.id)}>{t('rooms.place')}</Button>
            </section>
          ))}
        </div>
      )}
      {editing !== undefined && <RoomDialog start={editing} onClose={() => setEditing(undefined)} />}
      {placing !== undefined && <PlaceDialog roomId={placing} onClose={() => setPlacing(undefined)} />}
    </div>
  );
}

function ResidentLine({ one }: { readonly one: Resident }) {
  const t = useT('rooms');
  const format = useFormat();
  const { today } = useSession();
  const end = useRun(endResident, { touches: ['service.'] });
  return (
    <li>
      <span><b>{one.orgName}</b> {one.userName}<br /><span className={`small ${one.leavesSoon ? 'tone-warn' : 'two'}`}>{t(one.here ? 'rooms.until' : 'rooms.from', { day: format.day(one.here ? one.untilDay : one.fromDay) })}</span>{one.here && <span className="two small"> · {t('rooms.open', { count: one.open })}</span>}</span>
      <Button small kind="quiet" busy={end.running} onClick={() => void confirm({ title: t('rooms.endTitle', { name: one.userName }), act: t('rooms.end') }).then((yes) => { if (yes !== undefined) end.go({ id: one.id, untilDay: one.fromDay > today ? one.fromDay : today }, { version: one.version }); })}>{t('rooms.end')}</Button>
      {end.error !== undefined && <Problem small error={end.error} />}
    </li>
  );
}

interface RoomStart { readonly id: string; readonly version: number; readonly name: string; readonly place: string | null }

function RoomDialog({ start, onClose }: { readonly start: RoomStart; readonly onClose: () => void }) {
  const t = useT('rooms');
  const [name, setName] = useState<string | undefined>(start.name);
  const [place, setPlace] = useState<string | undefined>(start.place ?? undefined);
  const run = useRun(keepRoom, { touches: ['service.'], onDone: onClose });
  const end = useRun(endRoom, { touches: ['service.'], onDone: onClose });
  const ending = async (): Promise<void> => {
    if ((await confirm({ title: t('rooms.closeTitle', { name: start.name }), text: t('rooms.closeSay'), act: t('rooms.close'), danger: true })) !== undefined) end.go({ id: start.id }, { version: start.version });
  };
  return (
    <Dialog
      open onClose={onClose} title={t(start.version === 0 ? 'rooms.add' : 'rooms.edit')}
      foot={<>{start.version > 0 && <Button kind="quiet" busy={end.running} onClick={() => void ending()}>{t('rooms.close')}</Button>}<Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={(name ?? '').trim() === ''} onClick={() => run.go({ id: start.id, name: name ?? '', ...(place === undefined ? {} : { place }) }, { version: start.version })}>{t('web:save')}</Button></>}
    >
      <div className="stack">
        <label className="filinglabel"><span>{t('rooms.name')}</span><TextInput id="room-name" maxLength={60} value={name} onChange={setName} /></label>
        <label className="filinglabel"><span>{t('rooms.where')}</span><TextInput id="room-place" maxLength={120} value={place} onChange={setPlace} /></label>
        {[run.error, end.error].map((error, index) => error !== undefined && <Problem key={index} small error={error} />)}
      </div>
    </Dialog>
  );
}

function PlaceDialog({ roomId, onClose }: { readonly roomId: string; readonly onClose: () => void }) {
  const t = useT('rooms');
  const { today } = useSession();
  const [id] = useState(newId);
  const [user, setUser] = useState<string | undefined>(undefined);
  const [from, setFrom] = useState<string | undefined>(today);
  const run = useRun(placeResident, { touches: ['service.'], onDone: onClose });
  const ready = user !== undefined && from !== undefined;
  return (
    <Dialog open onClose={onClose} title={t('rooms.place')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={!ready} onClick={() => ready && run.go({ id, roomId, userId: user, fromDay: from })}>{t('web:save')}</Button></>}>
      <div className="stack">
        <p className="two small">{t('rooms.rotation')}</p>
        <label className="filinglabel" htmlFor="place-user"><span>{t('rooms.person')}</span><UserPicker id="place-user" roleCodes={['department', 'town', 'office', 'desk']} value={user} onChange={setUser} /></label>
        <label className="filinglabel" htmlFor="place-from"><span>{t('rooms.fromDay')}</span><DayInput id="place-from" today={today} value={from} onChange={setFrom} /></label>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

function Joints() {
  const t = useT('rooms');
  const format = useFormat();
  const pages = useReadPages(listJoints, { limit: 20 });
  const [closing, setClosing] = useState<Joint | undefined>(undefined);
  if (pages.error !== undefined) return <Problem error={pages.error} onRetry={pages.again} />;
  if (pages.loading) return <Loading lines={6} />;
  if (pages.items.length === 0) return <Empty title={t('joint.empty')} hint={t('joint.emptyHint')} />;
  return (
    <>
      <ul className="card requests undertabs">
        {pages.items.map((one) => (
          <li key={one.id}>
            <div className="requesthead"><Go href={`/problems/${one.problemId}`}>{one.problemNumber} {one.problemTitle}</Go><span className="push two small">{t(one.closedAt === null ? 'joint.meets' : 'joint.met', { at: format.instant(one.meetsAt) })}{one.place === null ? '' : ` · ${one.place}`}</span></div>
            <span className="two small">{t('joint.who', { lead: one.leadName, others: one.others.join(t('joint.and')) || '—' })}</span>
            {one.agenda !== null && <span>{one.agenda}</span>}
            {one.result !== null ? <div className="requestanswer">{one.result}</div> : <div><Button small onClick={() => setClosing(one)}>{t('joint.close')}</Button></div>}
          </li>
        ))}
      </ul>
      <Pager shown={pages.items.length} hasMore={pages.hasMore} loading={pages.loadingMore} onMore={pages.more} />
      {closing !== undefined && <ResultDialog joint={closing} onClose={() => setClosing(undefined)} />}
    </>
  );
}

function Phrases() {
  const t = useT('rooms');
  const read = useRead(listPhrases, {});
  const [editing, setEditing] = useState<{ readonly id: string; readonly version: number; readonly title: string; readonly text: string } | undefined>(undefined);
  if (read.data === undefined) return read.error === undefined ? <Loading lines={6} /> : <Problem error={read.error} onRetry={read.again} />;
  return (
    <div className="stack">
      <div className="roomsay"><Button onClick={() => setEditing({ id: newId(), version: 0, title: '', text: '' })}>{t('phrases.add')}</Button></div>
      {read.data.items.length === 0 ? <Empty title={t('phrases.empty')} /> : <ul className="card requests">{read.data.items.map((one) => <li key={one.id}><div className="requesthead"><b>{one.title}</b><span className="push"><Button small kind="quiet" onClick={() => setEditing(one)}>{t('phrases.edit')}</Button></span></div><span className="two">{one.text}</span></li>)}</ul>}
      {editing !== undefined && <PhraseDialog start={editing} onClose={() => setEditing(undefined)} />}
    </div>
  );
}

function PhraseDialog({ start, onClose }: { readonly start: { readonly id: string; readonly version: number; readonly title: string; readonly text: string }; readonly onClose: () => void }) {
  const t = useT('rooms');
  const [title, setTitle] = useState<string | undefined>(start.title);
  const [text, setText] = useState<string | undefined>(start.text);
  const run = useRun(keepPhrase, { touches: ['service.'], onDone: onClose });
  const send = (retired: boolean) => run.go({ id: start.id, title: title ?? '', text: text ?? '', ...(retired ? { retired } : {}) }, { version: start.version });
  return (
    <Dialog open onClose={onClose} title={t('phrases.edit')} foot={<>{start.version > 0 && <Button kind="quiet" onClick={() => send(true)}>{t('phrases.retire')}</Button>}<Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={(title ?? '').trim() === '' || (text ?? '').trim() === ''} onClick={() => send(false)}>{t('web:save')}</Button></>}>
      <div className="stack">
        <label className="filinglabel"><span>{t('phrases.name')}</span><TextInput id="phrase-title" maxLength={80} value={title} onChange={setTitle} /></label>
        <label className="filinglabel"><span>{t('phrases.text')}</span><TextArea id="phrase-text" rows={5} maxLength={2000} value={text} onChange={setText} /></label>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
