// Takes a contractor's file: sends it, lets the server read and compute it, and says what came of it or why nothing did.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { importSchedule } from '../contract.ts';

const MAX_BYTES = 50 * 1_048_576;

export function Drop({ id, title, hint, onStored }: { readonly id: string; readonly title?: string; readonly hint?: string; readonly onStored: () => void }) {
  const t = useT('schedules');
  const format = useFormat();
  const [name, setName] = useState('');
  const run = useRun(importSchedule, {
    touches: ['approvals.'],
    onDone: ({ known, number, tasks }) => {
      toast({ text: known ? t('page.known', { number }) : t('page.imported', { number, tasks: format.count(tasks) }) });
      onStored();
    },
  });
  return (
    <div className="card pad stack">
      {title !== undefined && <div><b>{title}</b>{hint !== undefined && <p className="two small">{hint}</p>}</div>}
      {run.error !== undefined && <Problem small error={run.error} />}
      {run.running ? <p className="scheduling" role="status"><progress aria-label={name} />{t('page.reading', { name })}</p> : (
        <FileDrop accept=".xml,.xer" maxBytes={MAX_BYTES} say={t('page.drop')} hint={t('page.dropHint', { max: format.bytes(MAX_BYTES) })} onStored={(file) => {
          setName(file.name);
          run.go({ id, scheduleId: newId(), sha256: file.id, fileName: file.name });
        }} />
      )}
    </div>
  );
}
