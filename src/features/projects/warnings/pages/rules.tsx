// The warning rules as data: read by everyone, changed by who may, and never before it is shown what would change.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { lightTone } from '../../portfolio/pages/say.ts';
import { changeWarningRules, previewWarningRules, readWarningRules } from '../contract.ts';
import type { WarningRule } from '../rules.ts';
import { draftFaults, freshRule } from './draft.ts';
import { RuleCard, type Wrong } from './ruleform.tsx';
import '../../portfolio/pages/portfolio.css';
import './warnings.css';

type Preview = OutputOf<typeof previewWarningRules>;

const MOST_RULES = 60;

export function RulesPage() {
  const t = useT('warnings');
  const { can } = useSession();
  const read = useRead(readWarningRules, {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  return (
    <>
      <PageHead title={t('rules.title')} small={t('rules.small')} />
      {!can('projects.rules') && <p className="two">{t('rules.not_allowed')}</p>}
      <Rules rules={read.data.rules} version={read.data.version} mayChange={can('projects.rules')} />
    </>
  );
}

function Rules({ rules, version, mayChange }: { readonly rules: readonly WarningRule[]; readonly version: number; readonly mayChange: boolean }) {
  const t = useT('warnings');
  // Kept with the version that it began from: what somebody else saves meanwhile takes nothing away here and is told at saving.
  const [draft, setDraft] = useState<{ rules: readonly WarningRule[]; version: number } | undefined>(undefined);
  const [preview, setPreview] = useState<Preview | undefined>(undefined);
  const ask = useRun(previewWarningRules, { onDone: setPreview, touches: [] });
  const shown = draft?.rules ?? rules;
  const dirty = draft !== undefined && JSON.stringify(draft.rules) !== JSON.stringify(rules);
  const set = (next: readonly WarningRule[]): void => setDraft({ rules: next, version: draft?.version ?? version });
  const faults = draft === undefined ? [] : draftFaults(draft.rules);
  const wrong: Wrong = (path) => {
    const found = faults.find((one) => one.path === path);
    return found === undefined ? undefined : t(`refusal.rule_${found.code}`);
  };
  return (
    <>
      <p className="dim small">{version === 0 ? t('rules.preset') : t('rules.version', { version })}</p>
      {shown.map((rule) => (
        <RuleCard key={rule.id} rule={rule} mayChange={mayChange} faulty={faults.some((one) => one.path.startsWith(`${rule.id}.`))} wrong={wrong}
          onChange={(next) => set(shown.map((one) => (one.id === rule.id ? next : one)))} onDrop={() => set(shown.filter((one) => one.id !== rule.id))} />
      ))}
      {mayChange && (
        <div className="row rulefoot">
          <Button disabled={shown.length >= MOST_RULES} onClick={() => set([...shown, freshRule(shown)])}>{t('rules.add')}</Button>
          <span className={`push ${faults.length > 0 ? 'tone-bad' : 'two'}`}>{faults.length > 0 ? t('rules.faults', { count: faults.length }) : dirty ? t('rules.dirty') : ''}</span>
          {dirty && <Button onClick={() => setDraft(undefined)}>{t('rules.discard')}</Button>}
          <Button kind="main" disabled={!dirty || faults.length > 0} busy={ask.running} onClick={() => ask.go({ rules: [...shown] })}>{t('rules.preview')}</Button>
        </div>
      )}
      {ask.error !== undefined && <Problem small error={ask.error} />}
      {preview !== undefined && draft !== undefined && <PreviewDialog preview={preview} rules={draft.rules} version={draft.version} onClose={() => setPreview(undefined)} onSaved={() => { setPreview(undefined); setDraft(undefined); }} />}
    </>
  );
}

function PreviewDialog({ preview, rules, version, onClose, onSaved }: { readonly preview: Preview; readonly rules: readonly WarningRule[]; readonly version: number; readonly onClose: () => void; readonly onSaved: () => void }) {
  const t = useT('warnings');
  const format = useFormat();
  const [reason, setReason] = useState<string | undefined>(undefined);
  const save = useRun(changeWarningRules, { onDone: (output) => {
    toast({ text: t('rules.saved', { projects: output.projects }) });
    onSaved();
  } });
  const faulty = preview.faults.length > 0;
  return (
    <Dialog open onClose={onClose} size="large" title={t('rules.preview')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" busy={save.running} disabled={faulty || (reason ?? '').trim().length < 2} onClick={() => save.go({ rules: [...rules], reason: reason ?? '' }, { version })}>{t('rules.save')}</Button>
      </>
    }>
      {faulty
        ? <ul className="problem">{preview.faults.map((one) => <li key={one.rule + one.fault}>{one.rule}{t('rules.threshold', { level: '' })} {t(`refusal.rule_${one.fault}`)}</li>)}</ul>
        : <p>{preview.changes.length === 0 ? t('rules.no_change') : t('rules.would_change', { projects: preview.projects, more: preview.more, less: preview.less })}</p>}
      {!faulty && (
        <table className="dimtable">
          <caption className="dim small">{t('rules.counts')}</caption>
          <tbody>
            {[...preview.counts].reverse().map((one) => (
              <tr key={one.level}>
                <th scope="row">{one.level === 0 ? <State tone="ok" /> : <State tone={lightTone(one.level)} word={t(`level.${String(one.level)}`)} />}</th>
                <td className="num">{format.count(one.before)} → {format.count(one.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {preview.changes.length > 0 && (
        <ul className="scrolllist">
          {preview.changes.slice(0, 60).map((one) => (
            <li key={`${one.projectId}${one.rule}${one.subject}`}>
              <State tone={lightTone(one.after)} word={t(`change.${one.before === 0 ? 'on' : one.after === 0 ? 'off' : one.after > one.before ? 'up' : 'down'}`)} /> <Go href={`/projects/${one.projectId}`}>{one.projectName}</Go> <span className="two">{t(`object.${one.object}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {!faulty && <label className="stack"><span>{t('rules.reason')}</span><TextInput value={reason} onChange={setReason} placeholder={t('rules.reason_hint')} maxLength={500} /></label>}
      {save.error !== undefined && <Problem small error={save.error} />}
    </Dialog>
  );
}
