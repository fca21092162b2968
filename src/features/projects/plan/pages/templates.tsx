// 节点模板: what milestones a project of each kind gets, and where they stand against its planned days. A change needs a reason and
// concerns only milestones that are made later.
import { useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../lifecycle/pages/line.tsx';
import { useFreshWhenStale } from '../../lifecycle/pages/stale.ts';
import { KINDS } from '../../register/fields.ts';
import { ANCHORS, changeTemplates, getTemplates, MILESTONE_KINDS, type Template, type Templates } from '../contract.ts';
import './plan.css';

export function TemplatesPage() {
  const t = useT('plan');
  const { can } = useSession();
  const read = useRead(getTemplates, {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  return (
    <>
      <PageHead title={t('templates.title')} small={t('templates.hint')} />
      <Edit key={read.data.version} templates={read.data.templates} version={read.data.version} mayChange={can('projects.rules')} />
    </>
  );
}

function Edit({ templates, version, mayChange }: { readonly templates: Templates; readonly version: number; readonly mayChange: boolean }) {
  const t = useT('plan');
  const projects = useT('projects');
  const [state, set] = useUrlState({ kind: 'enterprise' });
  const [draft, setDraft] = useState(templates);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const save = useRun(changeTemplates, { onDone: () => toast({ text: t('toast.saved') }) });
  useFreshWhenStale(save.error);
  const kind = KINDS.find((one) => one === state.kind) ?? 'enterprise';
  const lines = draft[kind];
  const dirty = JSON.stringify(draft) !== JSON.stringify(templates);
  const write = (next: readonly Template[]): void => setDraft((all) => ({ ...all, [kind]: [...next] }));
  const change = (at: number, part: Partial<Template>): void => write(lines.map((line, index) => (index === at ? { ...line, ...part } : line)));
  return (
    <div className="stack">
      <Tabs label={t('templates.title')} here={kind} onGo={(next) => set({ kind: next })} tabs={KINDS.map((id) => ({ id, label: projects(`kind.${id}`), count: draft[id].length }))} />
      <Scroll label={t('templates.title')} className="card pad">
        <table className="planedit">
          <thead><tr><th>{t('form.name')}</th><th>{t('form.kind')}</th><th className="narrow">{t('form.weight')}</th><th>{t('templates.place')}</th><th className="narrow">{t('templates.amount')}</th><th /></tr></thead>
          <tbody>
            {lines.map((line, at) => <TemplateLine key={at} line={line} off={!mayChange} onChange={(part) => change(at, part)} onWhole={(whole) => write(lines.map((one, index) => (index === at ? whole : one)))} onDrop={() => write(lines.filter((_one, index) => index !== at))} />)}
          </tbody>
        </table>
      </Scroll>
      {mayChange && <div className="row"><Button small onClick={() => write([...lines, { kind: 'other', name: t('kind.other'), weight: 10, anchor: 'start', offsetDays: 0 }])}>{t('tab.add')}</Button><span className="dim small push">{t('templates.sum', { sum: lines.reduce((sum, line) => sum + line.weight, 0) })}</span></div>}
      {mayChange && dirty && (
        <div className="card pad stack">
          <Line label={t('form.reason')}>{(id) => <TextInput id={id} value={reason} maxLength={1000} onChange={setReason} />}</Line>
          {save.error !== undefined && <Problem small error={save.error} />}
          <div className="row end"><Button kind="main" disabled={(reason?.trim().length ?? 0) < 2} busy={save.running} onClick={() => save.go({ templates: draft, reason: reason?.trim() ?? '' }, { version })}>{t('act.save')}</Button></div>
        </div>
      )}
    </div>
  );
}

const SHARE = 'share';

function TemplateLine({ line, off, onChange, onWhole, onDrop }: { readonly line: Template; readonly off: boolean; readonly onChange: (part: Partial<Template>) => void; readonly onWhole: (line: Template) => void; readonly onDrop: () => void }) {
  const t = useT('plan');
  const { sharePercent, ...rest } = line;
  const place = sharePercent === undefined ? line.anchor : SHARE;
  const move = (value: string | undefined): void => {
    if (value === SHARE) onWhole({ ...rest, sharePercent: 50 });
    else onWhole({ ...rest, anchor: ANCHORS.find((one) => one === value) ?? 'start' });
  };
  return (
    <tr>
      <td><TextInput label={t('form.name')} value={line.name} disabled={off} maxLength={200} onChange={(name) => onChange({ name: name ?? '' })} /></td>
      <td><SelectInput label={t('form.kind')} value={line.kind} disabled={off} onChange={(kind) => onChange({ kind: MILESTONE_KINDS.find((one) => one === kind) ?? 'other' })} options={MILESTONE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} /></td>
      <td><NumberInput label={t('form.weight')} digits={0} value={line.weight} disabled={off} onChange={(weight) => onChange({ weight: weight ?? 0 })} /></td>
      <td><SelectInput label={t('templates.place')} value={place} disabled={off} onChange={move} options={[...ANCHORS.map((value) => ({ value, label: t('templates.from', { anchor: t(`anchor.${value}`) }) })), { value: SHARE, label: t('templates.ofWorks') }]} /></td>
      <td><NumberInput label={t('templates.amount')} digits={0} value={sharePercent ?? line.offsetDays} disabled={off} onChange={(value) => onChange(sharePercent === undefined ? { offsetDays: value ?? 0 } : { sharePercent: value ?? 1 })} /></td>
      <td>{!off && <Button small kind="quiet" label={`${t('act.remove')} ${line.name}`} onClick={onDrop}>{t('act.remove')}</Button>}</td>
    </tr>
  );
}
