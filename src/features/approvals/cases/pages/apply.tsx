// Dialogs that bring cases into being: an application for one item, if need be with a power of attorney; the joint acceptance of a stage.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { newId } from '../../../../web/ids.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { StoredFile } from '../../../../web/upload.ts';
import { jointAccept, openCase } from '../contract.ts';
import { acceptable } from './acceptable.ts';
import { CaseField } from './field.tsx';
import { pick, type ItemLine, type ProjectCases } from './say.ts';
import './cases.css';

export function ApplyDialog({ project, item, onClose }: { readonly project: ProjectCases; readonly item: ItemLine; readonly onClose: () => void }) {
  const t = useT('cases');
  const lang = useLang();
  const { today } = useSession();
  const [id] = useState(newId);
  const [day, setDay] = useState<string | undefined>(today);
  const [note, setNote] = useState<string | undefined>(undefined);
  const [file, setFile] = useState<StoredFile | undefined>(undefined);
  const run = useRun(openCase, { touches: ['approvals.'], onDone: () => { toast({ text: t('apply.done', { item: pick(item.name, lang) }) }); onClose(); } });
  const text = note?.trim() ?? '';
  const ready = day !== undefined && (!project.can.asAgent || file !== undefined);
  return (
    <Dialog open size="small" onClose={onClose} title={t('apply.title', { item: pick(item.name, lang) })} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" busy={run.running} disabled={!ready} onClick={() => run.go({ id, projectId: project.id, item: item.code, ...(day === undefined || day === today ? {} : { day }), ...(file === undefined ? {} : { attorneySha: file.id }), ...(text === '' ? {} : { note: text }) })}>{t('apply.act')}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('apply.say', { org: item.orgName ?? t('apply.noOrg') })}</p>
        {project.can.asAgent && (
          <div className="stack">
            <p>{t('apply.agent')}</p>
            {file === undefined ? <FileDrop accept=".pdf,image/*" onStored={setFile} say={t('apply.attorney')} /> : <p className="row"><span>{file.name}</span><Button small kind="quiet" onClick={() => setFile(undefined)}>{t('apply.other')}</Button></p>}
          </div>
        )}
        <CaseField label={t('apply.day')}>{(field) => <DayInput id={field} today={today} max={today} value={day} onChange={setDay} />}</CaseField>
        <CaseField label={t('apply.note')} optional>{(field) => <TextArea id={field} rows={2} maxLength={1000} value={note} onChange={setNote} />}</CaseField>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

/** Offers what is received of a stage, and what may be applied for: that is received with the acceptance. */
export function JointDialog({ project, stage, onClose }: { readonly project: ProjectCases; readonly stage: ItemLine['stage']; readonly onClose: () => void }) {
  const t = useT('cases');
  const lang = useLang();
  const { today } = useSession();
  const offered = project.items.filter((one) => one.stage === stage && acceptable(one));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(offered.filter((one) => one.case?.status === 'received').map((one) => one.code)));
  const [document, setDocument] = useState<string | undefined>(undefined);
  const run = useRun(jointAccept, { touches: ['approvals.'], onDone: () => { toast({ text: t('jointly.done') }); onClose(); } });
  const number = document?.trim() ?? '';
  const items = offered.filter((one) => chosen.has(one.code)).map((one) => one.code);
  return (
    <Dialog open size="small" onClose={onClose} title={t('jointly.title', { stage: t(`stage.${stage}`) })} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" busy={run.running} disabled={items.length === 0 || number === ''} onClick={() => run.go({ projectId: project.id, stage, items, document: number })}>{t('jointly.act', { count: items.length })}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('jointly.say')}</p>
        <div className="stack" role="group" aria-label={t('jointly.items')}>
          {offered.map((one) => (
            <label key={one.code} className="check"><input type="checkbox" checked={chosen.has(one.code)} onChange={(event) => setChosen((now) => { const next = new Set(now); if (event.target.checked) next.add(one.code); else next.delete(one.code); return next; })} /><span><span className="casecode">{one.code}</span>{pick(one.name, lang)} <span className="dim small">{one.orgName}{one.case?.status === 'received' ? ` · ${t('status.received')}` : ''}</span></span></label>
          ))}
        </div>
        <CaseField label={t('jointly.document')}>{(field) => <TextInput id={field} value={document} onChange={setDocument} maxLength={200} />}</CaseField>
        <p className="dim small">{t('jointly.day', { day: today })}</p>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
