// What waits at the desk by the time that is left: sign with one key, hand out to the department that the kind suggests or to somebody in a room.
import { useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages, useRun } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { OrgPicker, UserPicker } from '../../../../web/inputs/people.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { forward, listProblems, sign, type ProblemRow } from '../../../problems/pool/contract.ts';
import { clockSay, leftTone, marksOf, useKinds } from '../../../problems/pool/pages/say.ts';
import { listPhrases, listRooms } from '../contract.ts';
import { JointDialog } from './joint.tsx';

const TABS = { received: ['received'], accepted: ['accepted'], running: ['assigned', 'handling'], submitted: ['submitted'], ruling: ['ruling'] } as const;
type Tab = keyof typeof TABS;
const TAB_NAMES: readonly Tab[] = ['received', 'accepted', 'running', 'submitted', 'ruling'];
const TOUCHES = ['problems.', 'service.', 'projects.today'];

export function Queue() {
  const t = useT('intake');
  const [state, set] = useUrlState({ tab: 'received' });
  const tab = TAB_NAMES.find((one) => one === state.tab) ?? 'received';
  const pages = useReadPages(listProblems, { state: [...TABS[tab]], open: true, sort: 'due' as const, limit: 30 });
  return (
    <>
      <Tabs label={t('queue')} tabs={TAB_NAMES.map((id) => ({ id, label: t(`tab.${id}`) }))} here={tab} onGo={(id) => set({ tab: id })} />
      {pages.error !== undefined ? <Problem error={pages.error} onRetry={pages.again} /> : pages.loading ? <Loading lines={6} /> : pages.items.length === 0 ? <Empty title={t('queueEmpty')} /> : (
        <>
          <div className="card undertabs">{pages.items.map((row) => <Row key={row.id} row={row} />)}</div>
          <Pager shown={pages.items.length} hasMore={pages.hasMore} loading={pages.loadingMore} onMore={pages.more} />
        </>
      )}
    </>
  );
}

function Row({ row }: { readonly row: ProblemRow }) {
  const t = useT('intake');
  const kinds = useKinds(useLang());
  const [handing, setHanding] = useState<'hand' | 'joint' | undefined>(undefined);
  const signing = useRun(sign, { touches: TOUCHES, onDone: () => toast({ text: t('signed', { number: row.number }) }) });
  const open = row.state === 'received' || row.state === 'accepted';
  return (
    <div className="queuerow">
      <span className={`tone-${row.pauseKind === null ? leftTone(row.left) : 'off'}`}>{clockSay(row, t) || '—'}</span>
      <span>
        <Go href={`/problems/${row.id}`}>{row.title}</Go>{marksOf(row, t).map((mark) => <span key={mark} className="tag">{mark}</span>)}<br />
        <span className="two small">{row.number} · {kinds.nameOf(row.kind)} · {row.anonymous ? t('anonymous') : (row.enterpriseName ?? row.projectName ?? '—')} · {row.ownerName}{row.ownerUserName === null ? '' : ` ${row.ownerUserName}`}</span>
      </span>
      <span className="row">
        {row.state === 'received' && <Button small kind="main" busy={signing.running} onClick={() => signing.go({ id: row.id }, { version: row.version })}>{t('sign')}</Button>}
        {open && <Button small onClick={() => setHanding('hand')}>{t('handOut')}</Button>}
        {(open || row.state === 'assigned' || row.state === 'handling') && <Button small kind="quiet" onClick={() => setHanding('joint')}>{t('joint')}</Button>}
      </span>
      {signing.error !== undefined && <Problem small error={signing.error} />}
      {handing === 'hand' && <HandOut row={row} suggested={kinds.all.find((kind) => kind.code === row.kind)?.orgId ?? undefined} onClose={() => setHanding(undefined)} />}
      {handing === 'joint' && <JointDialog problem={row} onClose={() => setHanding(undefined)} />}
    </div>
  );
}

/** To a department, or at once to its person in one of the rooms. */
function HandOut({ row, suggested, onClose }: { readonly row: ProblemRow; readonly suggested: string | undefined; readonly onClose: () => void }) {
  const t = useT('intake');
  const rooms = useRead(listRooms, {});
  const phrases = useRead(listPhrases, {});
  const [org, setOrg] = useState(suggested);
  const [user, setUser] = useState<string | undefined>(undefined);
  const [note, setNote] = useState<string | undefined>(undefined);
  const run = useRun(forward, { touches: TOUCHES, onDone: () => { toast({ text: t('handedOut', { number: row.number }) }); onClose(); } });
  const residents = (rooms.data?.items ?? []).flatMap((room) => room.residents.filter((one) => one.here).map((one) => ({ ...one, room: room.name })));
  const seat = residents.find((one) => one.userId === user);
  return (
    <Dialog
      open onClose={onClose} title={t('handOutTitle', { number: row.number })}
      foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={org === undefined} onClick={() => org !== undefined && run.go({ id: row.id, toOrgId: org, ...(user === undefined ? {} : { toUserId: user }), ...(note === undefined ? {} : { note }) }, { version: row.version })}>{t('handOut')}</Button></>}
    >
      <div className="stack">
        <p>{row.title}</p>
        {residents.length > 0 && (
          <label className="filinglabel" htmlFor="hand-seat"><span>{t('seat')}</span>
            <SelectInput id="hand-seat" clearable value={seat?.id} onChange={(id) => { const found = residents.find((one) => one.id === id); setUser(found?.userId); if (found !== undefined) setOrg(found.orgId); }} options={residents.map((one) => ({ value: one.id, label: t('seatOf', { org: one.orgName, name: one.userName, room: one.room, count: one.open }) }))} />
          </label>
        )}
        <label className="filinglabel" htmlFor="hand-org"><span>{t(suggested === undefined ? 'toOrg' : 'toOrgSuggested')}</span><OrgPicker id="hand-org" kinds={['zone', 'department', 'town', 'park']} value={org} onChange={(value) => { setOrg(value); setUser(undefined); }} /></label>
        {org !== undefined && <label className="filinglabel" htmlFor="hand-user"><span>{t('toUser')}</span><UserPicker id="hand-user" orgId={org} value={user} onChange={setUser} /></label>}
        <label className="filinglabel"><span>{t('note')}</span><TextArea id="hand-note" rows={2} maxLength={1000} value={note} onChange={setNote} /></label>
        {(phrases.data?.items.length ?? 0) > 0 && <div className="row">{phrases.data?.items.slice(0, 6).map((one) => <Button key={one.id} small kind="quiet" onClick={() => setNote(one.text)}>{one.title}</Button>)}</div>}
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
