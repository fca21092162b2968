// Laying evidence to a project: a paper or, on a phone, a photo straight from the camera. What the photo says of time and place is
// offered, never taken over unseen: the person confirms or corrects it.
import { useState } from 'react';
import { newId } from '../../../../web/ids.ts';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { StoredFile } from '../../../../web/upload.ts';
import { addEvidence } from '../contract.ts';
import { Line } from './line.tsx';
import { useFreshWhenStale } from './stale.ts';
import { pick, type Gates } from './words.ts';
import './lifecycle.css';

export interface AddEvidenceDialogProps {
  readonly gates: Gates;
  /** Kinds that would help a gate; the first is chosen. Empty: all. */
  readonly kinds: readonly string[];
  readonly reportId?: string;
  readonly milestoneId?: string;
  readonly onClose: () => void;
}

const PAPERS = '.pdf,.docx,.xlsx,image/*';

interface Photo { readonly day?: string | undefined; readonly time: string; readonly lon?: number | undefined; readonly lat?: number | undefined; readonly place?: string | undefined }

export function AddEvidenceDialog({ gates, kinds, reportId, milestoneId, onClose }: AddEvidenceDialogProps) {
  const t = useT('lifecycle');
  const lang = useLang();
  const { today } = useSession();
  const [evidenceId] = useState(newId);
  const [kind, setKind] = useState<string | undefined>(kinds[0]);
  const [file, setFile] = useState<StoredFile | undefined>(undefined);
  const [paper, setPaper] = useState<{ number?: string | undefined; day?: string | undefined; amountFen?: number | undefined; parties?: string | undefined }>({});
  const [photo, setPhoto] = useState<Photo>({ time: '12:00' });
  const [note, setNote] = useState<string | undefined>(undefined);
  const known = gates.evidenceKinds.find((one) => one.code === kind);
  const isPhoto = known?.photo === true;
  const add = useRun(addEvidence, { onDone: () => { toast({ text: t('evidence.added') }); onClose(); } });
  useFreshWhenStale(add.error);
  const offered = gates.evidenceKinds.filter((one) => kinds.length === 0 || kinds.includes(one.code));
  const take = (stored: StoredFile): void => {
    setFile(stored);
    const at = stored.takenAt === null ? undefined : chinaTime(stored.takenAt);
    setPhoto((now) => ({ ...now, ...(at === undefined ? {} : at), ...(stored.lon === null || stored.lat === null ? {} : { lon: stored.lon, lat: stored.lat }) }));
  };
  const ready = kind !== undefined && (isPhoto ? file !== undefined && photo.day !== undefined : file !== undefined || paper.number !== undefined || note !== undefined);
  const send = (): void => {
    if (kind === undefined) return;
    add.go({
      id: gates.id, evidenceId, kind, ...filled({ fileSha: file?.id, note, reportId, milestoneId }),
      ...(isPhoto
        ? filled({ takenAt: photo.day === undefined ? undefined : `${photo.day}T${photo.time}:00+08:00`, lon: photo.lon, lat: photo.lat, place: photo.place })
        : filled({ number: paper.number, day: paper.day, amountFen: paper.amountFen, parties: paper.parties })),
    }, { version: gates.version });
  };
  return (
    <Dialog open onClose={onClose} title={t('evidence.add')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" busy={add.running} disabled={!ready} onClick={send}>{t('evidence.save')}</Button>
      </>
    }>
      <div className="stack">
        <Line label={t('evidence.kind')}>
          {(id) => <SelectInput id={id} value={kind} onChange={(value) => { setKind(value); }} options={offered.map((one) => ({ value: one.code, label: pick(one.name, lang), hint: t(one.photo ? 'evidence.photoKinds' : 'evidence.paperKinds') }))} />}
        </Line>
        {file === undefined
          ? <FileDrop photos={isPhoto} {...(isPhoto ? {} : { accept: PAPERS })} onStored={take} />
          : <Chosen file={file} isPhoto={isPhoto} onDrop={() => setFile(undefined)} />}
        {isPhoto
          ? <PhotoFields photo={photo} file={file} onChange={(change) => setPhoto((now) => ({ ...now, ...change }))} />
          : (
            <div className="fields of2">
              <Line label={t('evidence.number')} optional>{(id) => <TextInput id={id} maxLength={200} value={paper.number} onChange={(number) => setPaper((now) => ({ ...now, number }))} />}</Line>
              <Line label={t('evidence.day')} optional>{(id) => <DayInput id={id} today={today} value={paper.day} onChange={(day) => setPaper((now) => ({ ...now, day }))} />}</Line>
              <Line label={t('evidence.amount')} optional>{(id) => <MoneyInput id={id} value={paper.amountFen} onChange={(amountFen) => setPaper((now) => ({ ...now, amountFen }))} />}</Line>
              <Line label={t('evidence.parties')} hint={t('evidence.partiesHint')} optional>{(id) => <TextInput id={id} maxLength={500} value={paper.parties} onChange={(parties) => setPaper((now) => ({ ...now, parties }))} />}</Line>
            </div>
          )}
        <Line label={t('evidence.note')} optional>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={note} onChange={setNote} />}</Line>
        {add.error !== undefined && <Problem small error={add.error} />}
      </div>
    </Dialog>
  );
}

function Chosen({ file, isPhoto, onDrop }: { readonly file: StoredFile; readonly isPhoto: boolean; readonly onDrop: () => void }) {
  const t = useT('web');
  const format = useFormat();
  return (
    <div className="chosenfile">
      {isPhoto && <img src={`/api/files/${file.id}`} alt="" />}
      <span className="filename">{file.name}</span>
      <span className="dim small">{format.bytes(file.bytes)}</span>
      <Button small kind="quiet" onClick={onDrop}>{t('remove')}</Button>
    </div>
  );
}

function PhotoFields({ photo, file, onChange }: { readonly photo: Photo; readonly file: StoredFile | undefined; readonly onChange: (change: Partial<Photo>) => void }) {
  const t = useT('lifecycle');
  const format = useFormat();
  const { today } = useSession();
  const [failed, setFailed] = useState(false);
  const here = (): void => {
    if (!('geolocation' in navigator)) { setFailed(true); return; }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { setFailed(false); onChange({ lon: Number(coords.longitude.toFixed(6)), lat: Number(coords.latitude.toFixed(6)) }); },
      () => setFailed(true),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  };
  const says = file === undefined ? undefined : [file.takenAt === null ? undefined : format.instant(file.takenAt, today), file.lon === null || file.lat === null ? undefined : t('evidence.lonlat', { lon: file.lon.toFixed(5), lat: file.lat.toFixed(5) })].filter((one) => one !== undefined).join('，');
  return (
    <>
      {says !== undefined && <p className="two small">{says === '' ? t('evidence.cameraNone') : t('evidence.camera', { what: says })}</p>}
      <div className="fields of2">
        <Line label={t('evidence.takenAt')}>{(id) => <DayInput id={id} today={today} max={today} value={photo.day} onChange={(day) => onChange({ day })} />}</Line>
        <Line label={t('evidence.takenTime')}>{(id) => <input id={id} className="input" type="time" value={photo.time} onChange={(event) => onChange({ time: event.target.value === '' ? '12:00' : event.target.value })} />}</Line>
        <Line label={t('evidence.place')} wide hint={photo.lon === undefined || photo.lat === undefined ? undefined : t('evidence.lonlat', { lon: photo.lon.toFixed(5), lat: photo.lat.toFixed(5) })}>
          {(id) => (
            <span className="withbutton">
              <TextInput id={id} maxLength={200} placeholder={t('evidence.placeHint')} value={photo.place} onChange={(place) => onChange({ place })} />
              <Button onClick={here}>{t('evidence.here')}</Button>
            </span>
          )}
        </Line>
      </div>
      {failed && <p className="tone-late small" role="alert">{t('evidence.hereFailed')}</p>}
    </>
  );
}

/** An instant as day and minute in China. */
function chinaTime(instant: string): { day: string; time: string } | undefined {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return undefined;
  const text = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  return { day: text.slice(0, 10), time: text.slice(11, 16) };
}

function filled<Fields extends Record<string, unknown>>(fields: Fields): { [K in keyof Fields]?: Exclude<Fields[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as { [K in keyof Fields]?: Exclude<Fields[K], undefined> };
}
