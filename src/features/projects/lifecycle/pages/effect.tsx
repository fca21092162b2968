// What changed rules would do to real projects, before they are saved: which could no longer go on, which could, and why.
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { hasWords, useLang, useT } from '../../../../web/i18n.ts';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { changeLifecycle, previewLifecycle } from '../contract.ts';
import type { Lifecycle } from '../shape.ts';
import { Line } from './line.tsx';
import { pick } from './words.ts';
import './lifecycle.css';

type Preview = OutputOf<typeof previewLifecycle>;

export function EffectDialog({ rules, version, onClose, onSaved }: { readonly rules: Lifecycle; readonly version: number; readonly onClose: () => void; readonly onSaved: () => void }) {
  const t = useT('lifecycle');
  const format = useFormat();
  const [preview, setPreview] = useState<Preview | undefined>(undefined);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const ask = useRun(previewLifecycle, { onDone: setPreview, touches: [] });
  const save = useRun(changeLifecycle, { onDone: (output) => { toast({ text: t('liferules:saved', { version: output.version }) }); onSaved(); } });
  const { go } = ask;
  useEffect(() => { go({ rules }); }, [go, rules]);
  const sound = preview !== undefined && preview.faults.length === 0;
  const ready = sound && (reason?.trim().length ?? 0) >= 2;
  return (
    <Dialog open size="large" onClose={onClose} title={t('liferules:previewTitle')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={save.running} onClick={() => save.go({ rules, reason: reason ?? '' }, { version })}>{t('liferules:save')}</Button>
      </>
    }>
      <div className="stack">
        {preview === undefined && (ask.error === undefined ? <Loading lines={5} /> : <Problem small error={ask.error} onRetry={() => go({ rules })} />)}
        {preview !== undefined && !sound && <Faults preview={preview} />}
        {sound && (
          <>
            <p>
              {t('liferules:looked', { count: format.count(preview.looked) })}
              {preview.refused + preview.allowed === 0
                ? `　${t('liferules:same')}`
                : <>　<b className="tone-late">{t('liferules:refused', { count: format.count(preview.refused) })}</b>　<b className="tone-ok">{t('liferules:allowed', { count: format.count(preview.allowed) })}</b></>}
            </p>
            {preview.changes.length > 0 && <Changes preview={preview} rules={rules} />}
            <Line label={t('liferules:reason')}>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={reason} onChange={setReason} />}</Line>
          </>
        )}
        {save.error !== undefined && <Problem small error={save.error} />}
      </div>
    </Dialog>
  );
}

function Faults({ preview }: { readonly preview: Preview }) {
  const t = useT('lifecycle');
  return (
    <div className="problem" role="alert">
      <p className="blanktitle">{t('liferules:faults', { count: preview.faults.length })}</p>
      <ul>{preview.faults.map((one) => <li key={one.path + one.code}>{hasWords(`lifecycle:refusal.fault_${one.code}`) ? t(`lifecycle:refusal.fault_${one.code}`, { what: one.what }) : one.code}　<span className="dim small">{one.path}</span></li>)}</ul>
    </div>
  );
}

function Changes({ preview, rules }: { readonly preview: Preview; readonly rules: Lifecycle }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const stage = (code: string): string => {
    const found = rules.stages.find((one) => one.code === code);
    return found === undefined ? code : pick(found.name, lang);
  };
  const condition = (code: string): string => {
    const found = rules.stages.flatMap((one) => one.conditions).find((one) => one.code === code);
    return found === undefined ? code : pick(found.name, lang);
  };
  return (
    <>
      <ul className="effects">
        {preview.changes.map((one) => (
          <li key={one.id + one.next}>
            <State tone={one.after === 'shut' ? 'late' : 'ok'} word={t(one.after === 'shut' ? 'liferules:toShut' : 'liferules:toOpen')} /> <Go href={`/projects/${one.id}/lifecycle`}>{one.name}</Go>
            <span className="two small">　{t('liferules:into', { stage: stage(one.next) })}　{one.conditions.map(condition).join(t('comma'))}</span>
          </li>
        ))}
      </ul>
      {preview.changes.length < preview.refused + preview.allowed && <p className="dim small">{t('liferules:shown', { count: preview.changes.length })}</p>}
    </>
  );
}
