// Who was invited and who came; late arrivals with the time. A click marks, and marks again.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { timeHere } from '../../../../web/clock.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Popover } from '../../../../web/parts/popover.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import type { Tone } from '../../../../web/format.ts';
import { markAttendance, PRESENCES } from '../contract.ts';
import type { One } from './say.ts';
import './meetings.css';

const TONES: Readonly<Record<(typeof PRESENCES)[number], Tone>> = { invited: 'off', present: 'ok', late: 'warn', excused: 'off', absent: 'bad' };

export function Attendance({ one }: { readonly one: One }) {
  const t = useT('meetings');
  const mark = useRun(markAttendance, { touches: ['dispatch.meeting'] });
  const [name, setName] = useState<string | undefined>(undefined);
  const may = one.can.plan || one.can.decide;
  const came = one.attendees.filter((each) => each.presence === 'present' || each.presence === 'late').length;
  return (
    <Section title={t('attendance.title')} hint={one.attendees.length === 0 ? undefined : t('attendance.count', { came, all: one.attendees.length })}>
      <ul className="card attendance">
        {one.attendees.length === 0 && <li className="dim">{t('attendance.none')}</li>}
        {one.attendees.map((each) => (
          <li key={each.id}>
            <span>{[each.org?.name ?? '', each.name ?? ''].filter((part) => part !== '').join(' ')}{each.reason !== null && <i className="dim small"> {each.reason}</i>}</span>
            {may ? (
              <Popover label={t('attendance.mark')} align="end" trigger={(p) => <button type="button" className={`btn quiet small tone-${TONES[each.presence]}`} {...p}>{t(`presence.${each.presence}`)}{each.arrived !== null && ` ${each.arrived}`}</button>}>{(shut) => (
                <div className="menu">{PRESENCES.filter((presence) => presence !== 'invited').map((presence) => <button key={presence} type="button" onClick={() => { shut(); mark.go({ id: one.meeting.id, attendeeId: each.id, presence, ...(presence === 'late' ? { arrived: timeHere() } : {}) }); }}>{t(`presence.${presence}`)}</button>)}</div>
              )}</Popover>
            ) : <span className={`tone-${TONES[each.presence]} small`}>{t(`presence.${each.presence}`)}{each.arrived !== null && ` ${each.arrived}`}</span>}
          </li>
        ))}
        {may && <li><TextInput label={t('attendance.name')} placeholder={t('attendance.name')} value={name} onChange={setName} maxLength={60} /><Button small disabled={name === undefined} onClick={() => { if (name !== undefined) mark.go({ id: one.meeting.id, attendeeId: newId(), name, presence: 'present' }); setName(undefined); }}>{t('attendance.add')}</Button></li>}
      </ul>
      {mark.error !== undefined && <Problem small error={mark.error} />}
    </Section>
  );
}
