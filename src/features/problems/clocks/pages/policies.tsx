// Clock policies of problems: which there are, which one counts new problems, of all kinds or of some; and what the zone has decided beside them: whether
// updates are approved, what is raised by rule.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { SEVERITIES } from '../../life/steps.ts';
import type { Kind } from '../../pool/kinds.ts';
import { changeSettings, choosePolicy, getKinds, getSettings, listPolicies, type AutoRules, type PolicyRow } from '../contract.ts';
import './policies.css';

export function PoliciesPage() {
  const t = useT('policies');
  const policies = useRead(listPolicies, {});
  const kinds = useRead(getKinds, {});
  const settings = useRead(getSettings, {});
  const error = policies.error ?? kinds.error ?? settings.error;
  if (policies.data === undefined || kinds.data === undefined || settings.data === undefined) {
    return error === undefined ? <Loading kind="table" lines={6} /> : <Problem error={error} onRetry={() => { policies.again(); kinds.again(); settings.again(); }} />;
  }
  return (
    <>
      <PageHead title={t('title')} actions={<Button href="/admin/problem-kinds">{t('kindsTitle')}</Button>} />
      <p className="policysay">{t('say')}</p>
      <List items={policies.data.items} kinds={kinds.data.kinds} />
      <Choice key={`c${String(policies.data.version)}`} items={policies.data.items} version={policies.data.version} kinds={kinds.data.kinds} />
      <Settings key={`s${String(settings.data.version)}`} settings={settings.data} kinds={kinds.data.kinds} />
    </>
  );
}

function useNames(kinds: readonly Kind[]): (code: string) => string {
  const lang = useLang();
  return (code) => {
    const kind = kinds.find((one) => one.code === code);
    return kind === undefined ? code : lang === 'en' ? kind.en : kind.zh;
  };
}

function List({ items, kinds }: { readonly items: readonly PolicyRow[]; readonly kinds: readonly Kind[] }) {
  const t = useT('policies');
  const lang = useLang();
  const f = useFormat();
  const nameOf = useNames(kinds);
  return (
    <Scroll label={t('title')}>
      <table className="plain">
        <thead><tr><th>{t('policy')}</th><th>{t('countsNew')}</th><th className="num">{t('version')}</th><th className="num">{t('openProblems')}</th><th className="num">{t('olderProblems')}</th></tr></thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.code}>
              <td><Go href={`/admin/problem-clocks/${one.code}`}>{lang === 'en' ? one.en : one.zh}</Go></td>
              <td>{one.current ? t('allKinds') : one.kinds.length > 0 ? one.kinds.map(nameOf).join(t('web:listComma')) : <span className="dim">—</span>}</td>
              <td className="num">{one.version}</td>
              <td className="num">{f.count(one.open)}</td>
              <td className="num">{one.older === 0 ? <span className="dim">0</span> : f.count(one.older)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Which policy counts new problems; saved with a reason. Open problems stay with theirs. */
function Choice({ items, version, kinds }: { readonly items: readonly PolicyRow[]; readonly version: number; readonly kinds: readonly Kind[] }) {
  const t = useT('policies');
  const lang = useLang();
  const { can } = useSession();
  const nameOf = useNames(kinds);
  const start = { code: items.find((one) => one.current)?.code ?? '', kinds: items.flatMap((one) => one.kinds.map((kind) => ({ kind, code: one.code }))) };
  const [chosen, setChosen] = useState(start);
  const save = useRun(choosePolicy, { touches: ['problems.'], onDone: () => toast({ text: t('chosen') }) });
  const options = items.map((one) => ({ value: one.code, label: lang === 'en' ? one.en : one.zh }));
  const free = kinds.filter((one) => one.retired !== true && !chosen.kinds.some((each) => each.kind === one.code));
  const off = !can('problems.keep_policies');
  const keep = async (): Promise<void> => {
    const reason = await confirm({ title: t('chooseTitle'), text: t('chooseSay'), act: t('choose'), reason: t('reason') });
    if (reason !== undefined) save.go({ ...chosen, reason }, { version });
  };
  return (
    <Section title={t('chooseTitle')} hint={t('chooseSay')}>
      <div className="card pad stack">
        <div className="row"><span className="choicekind">{t('allOther')}</span><span className="choicepolicy"><SelectInput label={t('policy')} value={chosen.code} options={options} disabled={off} onChange={(code) => setChosen({ ...chosen, code: code ?? chosen.code })} /></span></div>
        {chosen.kinds.map((one, index) => (
          <div className="row" key={one.kind}>
            <span className="choicekind">{nameOf(one.kind)}</span>
            <span className="choicepolicy"><SelectInput label={t('policyOf', { kind: nameOf(one.kind) })} value={one.code} options={options} disabled={off} onChange={(code) => setChosen({ ...chosen, kinds: chosen.kinds.map((each, i) => (i === index ? { ...each, code: code ?? each.code } : each)) })} /></span>
            {!off && <Button small kind="quiet" onClick={() => setChosen({ ...chosen, kinds: chosen.kinds.filter((_, i) => i !== index) })}>{t('remove')}</Button>}
          </div>
        ))}
        {!off && (
          <div className="row">
            {free.length > 0 && <span className="choicekind"><SelectInput label={t('addKind')} placeholder={t('addKind')} value={undefined} options={free.map((one) => ({ value: one.code, label: nameOf(one.code) }))} onChange={(kind) => { if (kind !== undefined) setChosen({ ...chosen, kinds: [...chosen.kinds, { kind, code: chosen.code }] }); }} /></span>}
            <span className="push"><Button kind="main" busy={save.running} disabled={JSON.stringify(chosen) === JSON.stringify(start)} onClick={() => void keep()}>{t('choose')}</Button></span>
          </div>
        )}
        {save.error !== undefined && <Problem small error={save.error} />}
      </div>
    </Section>
  );
}

function Settings({ settings, kinds }: { readonly settings: OutputOf<typeof getSettings>; readonly kinds: readonly Kind[] }) {
  const t = useT('policies');
  const { can } = useSession();
  const [kept, setKept] = useState({ rules: settings.rules, approveUpdates: settings.approveUpdates });
  const save = useRun(changeSettings, { touches: ['problems.'], onDone: () => toast({ text: t('settingsSaved') }) });
  const off = !can('problems.keep_policies');
  const set = (rules: Partial<AutoRules>): void => setKept({ ...kept, rules: { ...kept.rules, ...rules } });
  const { red_light: light, case_due: due } = kept.rules;
  const same = JSON.stringify(kept) === JSON.stringify({ rules: settings.rules, approveUpdates: settings.approveUpdates });
  const keep = async (): Promise<void> => {
    const reason = await confirm({ title: t('settings'), act: t('save'), reason: t('reason') });
    if (reason !== undefined) save.go({ ...kept, reason }, { version: settings.version });
  };
  return (
    <Section title={t('settings')} hint={t('settingsHint')}>
      <div className="card pad stack">
        <CheckInput value={kept.approveUpdates} disabled={off} onChange={(on) => setKept({ ...kept, approveUpdates: on === true })}>{t('approveUpdates')}</CheckInput>
        <div className="row">
          <CheckInput value={light.on} disabled={off} onChange={(on) => set({ red_light: { ...light, on: on === true } })}>{t('raiseLight')}</CheckInput>
          {light.on && <RuleWhat value={light} kinds={kinds} off={off} onChange={(what) => set({ red_light: { ...light, ...what } })} />}
        </div>
        <div className="row">
          <CheckInput value={due.on} disabled={off} onChange={(on) => set({ case_due: { ...due, on: on === true } })}>{t('raiseCase')}</CheckInput>
          {due.on && <><span className="limitcount"><NumberInput label={t('before')} unit={t('workdays')} value={due.workdays} digits={0} disabled={off} onChange={(days) => set({ case_due: { ...due, workdays: Math.min(60, Math.max(0, Math.round(days ?? 0))) } })} /></span><RuleWhat value={due} kinds={kinds} off={off} onChange={(what) => set({ case_due: { ...due, ...what } })} /></>}
        </div>
        {!off && <div className="row"><span className="push"><Button kind="main" disabled={same} busy={save.running} onClick={() => void keep()}>{t('save')}</Button></span></div>}
        {save.error !== undefined && <Problem small error={save.error} />}
      </div>
    </Section>
  );
}

type What = Pick<AutoRules['red_light'], 'kind' | 'severity'>;

function RuleWhat({ value, kinds, off, onChange }: { readonly value: What; readonly kinds: readonly Kind[]; readonly off: boolean; readonly onChange: (what: What) => void }) {
  const t = useT('policies');
  const nameOf = useNames(kinds);
  return (
    <>
      <span className="linewhat"><SelectInput label={t('kind')} value={value.kind} disabled={off} options={kinds.filter((one) => one.retired !== true).map((one) => ({ value: one.code, label: nameOf(one.code) }))} onChange={(kind) => onChange({ kind: kind ?? value.kind, severity: value.severity })} /></span>
      <span className="linewhat"><SelectInput label={t('severities')} value={value.severity} disabled={off} options={SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }))} onChange={(word) => onChange({ kind: value.kind, severity: SEVERITIES.find((one) => one === word) ?? value.severity })} /></span>
    </>
  );
}
