// Assessments that are written, reviewed and approved together (多评合一): which, in which steps, outside which clock, on what it rests. Only
// changes the draft; what comes from a layer below is changed here or given back, not taken away.
import { useLang, useT } from '../../../../web/i18n.ts';
import { MultiSelect } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import type { Bundle } from '../shape.ts';
import type { Wrong } from './editing.tsx';
import type { FrameView } from './frame.ts';
import { daysOf } from './frame.ts';
import { BasisEditor, OutsideEditor, StepsEditor, unmarked } from './limits.tsx';
import { pick, sayDays } from './words.ts';

export interface BundlesProps {
  readonly bundles: readonly Bundle[];
  readonly below: readonly Bundle[];
  readonly names: FrameView['names'];
  readonly wrong: Wrong;
  readonly sources: FrameView['sources'];
  readonly onChange: (bundles: Bundle[]) => void;
}

const MOST = 10;

export function BundlesEditor({ bundles, below, names, wrong, sources, onChange }: BundlesProps) {
  const t = useT('approvals');
  const [source] = sources;
  const put = (at: number, next: Bundle): void => onChange(bundles.map((one, index) => (index === at ? unmarked(next) : one)));
  return (
    <div className="editparts">
      {bundles.map((one, index) => (
        <BundleEditor key={one.code} bundle={one} names={names} sources={sources} wrong={(path, within) => wrong(`bundles.${one.code}${path}`, within) ?? wrong(`bundles.${String(index)}${path}`, within)} onChange={(next) => put(index, next)}
          {...(below.some((other) => other.code === one.code) ? {} : { onDrop: () => onChange(bundles.filter((_, at) => at !== index)) })} />
      ))}
      {bundles.length < MOST && source !== undefined && <Button small onClick={() => onChange([...bundles, { code: freeCode(bundles), name: { zh: '', en: '' }, members: [], steps: [{ name: { zh: '', en: '' }, days: 1 }], outside: [], basis: { source: source.key, read: 'verify' } }])}>{t('catalogue.layer.addBundle')}</Button>}
    </div>
  );
}

function BundleEditor({ bundle, names, sources, wrong, onChange, onDrop }: { readonly bundle: Bundle; readonly names: FrameView['names']; readonly sources: FrameView['sources']; readonly wrong: Wrong; readonly onChange: (bundle: Bundle) => void; readonly onDrop?: () => void }) {
  const t = useT('approvals');
  const lang = useLang();
  return (
    <div className="editpart">
      <p className="row"><b>{bundle.code}</b> <span className="tag">{sayDays(Number.isFinite(daysOf(bundle)) ? daysOf(bundle) : 0, 'working', t)}</span>{onDrop !== undefined && <span className="push"><Button small kind="quiet" onClick={onDrop}>{t('catalogue.layer.dropBundle')}</Button></span>}</p>
      <div className="fields of2">
        <Line label={t('catalogue.field.nameZh')} fault={wrong('.name.zh')}>{(id, bad) => <TextInput id={id} {...bad} maxLength={300} value={bundle.name.zh} onChange={(zh) => onChange({ ...bundle, name: { ...bundle.name, zh: zh ?? '' } })} />}</Line>
        <Line label={t('catalogue.field.nameEn')} fault={wrong('.name.en')}>{(id, bad) => <TextInput id={id} {...bad} maxLength={400} value={bundle.name.en} onChange={(en) => onChange({ ...bundle, name: { ...bundle.name, en: en ?? '' } })} />}</Line>
        <Line wide label={t('catalogue.layer.bundled')} hint={t('catalogue.layer.bundledHint')} fault={wrong('.members', true)}>{(id) => <MultiSelect id={id} value={bundle.members} options={names.map((one) => ({ value: one.code, label: `${one.code} ${pick(one.name, lang)}` }))} onChange={(members) => onChange({ ...bundle, members: [...(members ?? [])].slice(0, 20) })} />}</Line>
        <BasisEditor basis={bundle.basis} path=".basis" wrong={wrong} sources={sources} onChange={(basis) => onChange({ ...bundle, basis })} />
      </div>
      <div><p className="two small">{t('catalogue.field.steps')}</p><StepsEditor steps={bundle.steps} fault={wrong('.steps', true)} onChange={(steps) => onChange({ ...bundle, steps })} /></div>
      <div><p className="two small">{t('catalogue.field.outside')}</p><OutsideEditor outside={bundle.outside} path=".outside" wrong={wrong} sources={sources} onChange={(outside) => onChange({ ...bundle, outside })} /></div>
    </div>
  );
}

function freeCode(bundles: readonly Bundle[]): string {
  const codes = Array.from({ length: 99 }, (_, i) => `X${String(i + 1).padStart(2, '0')}`);
  return codes.find((code) => bundles.every((one) => one.code !== code)) ?? 'X99';
}
