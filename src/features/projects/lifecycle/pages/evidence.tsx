// All evidence of a project: photos as pictures, papers as lines, what each says, who laid and verified it, which stage rests on it.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listEvidence, removeEvidence, verifyEvidence } from '../contract.ts';
import { useFreshWhenStale } from './stale.ts';
import { pick, type EvidenceItem, type Gates } from './words.ts';
import './lifecycle.css';

const FAR_M = 2000; // a photo taken farther from the project's point than this is pointed at, not refused

export function EvidenceSection({ gates, onAdd }: { readonly gates: Gates; readonly onAdd: (kinds: readonly string[]) => void }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const [kind, setKind] = useState<string | undefined>(undefined);
  const [removed, setRemoved] = useState(false);
  const read = useRead(listEvidence, { id: gates.id, ...(removed ? { removed } : {}) }, { keep: true });
  const all = read.data?.items ?? [];
  const kinds = gates.evidenceKinds.filter((one) => all.some((item) => item.kind === one.code));
  const chosen = kinds.find((one) => one.code === kind);
  const nameOfKind = chosen === undefined ? undefined : pick(chosen.name, lang); // the visible word must be part of the name
  const shown = kind === undefined ? all : all.filter((item) => item.kind === kind);
  return (
    <Section
      id="evidence"
      title={t('evidence.title')}
      hint={read.data === undefined ? undefined : t('evidence.count', { count: all.length })}
      actions={gates.can.addEvidence ? <Button onClick={() => onAdd([])}>{t('evidence.add')}</Button> : undefined}
    >
      {read.data === undefined
        ? (read.error === undefined ? <Loading lines={4} /> : <Problem error={read.error} onRetry={read.again} />)
        : (
          <>
            <div className="row evidencefilter">
              {kinds.length > 1 && <SelectInput label={`${t('evidence.kind')}${t('colon')}${nameOfKind ?? t('evidence.all')}`} placeholder={t('evidence.all')} clearable value={kind} onChange={setKind} options={kinds.map((one) => ({ value: one.code, label: pick(one.name, lang), hint: String(all.filter((item) => item.kind === one.code).length) }))} />}
              <label className="check small two"><input type="checkbox" checked={removed} onChange={(event) => setRemoved(event.target.checked)} /><span>{t('evidence.showRemoved')}</span></label>
            </div>
            {shown.length === 0
              ? <Empty title={t('evidence.empty')} hint={t('evidence.emptyHint')} />
              : <ul className="card evidence">{shown.map((item) => <Item key={item.id} item={item} gates={gates} />)}</ul>}
          </>
        )}
    </Section>
  );
}

function Item({ item, gates }: { readonly item: EvidenceItem; readonly gates: Gates }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const format = useFormat();
  const { today, user } = useSession();
  const [open, setOpen] = useState(false);
  const picture = item.file !== null && /^image\/(jpeg|png|webp|gif)$/.test(item.file.mediaType);
  const says = [
    item.number, item.day === null ? null : format.shortDay(item.day, today), item.amountFen === null ? null : format.money(item.amountFen).text, item.parties,
    item.takenAt === null ? null : format.instant(item.takenAt, today), item.place, item.note,
  ].filter((one) => one !== null);
  const stages = item.usedBy.map((code) => gates.stages.find((one) => one.code === code)).flatMap((one) => (one === undefined ? [] : [pick(one.name, lang)]));
  return (
    <li className={item.removedAt === null ? undefined : 'gone'}>
      {picture && item.file !== null
        ? <button type="button" className="thumb" onClick={() => setOpen(true)} aria-label={`${t('evidence.open')} ${item.kindName}`}><img src={`/api/files/${item.file.sha}`} alt="" loading="lazy" decoding="async" /></button>
        : <span className="thumb paper" aria-hidden="true">{item.file === null ? '—' : endingOf(item.file.name)}</span>}
      <div className="evidencesay">
        <p><b>{item.kindName}</b>{item.verifiedAt === null ? <span className="tag">{t('evidence.unverified')}</span> : <span className="tag good">{t('evidence.verified')}</span>}{stages.length > 0 && <span className="dim small">　{t('evidence.usedBy', { stages: stages.join(t('comma')) })}</span>}</p>
        {says.length > 0 && <p className="two">{says.join('　')}</p>}
        <Away metres={item.awayM} />
        {item.takenAt !== null && item.camera.takenAt !== null && minute(item.takenAt) !== minute(item.camera.takenAt) && <p className="tone-warn small">{t('evidence.corrected', { at: format.instant(item.camera.takenAt, today) })}</p>}
        {item.removedReason !== null && <p className="tone-late small">{t('evidence.removed', { reason: item.removedReason })}</p>}
        <p className="dim small">
          {t('evidence.addedBy', { who: item.addedBy, at: format.instant(item.addedAt, today) })}
          {item.verifiedBy !== null && `　${t('evidence.verifiedBy', { who: item.verifiedBy })}`}
          {item.file !== null && <>　<a href={`/api/files/${item.file.sha}`} download={item.file.name}>{t('evidence.download')} {format.bytes(item.file.bytes)}</a></>}
        </p>
      </div>
      {item.removedAt === null && <ItemActions item={item} gates={gates} own={item.addedById === user.id} />}
      {picture && item.file !== null && (
        <Dialog open={open} onClose={() => setOpen(false)} title={item.kindName} size="large" foot={<span className="two small push">{says.join('　')}</span>}>
          <img className="photolarge" src={`/api/files/${item.file.sha}`} alt={t('evidence.photoAlt', { kind: item.kindName })} />
        </Dialog>
      )}
    </li>
  );
}

function ItemActions({ item, gates, own }: { readonly item: EvidenceItem; readonly gates: Gates; readonly own: boolean }) {
  const t = useT('lifecycle');
  const verify = useRun(verifyEvidence, { onDone: () => toast({ text: t('evidence.verifiedDone') }) });
  const remove = useRun(removeEvidence, { onDone: () => toast({ text: t('evidence.removedDone') }) });
  useFreshWhenStale(verify.error ?? remove.error);
  const mayVerify = gates.can.verify && item.verifiedAt === null && !own;
  const mayRemove = gates.can.verify || (gates.can.addEvidence && own && item.verifiedAt === null);
  const error = verify.error ?? remove.error;
  const ask = async (): Promise<void> => {
    if ((await confirm({ title: t('evidence.verifyTitle'), text: t('evidence.verifyText'), act: t('evidence.verify') })) !== undefined) verify.go({ id: gates.id, evidenceId: item.id }, { version: gates.version });
  };
  const drop = async (): Promise<void> => {
    const reason = await confirm({ title: t('evidence.removeTitle'), text: t('evidence.removeText'), act: t('evidence.remove'), danger: true, reason: t('evidence.removeReason') });
    if (reason !== undefined) remove.go({ id: gates.id, evidenceId: item.id, reason }, { version: gates.version });
  };
  return (
    <div className="row evidenceacts noprint">
      {mayVerify && <Button small busy={verify.running} onClick={() => void ask()}>{t('evidence.verify')}</Button>}
      {mayRemove && <Button small kind="quiet" busy={remove.running} onClick={() => void drop()}>{t('evidence.remove')}</Button>}
      {error !== undefined && <Problem small error={error} />}
    </div>
  );
}

function Away({ metres }: { readonly metres: number | null }) {
  const t = useT('lifecycle');
  const format = useFormat();
  if (metres === null) return null;
  const distance = metres < 1000 ? t('evidence.m', { n: format.count(metres) }) : t('evidence.km', { n: format.count(metres / 1000, 1) });
  return <p className={metres > FAR_M ? 'tone-warn small' : 'dim small'}>{t(metres > FAR_M ? 'evidence.farAway' : 'evidence.away', { distance })}</p>;
}

function endingOf(name: string): string {
  return (/\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? '·').toUpperCase();
}

function minute(instant: string): string {
  return instant.slice(0, 16);
}
