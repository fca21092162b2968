// One project's week on one screen: I am on site, a photo, what was done, what is next, what stands in the way; send. Written with a thumb, kept at every key
// stroke, handed to the outbox whether there is network or not.
import { useState, type ReactNode } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { isFull, phoneTime } from '../../../../web/offline/keep.ts';
import { handOver } from '../../../../web/offline/sending.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { useWeekDraft, type Drafting } from './draft.ts';
import { Photos } from './photos.tsx';
import { whereabouts } from './whereabouts.ts';
import type { WeekProject } from './week.tsx';

export function OneWeek({ project, onNext, onBack }: { readonly project: WeekProject; readonly onNext: () => void; readonly onBack: () => void }) {
  const t = useT('week');
  const format = useFormat();
  const { user } = useSession();
  const drafting = useWeekDraft(user.id, project.id);
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const { draft, photos, change } = drafting;
  const planned = project.last?.next ?? '';

  const send = async (): Promise<void> => {
    if (draft.done.trim() === '') return setFault(t('one.doneMissing'));
    setBusy(true);
    try {
      await handOver({
        id: draft.id, command: 'dispatch.report_week', label: project.name, photosAt: 'checkIn.photos', photos, input: inputOf(project.id, drafting), doneAt: draft.here?.at ?? phoneTime(),
      });
      drafting.drop();
      toast({ text: t('one.kept') });
      onNext();
    } catch (error) {
      setFault(t(isFull(error) ? 'one.full' : 'one.notKept'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="weekone">
      <button type="button" className="weekback" onClick={onBack}>‹ {t('one.back')}</button>
      <PageHead title={project.name} small={[t(`stage.${project.stage}`), project.node === null ? '' : t('one.node', { name: project.node.name, day: format.day(project.node.day) })].filter((part) => part !== '').join(' · ')} />
      <CheckIn drafting={drafting} />
      <Line id="done" label={t('one.done')} value={draft.done} hint={t('one.doneHint')} onChange={(done) => { change({ done }); setFault(undefined); }}>
        {planned !== '' && draft.done === '' && <Chip onUse={() => change({ done: planned })}>{t('one.planned', { text: planned })}</Chip>}
      </Line>
      <Line id="next" label={t('one.next')} value={draft.next} hint={t('one.nextHint')} onChange={(next) => change({ next })}>
        {project.node !== null && draft.next === '' && <Chip onUse={() => change({ next: t('one.toNode', { name: project.node?.name ?? '' }) })}>{t('one.toNode', { name: project.node.name })}</Chip>}
      </Line>
      <Line id="problem" label={t('one.problem')} value={draft.problem} hint={t('one.problemHint')} onChange={(problem) => change({ problem })} />
      {drafting.unkept && <p className="tone-late small" role="alert">{t('one.unkept')}</p>}
      {fault !== undefined && <p className="tone-bad" role="alert">{fault}</p>}
      <div className="weeksend"><Button kind="main" busy={busy} onClick={() => void send()}>{t('one.send')}</Button></div>
      {project.last !== null && <p className="two small weeklast">{t('one.last', { day: format.day(project.last.day), name: project.last.userName })}{project.last.done}</p>}
    </div>
  );
}

function inputOf(projectId: string, { draft, photos }: Drafting): Record<string, unknown> {
  const text = (name: string, value: string): Record<string, string> => (value.trim() === '' ? {} : { [name]: value.trim() });
  const here = draft.here === undefined && photos.length === 0 ? undefined : { id: draft.visitId, ...placeOf(draft.here), ...text('place', draft.place) };
  return { id: draft.id, projectId, done: draft.done.trim(), ...text('next', draft.next), ...text('problem', draft.problem), ...(here === undefined ? {} : { checkIn: here }) };
}

function placeOf(here: Drafting['draft']['here']): Record<string, number> {
  if (here?.lon === undefined || here.lat === undefined) return {};
  return { lon: here.lon, lat: here.lat, ...(here.accuracyM === undefined ? {} : { accuracyM: here.accuracyM }) };
}

/** Time at once, place as soon as the phone knows it; without one the place in words. */
function CheckIn({ drafting }: { readonly drafting: Drafting }) {
  const t = useT('week');
  const format = useFormat();
  const [looking, setLooking] = useState(false);
  const { draft, photos, change, changePhotos } = drafting;
  const { here } = draft;
  const arrive = async (): Promise<void> => {
    const at = phoneTime();
    change({ here: { at } });
    setLooking(true);
    const place = await whereabouts();
    setLooking(false);
    if (place !== undefined) change({ here: { at, ...place } });
  };
  return (
    <section className="weekhere card pad">
      {here === undefined
        ? <button type="button" className="weekcheck" onClick={() => void arrive()}>{t('one.checkIn')}</button>
        : (
          <div className="row">
            <p className="weekchecked"><b className="tone-ok">✓ {t('one.checkedIn', { time: format.instant(here.at).slice(-5) })}</b>
              <span className="two small">{looking ? t('one.looking') : here.lon === undefined ? t('one.noPlace') : t('one.place', { metres: here.accuracyM ?? 0 })}</span></p>
            <Button small kind="quiet" onClick={() => change({ here: undefined })}>{t('one.undo')}</Button>
          </div>
        )}
      {here !== undefined && !looking && here.lon === undefined && <input className="weekinput" aria-label={t('one.placeWords')} placeholder={t('one.placeWords')} maxLength={200} value={draft.place} onChange={(event) => change({ place: event.target.value })} />}
      <Photos photos={photos} onChange={(next) => {
        changePhotos(next);
        if (next.length > photos.length && draft.here === undefined) void arrive();
      }} />
    </section>
  );
}

const MOST = 500;

function Line({ id, label, value, hint, onChange, children }: { readonly id: string; readonly label: string; readonly value: string; readonly hint: string; readonly onChange: (value: string) => void; readonly children?: ReactNode }) {
  return (
    <div className="weekline">
      <label htmlFor={`week-${id}`}>{label}</label>
      <textarea id={`week-${id}`} className="weekinput" rows={2} maxLength={MOST} placeholder={hint} value={value} onChange={(event) => onChange(event.target.value)} />
      {children}
    </div>
  );
}

function Chip({ onUse, children }: { readonly onUse: () => void; readonly children: ReactNode }) {
  return <button type="button" className="weekchip" onClick={onUse}>{children}</button>;
}
