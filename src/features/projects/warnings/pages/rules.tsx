// The warning rules as data: read by everyone, changed by who may, and never before it is shown what would change.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { NumberInput } from '../../../../web/inputs/number.tsx';
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
import '../../portfolio/pages/portfolio.css';
import { changeWarningRules, previewWarningRules, readWarningRules } from '../contract.ts';
import type { WarningRule } from '../rules.ts';

type Level = WarningRule['levels'][number];
type Preview = OutputOf<typeof previewWarningRules>;

export function RulesPage() {
  const t = useT('warnings');
  const { can } = useSession();
  const read = useRead(readWarningRules, {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  return (
    <>
      <PageHead title={t('rules.title')} small={t('rules.small')} />
      {!can('projects.rules') && <p className="two">{t('rules.not_allowed')}</p>}
      <Rules key={read.data.version} rules={read.data.rules} version={read.data.version} mayChange={can('projects.rules')} />
    </>
  );
}

function Rules({ rules, version, mayChange }: { readonly rules: readonly WarningRule[]; readonly version: number; readonly mayChange: boolean }) {
  const t = useT('warnings');
  const [draft, setDraft] = useState(rules);
  const [preview, setPreview] = useState<Preview | undefined>(undefined);
  const ask = useRun(previewWarningRules, { onDone: setPreview, touches: [] });
  const dirty = JSON.stringify(draft) !== JSON.stringify(rules);
  const change = (id: string, part: Partial<WarningRule>): void => setDraft((all) => all.map((rule) => (rule.id === id ? { ...rule, ...part } : rule)));
  return (
    <>
      <p className="dim small">{version === 0 ? t('rules.preset') : t('rules.version', { version })}</p>
      {draft.map((rule) => <Rule key={rule.id} rule={rule} mayChange={mayChange} onChange={(part) => change(rule.id, part)} />)}
      {mayChange && (
        <div className="row push">
          {dirty && <span className="two">{t('rules.dirty')}</span>}
          {dirty && <Button onClick={() => setDraft(rules)}>{t('rules.discard')}</Button>}
          <Button kind="main" disabled={!dirty} busy={ask.running} onClick={() => ask.go({ rules: [...draft] })}>{t('rules.preview')}</Button>
        </div>
      )}
      {ask.error !== undefined && <Problem small error={ask.error} />}
      {preview !== undefined && <PreviewDialog preview={preview} rules={draft} version={version} onClose={() => setPreview(undefined)} />}
    </>
  );
}

function Rule({ rule, mayChange, onChange }: { readonly rule: WarningRule; readonly mayChange: boolean; readonly onChange: (part: Partial<WarningRule>) => void }) {
  const t = useT('warnings');
  const lang = useLang();
  const unit = (level: Level): 'months' | 'days' | 'percent' => (rule.kind !== 'delay' ? 'percent' : level.months === undefined ? 'days' : 'months');
  const word = (level: Level): string => (rule.kind === 'points' ? t('rules.points') : rule.kind === 'ratio' ? t('rules.ratio') : t(`rules.${unit(level)}`));
  const set = (at: number, value: number | undefined): void => onChange({
    levels: rule.levels.map((level, index) => (index === at ? { level: level.level, [unit(level)]: value ?? 0 } : level)),
  });
  return (
    <section className="card rulecard" aria-label={rule.name.zh}>
      <div className="sectionhead">
        <h2>{lang === 'en' ? rule.name.en : rule.name.zh}</h2>
        <span>{t(`object.${rule.object}`)} · {t(`rules.kind.${rule.kind}`)} · {rule.source}</span>
        <label className="row push">
          <input type="checkbox" checked={rule.on} disabled={!mayChange} onChange={(event) => onChange({ on: event.target.checked })} />
          {t(rule.on ? 'rules.on' : 'rules.off')}
        </label>
      </div>
      {rule.levels.map((level, index) => (
        <div key={level.level} className="ruleline">
          <State tone={lightTone(level.level)} word={t(`level.${String(level.level)}`)} />
          <span>{word(level)}</span>
          <NumberInput value={level[unit(level)]} digits={rule.kind === 'delay' ? 0 : 1} disabled={!mayChange} label={`${rule.name.zh} ${word(level)}`} onChange={(value) => set(index, value)} />
        </div>
      ))}
    </section>
  );
}

function PreviewDialog({ preview, rules, version, onClose }: { readonly preview: Preview; readonly rules: readonly WarningRule[]; readonly version: number; readonly onClose: () => void }) {
  const t = useT('warnings');
  const format = useFormat();
  const [reason, setReason] = useState<string | undefined>(undefined);
  const save = useRun(changeWarningRules, { onDone: (output) => {
    toast({ text: t('rules.saved', { projects: output.projects }) });
    onClose();
  } });
  const faulty = preview.faults.length > 0;
  return (
    <Dialog open onClose={onClose} size="large" title={t('rules.preview')} foot={
      <>
        <Button onClick={onClose}>{t('rules.discard')}</Button>
        <Button kind="main" busy={save.running} disabled={faulty || (reason ?? '').length < 2} onClick={() => save.go({ rules: [...rules], reason: reason ?? '' }, { version })}>{t('rules.save')}</Button>
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
