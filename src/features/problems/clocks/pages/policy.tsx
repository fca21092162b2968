// One clock policy: what it says, line by line; changed as a draft, shown what that would do to the open problems, saved as a new version with a reason.
// What is open goes on by the old version until somebody says that it is counted anew.
import { useState } from 'react';
import { send, useRead, useRun } from '../../../../web/client.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/path.ts';
import { useSession } from '../../../../web/session.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Kind } from '../../pool/kinds.ts';
import { getKinds, getPolicy, listPolicies, previewPolicy, recalculate, savePolicy } from '../contract.ts';
import { policyFaults, type LimitLine, type Policy } from '../policy.ts';
import { HoursInput, LadderInput, LimitInput, LineInput, minuteOf, timeOf, whole, type HourTexts } from './limits.tsx';
import './policies.css';

type Shown = OutputOf<typeof getPolicy>;

export function PolicyPage() {
  const { code = '' } = usePath();
  const [at, setAt] = useUrlState({ version: undefined as string | undefined });
  const policy = useRead(getPolicy, { code, ...(at.version === undefined ? {} : { version: Number(at.version) }) });
  const kinds = useRead(getKinds, {});
  if (policy.data === undefined || kinds.data === undefined) {
    const error = policy.error ?? kinds.error;
    return error === undefined ? <Loading kind="record" /> : <Problem error={error} onRetry={() => { policy.again(); kinds.again(); }} />;
  }
  return <One key={`${policy.data.code}:${String(policy.data.version)}`} shown={policy.data} kinds={kinds.data.kinds} onVersion={(version) => setAt({ version })} />;
}

interface Draft { readonly body: Policy; readonly hours: HourTexts }

function draftOf(body: Policy): Draft {
  return { body, hours: body.hours.map(([from, to]) => [timeOf(from), timeOf(to)] as const) };
}

/** The policy that the draft says; undefined while something in it is no number or no time. */
function policyIn({ body, hours }: Draft): Policy | undefined {
  const times = hours.map(([from, to]) => [minuteOf(from), minuteOf(to)] as const);
  if (times.some(([from, to]) => from === undefined || to === undefined)) return undefined;
  const limits = [...body.lines.flatMap(({ sign, forward, reply, solve }) => [sign, forward, reply, solve]), body.confirm, body.pause.enterprise, body.pause.upper_level, body.handback, ...body.ladder.flatMap(({ after }) => (after === null ? [] : [after]))];
  if (!limits.every((one) => whole(one.count)) || !(Number.isInteger(body.pingPong) && body.pingPong >= 1 && body.pingPong <= 10) || !(body.sampleBp >= 0 && body.sampleBp <= 10_000)) return undefined;
  if (body.zh.trim() === '' || body.en.trim() === '') return undefined;
  return { ...body, sampleBp: Math.round(body.sampleBp), hours: times.map(([from = 0, to = 0]) => [from, to]) };
}

function One({ shown, kinds, onVersion }: { readonly shown: Shown; readonly kinds: readonly Kind[]; readonly onVersion: (version: string | undefined) => void }) {
  const t = useT('policies');
  const lang = useLang();
  const { can } = useSession();
  const [draft, setDraft] = useState<Draft | undefined>(undefined);
  const [preview, setPreview] = useState<OutputOf<typeof previewPolicy> | undefined>(undefined);
  const ask = useRun(previewPolicy, { onDone: setPreview, touches: [] });
  const save = useRun(savePolicy, { touches: ['problems.'], onDone: ({ version }) => { setDraft(undefined); setPreview(undefined); onVersion(undefined); toast({ text: t('saved', { version }) }); } });
  const { body, hours } = draft ?? draftOf(shown.body);
  const may = can('problems.keep_policies');
  const off = draft === undefined;
  const set = (part: Partial<Policy>): void => setDraft({ hours, body: { ...body, ...part } });
  const policy = draft === undefined ? undefined : policyIn(draft);
  const faults = policy === undefined ? [] : policyFaults(policy);
  const wrong = !off && (policy === undefined || faults.length > 0);
  const keep = async (): Promise<void> => {
    if (policy === undefined) return;
    const reason = await confirm({ title: t('saveTitle', { version: shown.newest + 1 }), text: t('saveSay'), act: t('save'), reason: t('reason') });
    if (reason !== undefined) save.go({ code: shown.code, body: policy, reason }, { version: shown.newest });
  };
  return (
    <>
      <PageHead title={lang === 'en' ? body.en : body.zh} crumbs={<Crumbs crumbs={[{ label: t('title'), href: '/admin/problem-clocks' }, { label: lang === 'en' ? body.en : body.zh }]} />} small={shown.version === shown.newest ? t('versionNumber', { version: shown.version }) : t('versionOf', { version: shown.version, newest: shown.newest })}
        actions={<>
          {shown.versions.length > 1 && off && <span className="versionpick"><SelectInput label={t('version')} value={String(shown.version)} options={shown.versions.map((one) => ({ value: String(one.version), label: t('versionNumber', { version: one.version }), hint: one.byName ?? t('shipped') }))} onChange={(version) => onVersion(version === String(shown.newest) ? undefined : version)} /></span>}
          {may && off && <Button kind="main" onClick={() => setDraft(draftOf(shown.body))}>{t('change')}</Button>}
        </>} />
      <Why shown={shown} />
      {may && off && <Anew code={shown.code} />}
      {!off && (
        <Section title={t('names')}>
          <div className="card pad grid2">
            <label className="stack"><span>{t('nameZh')}</span><TextInput value={body.zh} maxLength={60} invalid={body.zh.trim() === ''} onChange={(zh) => set({ zh: zh ?? '' })} /></label>
            <label className="stack"><span>{t('nameEn')}</span><TextInput value={body.en} maxLength={80} invalid={body.en.trim() === ''} onChange={(en) => set({ en: en ?? '' })} /></label>
          </div>
        </Section>
      )}
      <Section title={t('lines')} hint={t('linesHint')}>
        <div className="card pad"><Lines lines={body.lines} kinds={kinds} off={off} onChange={(lines) => set({ lines: [...lines] })} /></div>
      </Section>
      <Section title={t('hours')} hint={t('hoursHint')}>
        <div className="card pad"><HoursInput value={hours} disabled={off} onChange={(next) => setDraft({ body, hours: next })} /></div>
      </Section>
      <Section title={t('rules')}>
        <div className="card pad stack">
          <div className="row">
            <LimitInput label={t('confirm')} value={body.confirm} disabled={off} onChange={(confirmed) => set({ confirm: confirmed })} />
            <LimitInput label={t('pauseEnterprise')} value={body.pause.enterprise} disabled={off} onChange={(enterprise) => set({ pause: { ...body.pause, enterprise } })} />
            <LimitInput label={t('pauseUpper')} value={body.pause.upper_level} disabled={off} onChange={(upper) => set({ pause: { ...body.pause, upper_level: upper } })} />
            <LimitInput label={t('handback')} value={body.handback} disabled={off} onChange={(handback) => set({ handback })} />
          </div>
          <div className="row">
            <Plain label={t('pingPong')} unit={t('times')} value={body.pingPong} off={off} onChange={(pingPong) => set({ pingPong })} />
            <Plain label={t('sample')} unit="%" value={body.sampleBp / 100} off={off} onChange={(percent) => set({ sampleBp: percent * 100 })} />
          </div>
        </div>
      </Section>
      <Section title={t('ladder')} hint={t('ladderHint')}>
        <div className="card pad"><LadderInput value={body.ladder} disabled={off} onChange={(ladder) => set({ ladder: [...ladder] })} /></div>
      </Section>
      {!off && (
        <div className="row policyfoot">
          <span className={wrong ? 'tone-bad' : 'two'} role="status">{policy === undefined ? t('unfinished') : faults.length > 0 ? [...new Set(faults.map((one) => t(`fault.${one.code}`)))].join(t('web:listComma')) : t('drafted')}</span>
          <span className="row push">
            <Button onClick={() => setDraft(undefined)}>{t('discard')}</Button>
            <Button kind="main" disabled={wrong} busy={ask.running} onClick={() => { if (policy !== undefined) ask.go({ code: shown.code, body: policy }); }}>{t('preview')}</Button>
          </span>
        </div>
      )}
      {ask.error !== undefined && <Problem small error={ask.error} />}
      {preview !== undefined && <Effect preview={preview} running={save.running} error={save.error} onClose={() => setPreview(undefined)} onSave={() => void keep()} />}
    </>
  );
}

function Why({ shown }: { readonly shown: Shown }) {
  const t = useT('policies');
  const f = useFormat();
  const one = shown.versions.find((version) => version.version === shown.version);
  if (one?.byName === null || one?.byName === undefined) return <p className="policysay">{t('shippedSay')}</p>;
  return <p className="policysay">{t('savedBy', { name: one.byName, at: f.instant(one.at ?? ''), reason: one.reason ?? '' })}</p>;
}

function Plain({ label, unit, value, off, onChange }: { readonly label: string; readonly unit: string; readonly value: number; readonly off: boolean; readonly onChange: (value: number) => void }) {
  if (off) return <span className="limit"><span className="two small">{label}</span> {value} {unit}</span>;
  return <span className="limit"><span className="two small">{label}</span><span className="limitcount"><NumberInput label={label} unit={unit} value={value} invalid={Number.isNaN(value)} onChange={(next) => onChange(next ?? NaN)} /></span></span>;
}

const MOST_LINES = 40;

function Lines({ lines, kinds, off, onChange }: { readonly lines: readonly LimitLine[]; readonly kinds: readonly Kind[]; readonly off: boolean; readonly onChange: (lines: readonly LimitLine[]) => void }) {
  const t = useT('policies');
  const swap = (index: number): void => onChange(lines.map((line, i) => (i === index - 1 ? lines[index] ?? line : i === index ? lines[index - 1] ?? line : line)));
  const last = lines.length - 1;
  return (
    <>
      {lines.map((line, index) => (
        <LineInput key={index} value={line} disabled={off} kinds={kinds} last={index === last} onChange={(next) => onChange(lines.map((one, i) => (i === index ? next : one)))}
          actions={off || index === last ? null : <>
            {index > 0 && <Button small kind="quiet" onClick={() => swap(index)}>{t('up')}</Button>}
            <Button small kind="quiet" onClick={() => onChange(lines.filter((_, i) => i !== index))}>{t('remove')}</Button>
          </>} />
      ))}
      {!off && lines.length < MOST_LINES && <Button small onClick={() => { const all = lines[last]; if (all !== undefined) onChange([...lines.slice(0, last), { ...all, severities: ['urgent'] }, all]); }}>{t('addLine')}</Button>}
    </>
  );
}

interface EffectProps { readonly preview: OutputOf<typeof previewPolicy>; readonly running: boolean; readonly error: Parameters<typeof Problem>[0]['error'] | undefined; readonly onClose: () => void; readonly onSave: () => void }

function Effect({ preview, running, error, onClose, onSave }: EffectProps) {
  const t = useT('policies');
  const f = useFormat();
  return (
    <Dialog open onClose={onClose} size="large" title={t('effect')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={running} onClick={onSave}>{t('save')}</Button></>}>
      <p>{t('effectOpen', { count: preview.open })}</p>
      <p>{preview.moved === 0 ? t('effectNone') : t('effectMoved', { count: preview.moved, earlier: f.count(preview.earlier), overdue: f.count(preview.overdue) })}</p>
      <p className="two">{t('effectSay')}</p>
      {preview.examples.length > 0 && (
        <table className="plain">
          <thead><tr><th>{t('problem')}</th><th>{t('dueNow')}</th><th>{t('dueThen')}</th></tr></thead>
          <tbody>{preview.examples.map((one) => <tr key={one.id}><td><Go href={`/problems/${one.id}`}>{one.number}</Go> {one.title}</td><td>{f.day(one.before)}</td><td>{f.day(one.after)}</td></tr>)}</tbody>
        </table>
      )}
      {error !== undefined && <Problem small error={error} />}
    </Dialog>
  );
}

/** Open problems that an older version counts: counted anew, some at a time, with how far it is. */
function Anew({ code }: { readonly code: string }) {
  const t = useT('policies');
  const list = useRead(listPolicies, {});
  const [done, setDone] = useState<number | undefined>(undefined);
  const [failed, setFailed] = useState<unknown>(undefined);
  const older = list.data?.items.find((one) => one.code === code)?.older ?? 0;
  if (older === 0 && done === undefined) return null;
  const go = async (): Promise<void> => {
    const reason = await confirm({ title: t('anew'), text: t('anewSay', { count: older }), act: t('anew'), reason: t('reason') });
    if (reason === undefined) return;
    setFailed(undefined);
    setDone(0);
    try {
      for (let after: string | null | undefined, sum = 0; after !== null;) {
        const reply = await send<OutputOf<typeof recalculate>>(recalculate.name, { code, reason, ...(after === undefined ? {} : { after }) }, newId());
        sum += reply.done;
        setDone(sum);
        after = reply.next;
      }
      toast({ text: t('anewDone') });
    } catch (error) {
      setFailed(error);
    }
    setDone(undefined);
    list.again();
  };
  return (
    <div className="card pad row anew" role="status">
      <span>{done === undefined ? t('older', { count: older }) : t('anewRunning', { count: done })}</span>
      <span className="push"><Button busy={done !== undefined} onClick={() => void go()}>{t('anew')}</Button></span>
      {failed !== undefined && <span className="tone-bad">{t('anewFailed')}</span>}
    </div>
  );
}
