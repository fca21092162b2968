// The dialog of an application for one item, with its materials and if need be with a power of attorney.
import { useState } from 'react';
import { addDays } from '../../../../kernel/days.ts';
import { useRun } from '../../../../web/client.ts';
import { newId } from '../../../../web/ids.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { StoredFile } from '../../../../web/upload.ts';
import { openCase } from '../contract.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import { MaterialsInput, sent, type Attached } from './materials.tsx';
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
  const [materials, setMaterials] = useState<readonly Attached[]>([]);
  const run = useRun(openCase, { touches: ['approvals.'], onDone: () => { toast({ text: t('apply.done', { item: pick(item.name, lang) }) }); onClose(); } });
  const text = note?.trim() ?? '';
  const late = day !== undefined && day !== today;
  const ready = (!late || text !== '') && day !== undefined && materials.every((one) => one.name.trim() !== '') && (!project.can.asAgent || file !== undefined);
  return (
    <Dialog open onClose={onClose} title={t('apply.title', { item: pick(item.name, lang) })} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" busy={run.running} disabled={!ready} onClick={() => run.go({ id, projectId: project.id, item: item.code, ...(day === undefined || day === today ? {} : { day }), ...(file === undefined ? {} : { attorneySha: file.id }), ...(text === '' ? {} : { note: text }), ...sent(materials) })}>{t('apply.act')}</Button>
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
        {project.can.enterLate && <Labelled label={t('apply.day')} hint={late ? t('apply.late') : undefined}>{(field) => <DayInput id={field} today={today} min={addDays(today, -366)} max={today} value={day} onChange={setDay} />}</Labelled>}
        <Labelled label={t(late ? 'apply.reason' : 'apply.note')} optional={!late}>{(field) => <TextArea id={field} rows={2} maxLength={1000} value={note} onChange={setNote} />}</Labelled>
        <MaterialsInput listed={item.materials} value={materials} onChange={setMaterials} />
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
