// A layer without its items while it is changed: published flows, milestones, what is assessed together, the policy. Nothing is stored from here
// but through the preview, and nothing typed is lost when another is faster.
import { useMemo, useState, type ReactNode } from 'react';
import { read } from '../../../../web/client.ts';
import { ConflictDialog } from '../../../../web/form/conflict.tsx';
import { same } from '../../../../web/form/merge.ts';
import { useMerge } from '../../../../web/form/merging.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { MultiSelect, SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { TRACKS, type Frame, type FrameField } from '../shape.ts';
import { getFrame } from '../contract.ts';
import { BundlesEditor } from './bundles.tsx';
import { badNumbers, faultAt, looseFaults, type PlacedFault } from './draft.ts';
import type { Wrong } from './editing.tsx';
import { EffectDialog } from './effect.tsx';
import { FlowEditor, MilestonesEditor } from './flows.tsx';
import { frameChange, frameIn, frameWords, type EditedFrame, type FrameView } from './frame.ts';
import { BasisEditor, unmarked } from './limits.tsx';
import { SourcesEditor } from './policy.tsx';
import { pick } from './words.ts';
import './catalogue.css';

export function Framing({ view, frame, onDone }: { readonly view: FrameView; readonly frame: Frame; readonly onDone: () => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const words = useMemo(() => frameWords({ t, lang, names: view.names, sources: view.sources }), [t, lang, view.names, view.sources]);
  const [faults, setFaults] = useState<readonly PlacedFault[]>([]);
  const [asking, setAsking] = useState(false);
  const code = view.layer.code;
  const merge = useMerge<EditedFrame>({
    id: `approvals.frame:${code}`, start: { ...frame, added: [] }, version: view.layer.version, words, read: frameIn,
    latest: async () => {
      const now = await read(getFrame, { layer: code, day: view.day });
      return { values: { ...(now.frame ?? frame), added: [] }, version: now.layer.version };
    },
  });
  const { added, ...draft } = merge.values;
  const { added: _none, ...start } = merge.base;
  const change = frameChange(start, draft, view);
  const touched = Object.keys(change.patch).length + change.reset.length > 0;
  const preview = (): void => {
    const { simulation, promiseDays } = change.patch;
    const bad = badNumbers({ simulation, promiseDays }).map(({ path, field }) => ({ path, message: t('catalogue.notWhole', { field: t(`catalogue.field.${field ?? 'days'}`) }) }));
    setFaults(bad);
    setAsking(bad.length === 0);
  };
  const wrong: Wrong = (path, within = false) => faultAt(faults, path, within);
  const set = (next: Partial<Frame>): void => { merge.set(next); setFaults([]); };
  const end = (): void => { merge.forget(); onDone(); };
  const sources = [...view.sources, ...added.filter((one) => one.name.zh !== '' || one.name.en !== '')];
  const part = (field: FrameField, body: ReactNode): ReactNode => <Part field={field} draft={draft} below={view.below} onRestore={set}>{body}</Part>;
  const items = view.names.filter((one) => one.stage !== null);
  return (
    <>
      <p className="notice">{t('catalogue.editing', { layer: pick(view.layer.name, lang) })}　<span className="two small">{t(`catalogue.editHint.${view.layer.kind}`)}{view.layer.kind === 'overlay' && !view.layer.laid ? ` ${t('catalogue.editHint.off')}` : ''}</span></p>
      {merge.restoredAt !== undefined && <p className="notice row"><span>{t('catalogue.draftFound', { at: format.instant(merge.restoredAt) })}</span><Button small kind="quiet" onClick={end}>{t('catalogue.draftDrop')}</Button></p>}
      {looseFaults(faults).map((one) => <p key={one.message} className="fault">{one.message}</p>)}
      {part('flows', (
        <div className="trackcols">
          {TRACKS.map((track) => <FlowEditor key={track} track={track} flow={draft.flows[track]} names={items.filter((one) => one.tracks.includes(track))} all={view.names} fault={wrong(`flows.${track}`, true)} onChange={(flow) => set({ flows: { ...draft.flows, [track]: flow } })} />)}
        </div>
      ))}
      {part('milestones', <MilestonesEditor milestones={draft.milestones} names={view.names} wrong={wrong} onChange={(milestones) => set({ milestones })} />)}
      {part('bundles', <BundlesEditor bundles={draft.bundles} below={view.below?.bundles ?? []} names={items} wrong={wrong} sources={sources} onChange={(bundles) => set({ bundles })} />)}
      {part('simulation', <SimulationEditor draft={draft} names={items} wrong={wrong} sources={sources} onChange={(simulation) => set({ simulation })} />)}
      {part('promiseDays', <div className="fields of2"><Line label={t('catalogue.frame.promiseDays')} fault={wrong('promiseDays')} hint={t('catalogue.policy.promiseSay')}>{(id, bad) => <NumberInput id={id} {...bad} digits={0} value={draft.promiseDays} onChange={(days) => set({ promiseDays: days ?? Number.NaN })} />}</Line></div>)}
      <section className="editsection"><header><h2>{t('catalogue.section.sources')}</h2></header><SourcesEditor sources={added} taken={view.sources.map((one) => one.key)} wrong={wrong} onChange={(next) => merge.set({ added: next })} /></section>
      <div className="row end catalogfoot">
        {faults.length > 0
          ? <button type="button" className="btn quiet small tone-bad push" onClick={() => document.querySelector('main .fault')?.scrollIntoView({ block: 'center' })}>{t('catalogue.faultsLeft', { count: faults.length })}</button>
          : <span className="two small push">{t(touched ? 'catalogue.unsaved' : 'catalogue.untouched')}</span>}
        <Button onClick={end}>{t('catalogue.stop')}</Button>
        <Button kind="main" disabled={!touched} onClick={preview}>{t('catalogue.preview')}</Button>
      </div>
      {merge.conflict !== undefined && <ConflictDialog conflict={merge.conflict} act={t('catalogue.takeChosen')} onSettle={merge.settle} />}
      {asking && (
        <EffectDialog layer={view.layer} version={merge.version} onStale={() => { setAsking(false); void merge.collide(); }} change={{ kind: 'frame', patch: change.patch, reset: [...change.reset], sources: added.filter((one) => one.name.zh !== '') }}
          onFaults={setFaults} onClose={() => setAsking(false)} onSaved={end} />
      )}
    </>
  );
}

function Part({ field, draft, below, onRestore, children }: { readonly field: FrameField; readonly draft: Frame; readonly below: Frame | null; readonly onRestore: (change: Partial<Frame>) => void; readonly children: ReactNode }) {
  const t = useT('approvals');
  const own = below !== null && !same(draft[field], below[field]);
  return (
    <section className="editsection">
      <header>
        <h2>{t(`catalogue.frame.${field}`)}</h2>
        {own && <span className="tag fromtag">{t('catalogue.changedHere')}</span>}
        {own && <Button small kind="quiet" onClick={() => onRestore({ [field]: below[field] })}>{t('catalogue.restore')}</Button>}
      </header>
      {children}
    </section>
  );
}

interface SimulationProps {
  readonly draft: Frame;
  readonly names: FrameView['names'];
  readonly wrong: Wrong;
  readonly sources: FrameView['sources'];
  readonly onChange: (simulation: Frame['simulation']) => void;
}

function SimulationEditor({ draft: { simulation }, names, wrong, sources, onChange }: SimulationProps) {
  const t = useT('approvals');
  const lang = useLang();
  const set = (change: Partial<Frame['simulation']>): void => onChange(unmarked({ ...simulation, ...change }));
  const options = (track?: (typeof TRACKS)[number]) => names.filter((one) => track === undefined || one.tracks.includes(track)).map((one) => ({ value: one.code, label: `${one.code} ${pick(one.name, lang)}` }));
  return (
    <div className="fields of2">
      {TRACKS.map((track) => (
        <Line key={track} label={`${t('catalogue.policy.trigger')}${t('catalogue.inTrack', { track: t(`catalogue.tracks.${track}`) })}`} fault={wrong(`simulation.trigger.${track}`) ?? wrong('simulation.trigger')}>{(id, bad) => <SelectInput id={id} {...bad} value={simulation.trigger[track]} options={options(track)} onChange={(item) => set({ trigger: { ...simulation.trigger, [track]: item ?? simulation.trigger[track] } })} />}</Line>
      ))}
      <Line wide label={t('catalogue.policy.needs')} fault={wrong('simulation.needs', true)}>{(id) => <MultiSelect id={id} value={simulation.needs} options={options()} onChange={(needs) => set({ needs: [...(needs ?? [])].slice(0, 6) })} />}</Line>
      <Line label={t('catalogue.policy.validityMonths')} fault={wrong('simulation.validityMonths')}>{(id, bad) => <NumberInput id={id} {...bad} digits={0} value={simulation.validityMonths} onChange={(value) => set({ validityMonths: value ?? Number.NaN })} />}</Line>
      <Line label={t('catalogue.policy.conversionDays')} fault={wrong('simulation.conversionDays')}>{(id, bad) => <NumberInput id={id} {...bad} digits={0} value={simulation.conversionDays} onChange={(value) => set({ conversionDays: value ?? Number.NaN })} />}</Line>
      <BasisEditor basis={simulation.basis} path="simulation.basis" wrong={wrong} sources={sources} onChange={(basis) => set({ basis })} />
    </div>
  );
}
