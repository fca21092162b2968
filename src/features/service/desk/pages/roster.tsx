// /service/roster: who has duty when and as what. Two weeks at a time; the desk plans, and gives a duty to somebody else with a reason.
import { useState } from 'react';
import { addDays } from '../../../../kernel/days.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { UserPicker } from '../../../../web/inputs/people.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { FUNCTIONS, planDuty, roster, SHIFTS, swapDuty, type Duty } from '../contract.ts';
import { ON_DUTY, SwapDialog } from './swap.tsx';
import './desk.css';

const SPAN = 14;

export function RosterPage() {
  const t = useT('rooms');
  const format = useFormat();
  const { today } = useSession();
  const [state, set] = useUrlState({ from: today });
  const from = /^\d{4}-\d{2}-\d{2}$/.test(state.from) ? state.from : today;
  const read = useRead(roster, { from, to: addDays(from, SPAN - 1) }, { keep: true });
  const [planning, setPlanning] = useState(false);
  const [swapping, setSwapping] = useState<Duty | undefined>(undefined);
  const days = Array.from({ length: SPAN }, (_, at) => addDays(from, at));
  return (
    <>
      <PageHead title={t('roster.title')} small={t('roster.say')} actions={<><Button onClick={() => set({ from: addDays(from, -SPAN) })}>{t('roster.before')}</Button><Button onClick={() => set({ from: addDays(from, SPAN) })}>{t('roster.after')}</Button><Button kind="main" onClick={() => setPlanning(true)}>{t('roster.plan')}</Button></>} />
      {read.data === undefined ? (read.error === undefined ? <Loading lines={10} /> : <Problem error={read.error} onRetry={read.again} />) : (
        <div className="card">
          {days.map((day) => {
            const items = read.data?.items.filter((one) => one.day === day) ?? [];
            return (
              <div key={day} className={day === today ? 'rosterday today' : 'rosterday'}>
                <span><b>{format.day(day)}</b> <span className="two small">{format.weekday(day)}{day === today ? ` · ${t('roster.today')}` : ''}</span></span>
                {items.length === 0 ? <span className="two small">{t('roster.nobody')}</span> : (
                  <ul>
                    {items.map((one) => (
                      <li key={one.id}>
                        <span className="dutyfn">{t(`function.${one.function}`)}</span><span>{one.userName}</span><span className="two small">{one.orgName} · {t(`shift.${one.shift}`)}{one.forName === null ? '' : ` · ${t('roster.for', { name: one.forName })}`}{one.offeredName === null ? '' : ` · ${t('duty.waits', { name: one.offeredName })}`}</span>
                        {day >= today && <Button small kind="quiet" onClick={() => setSwapping(one)}>{t('roster.swap')}</Button>}
                      </li>
                    ))}
                  </ul>
                )}
              </div>
            );
          })}
        </div>
      )}
      {planning && <PlanDialog from={from > today ? from : today} onClose={() => setPlanning(false)} />}
      {swapping !== undefined && <SwapDialog duty={swapping} contract={swapDuty} say="roster.swap" done="roster.swapped" onClose={() => setSwapping(undefined)} />}
    </>
  );
}

/** One person for some days in a row. */
function PlanDialog({ from, onClose }: { readonly from: string; readonly onClose: () => void }) {
  const t = useT('rooms');
  const { today } = useSession();
  const [user, setUser] = useState<string | undefined>(undefined);
  const [first, setFirst] = useState<string | undefined>(from);
  const [last, setLast] = useState<string | undefined>(from);
  const [shift, setShift] = useState<string | undefined>('office');
  const [what, setWhat] = useState<string | undefined>('operator');
  const run = useRun(planDuty, { touches: ['service.'], onDone: ({ planned }) => { toast({ text: t('roster.planned', { count: planned }) }); onClose(); } });
  const items = itemsOf(user, first, last, SHIFTS.find((one) => one === shift), FUNCTIONS.find((one) => one === what));
  return (
    <Dialog open onClose={onClose} title={t('roster.plan')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={items.length === 0} onClick={() => run.go({ items })}>{t('web:save')}</Button></>}>
      <div className="stack">
        <label className="filinglabel" htmlFor="plan-user"><span>{t('roster.who')}</span><UserPicker id="plan-user" roleCodes={[...ON_DUTY]} value={user} onChange={setUser} /></label>
        <div className="filinglabel"><span>{t('roster.function')}</span><ChoiceInput label={t('roster.function')} value={what} onChange={setWhat} options={FUNCTIONS.map((value) => ({ value, label: t(`function.${value}`) }))} /></div>
        <div className="filinglabel"><span>{t('roster.shift')}</span><ChoiceInput label={t('roster.shift')} value={shift} onChange={setShift} options={SHIFTS.map((value) => ({ value, label: t(`shift.${value}`) }))} /></div>
        <div className="filinggrid">
          <label className="filinglabel" htmlFor="plan-first"><span>{t('roster.first')}</span><DayInput id="plan-first" today={today} value={first} onChange={setFirst} /></label>
          <label className="filinglabel" htmlFor="plan-last"><span>{t('roster.last')}</span><DayInput id="plan-last" today={today} value={last} onChange={setLast} /></label>
        </div>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

const MOST = 62;

function itemsOf(userId: string | undefined, first: string | undefined, last: string | undefined, shift: (typeof SHIFTS)[number] | undefined, what: (typeof FUNCTIONS)[number] | undefined) {
  if (userId === undefined || first === undefined || last === undefined || shift === undefined || what === undefined) return [];
  const days: string[] = [];
  for (let day = first; day <= last && days.length < MOST; day = addDays(day, 1)) days.push(day);
  return days.map((day) => ({ id: newId(), day, shift, function: what, userId }));
}
