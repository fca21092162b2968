// The dialog in which a meeting is planned or changed. Kind fills in what its rule says; everything can be said otherwise.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { goTo } from '../../../../web/place.ts';
import { useSession } from '../../../../web/session.tsx';
import { changeMeeting, planMeeting, readPolicyQuery } from '../contract.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import { UnitsInput, useUnits } from './orgs.tsx';
import { isRetired } from '../shape.ts';
import { pick, type One } from './say.ts';

export function PlanDialog({ one, onClose }: { readonly one?: One; readonly onClose: () => void }) {
  const t = useT('meetings');
  const lang = useLang();
  const { today } = useSession();
  const units = useUnits();
  const policy = useRead(readPolicyQuery, {}).data?.policy;
  const [kind, setKind] = useState<string | undefined>(one?.meeting.kindCode);
  const [day, setDay] = useState<string | undefined>(one?.meeting.day ?? today);
  const [time, setTime] = useState<string | undefined>(one?.meeting.time);
  const [minutes, setMinutes] = useState<number | undefined>(one?.meeting.minutes);
  const [place, setPlace] = useState<string | undefined>(one?.meeting.place);
  const [chair, setChair] = useState<string | undefined>(one?.meeting.chair ?? undefined);
  const [topic, setTopic] = useState<string | undefined>(one?.meeting.topic ?? undefined);
  const [orgIds, setOrgIds] = useState<readonly string[]>(one?.attendees.flatMap((each) => each.org?.id ?? []) ?? []);
  const kinds = (policy?.kinds ?? []).filter((each) => !isRetired(each) || each.code === one?.meeting.kindCode);
  const preset = kinds.find((each) => each.code === (kind ?? kinds[0]?.code));
  const plan = useRun(planMeeting, { touches: ['dispatch.'], onDone: ({ id }) => { onClose(); goTo(`/meetings/${id}`); } });
  const change = useRun(changeMeeting, { touches: ['dispatch.'], onDone: onClose });
  const said = { ...(time === undefined ? {} : { time }), ...(minutes === undefined ? {} : { minutes }), ...(place === undefined ? {} : { place }), orgIds: [...orgIds] };
  const ready = preset !== undefined && day !== undefined && (time === undefined || TIME.test(time));
  const send = (): void => {
    if (preset === undefined || day === undefined) return;
    if (one === undefined) plan.go({ id: newId(), kind: preset.code, day, ...said, ...(chair === undefined ? {} : { chair }), ...(topic === undefined ? {} : { topic }) });
    else change.go({ id: one.meeting.id, kind: preset.code, day, ...said, chair: chair ?? null, topic: topic ?? null }, { version: one.meeting.version });
  };
  const error = plan.error ?? change.error;
  return (
    <Dialog open size="middle" onClose={onClose} title={t(one === undefined ? 'plan.title' : 'plan.change')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={plan.running || change.running} onClick={send}>{t(one === undefined ? 'plan.send' : 'web:save')}</Button>
      </>
    }>
      <div className="stack">
        <div className="grid2">
          <Labelled label={t('plan.kind')}>{(id) => <SelectInput id={id} value={preset?.code} onChange={setKind} options={kinds.map((each) => ({ value: each.code, label: pick(each, lang) }))} />}</Labelled>
          <Labelled label={t('plan.day')}>{(id) => <DayInput id={id} today={today} value={day} onChange={setDay} />}</Labelled>
          <Labelled label={t('plan.time')} fault={time !== undefined && !TIME.test(time) ? t('plan.badTime') : undefined}>{(id) => <TextInput id={id} value={time} onChange={setTime} placeholder={preset?.time ?? ''} maxLength={5} />}</Labelled>
          <Labelled label={t('plan.minutes')}>{(id) => <NumberInput id={id} value={minutes} onChange={setMinutes} unit={t('unit.minutes', { count: minutes ?? 2 })} placeholder={String(preset?.minutes ?? '')} />}</Labelled>
          <Labelled label={t('plan.place')}>{(id) => <TextInput id={id} value={place} onChange={setPlace} placeholder={preset?.place ?? ''} maxLength={200} />}</Labelled>
          <Labelled label={t('plan.chair')} optional>{(id) => <TextInput id={id} value={chair} onChange={setChair} maxLength={100} />}</Labelled>
        </div>
        <Labelled label={t('plan.topic')} optional hint={t('plan.topicHint')}>{(id) => <TextInput id={id} value={topic} onChange={setTopic} maxLength={200} />}</Labelled>
        <Labelled label={t('plan.invited')} hint={t('plan.invitedHint')}>{(id) => <UnitsInput id={id} units={units} value={orgIds} onChange={setOrgIds} />}</Labelled>
        {error !== undefined && <Problem small error={error} />}
      </div>
    </Dialog>
  );
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
