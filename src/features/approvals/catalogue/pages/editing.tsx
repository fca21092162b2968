// One item of one layer while it is changed: by parts, with what lies below to go back to, and a look at what would change before it is
// saved. Nothing is stored from here but through the preview.
import { useMemo, useState, type ReactNode } from 'react';
import { read } from '../../../../web/client.ts';
import { ConflictDialog } from '../../../../web/form/conflict.tsx';
import { useMerge } from '../../../../web/form/merging.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import type { Item } from '../shape.ts';
import { getItem, type Field } from '../contract.ts';
import { badNumbers, changeOf, faultAt, looseFaults, same, type PlacedFault } from './draft.ts';
import { EffectDialog } from './effect.tsx';
import { editedIn, wordsOf, type Edited } from './itemfields.ts';
import { LimitsEditor, OutsideEditor } from './limits.tsx';
import { BasicsEditor, MaterialsEditor, PolicyEditor, SourcesEditor, ValidityEditor } from './policy.tsx';
import { TracksEditor } from './tracks.tsx';
import { pick, sayDays, type LayerView, type Whole } from './words.ts';
import './catalogue.css';

/** What is wrong at a place of the item, or within it. */
export type Wrong = (path: string, within?: boolean) => string | undefined;

export interface EditingProps {
  readonly whole: Whole;
  readonly view: LayerView;
  readonly onDone: () => void;
  /** The item is no more. */
  readonly onDropped: () => void;
}

export function Editing({ whole, view, onDone, onDropped }: EditingProps) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const { code } = whole.item;
  const words = useMemo(() => wordsOf({ t, lang, sources: whole.sources, names: whole.names }), [t, lang, whole.sources, whole.names]);
  const merge = useMerge<Edited>({
    id: `approvals.item:${view.layer.code}:${code}`, start: { ...(view.item ?? whole.item), added: [] }, version: view.layer.version, words, read: (values) => editedIn(values, code),
    latest: async () => {
      const now = await read(getItem, { code, day: whole.day });
      const found = now.layers.find((one) => one.layer.code === view.layer.code);
      return { values: { ...(found?.item ?? now.item), added: [] }, version: found?.layer.version ?? view.layer.version };
    },
  });
  const { added, ...draft } = merge.values;
  const { added: _none, ...start } = merge.base;
  const [faults, setFaults] = useState<readonly PlacedFault[]>([]);
  const [asking, setAsking] = useState<'save' | 'drop' | undefined>(undefined);
  const change = changeOf(start, draft, view);
  const touched = Object.keys(change.patch).length + change.reset.length > 0;
  const end = (): void => { merge.forget(); onDone(); };
  const compare = (): void => { setAsking(undefined); void merge.collide(); };
  const wrong: Wrong = (path, within = false) => faultAt(faults, path, within);
  const set = (next: Partial<Item>): void => { merge.set(next); setFaults([]); };
  const preview = (): void => {
    const bad = badNumbers(change.patch).map(({ path, field }) => ({ path, message: field === null ? t('catalogue.noNumber') : t('catalogue.notWhole', { field: t(`catalogue.field.${field}`) }) }));
    setFaults(bad);
    if (bad.length === 0) setAsking('save');
  };
  const named = added.filter((one) => one.name.zh !== '' || one.name.en !== '');
  const sources = [...view.sources, ...named];
  const part = (title: string, fields: readonly Field[], body: ReactNode): ReactNode => <Part title={title} fields={fields} draft={draft} view={view} onRestore={set}>{body}</Part>;
  const common = { draft, wrong, set };
  const limits = { wrong, sources };
  return (
    <>
      <p className="notice">{t('catalogue.editing', { layer: pick(view.layer.name, lang) })}　<span className="two small">{t(`catalogue.editHint.${view.layer.kind}`)}{view.layer.kind === 'overlay' && !view.layer.laid ? ` ${t('catalogue.editHint.off')}` : ''}</span></p>
      {merge.restoredAt !== undefined && <p className="notice row"><span>{t('catalogue.draftFound', { at: format.instant(merge.restoredAt) })}</span><Button small kind="quiet" onClick={end}>{t('catalogue.draftDrop')}</Button></p>}
      {looseFaults(faults).map((one) => <p key={one.message} className="fault">{one.message}</p>)}
      {part(t('catalogue.section.limits'), ['statutory', 'promised'], (
        <div className="stack">
          {(['statutory', 'promised'] as const).map((kind) => <div key={kind}><h3>{t(`catalogue.field.${kind}`)}</h3><LimitsEditor {...limits} limits={draft[kind]} names={whole.names} path={kind} onChange={(next) => set({ [kind]: next })} /></div>)}
        </div>
      ))}
      {part(t('catalogue.section.outside'), ['outside'], <OutsideEditor {...limits} outside={draft.outside} path="outside" onChange={(outside) => set({ outside })} />)}
      {part(t('catalogue.section.tracks'), ['tracks'], <TracksEditor tracks={draft.tracks} code={draft.code} names={whole.names} wrong={wrong} onChange={(tracks) => set({ tracks })} />)}
      {part(t('catalogue.section.basics'), ['name', 'stage', 'departments', 'note'], <BasicsEditor {...common} />)}
      {part(t('catalogue.section.policy'), ['group', 'simulatable', 'promise', 'promiseWhen', 'regional', 'quota', 'deferrable', 'silentConsent', 'gates'], <PolicyEditor {...common} regional={whole.regional} />)}
      {part(t('catalogue.section.validity'), ['validity'], <ValidityEditor {...common} sources={sources} />)}
      {part(t('catalogue.section.materials'), ['materials'], <MaterialsEditor {...common} />)}
      {part(t('catalogue.section.sources'), [], <SourcesEditor sources={added} taken={whole.sources.map((one) => one.key)} wrong={wrong} onChange={(sources) => merge.set({ added: sources })} />)}
      {view.layer.kind === 'base' && <p className="row dropline"><span className="two small">{t('catalogue.dropHint')}</span><Button small kind="danger" onClick={() => setAsking('drop')}>{t('catalogue.drop')}</Button></p>}
      <div className="row end catalogfoot">
        {faults.length > 0
          ? <button type="button" className="btn quiet small tone-bad push" onClick={() => document.querySelector('main .fault')?.scrollIntoView({ block: 'center' })}>{t('catalogue.faultsLeft', { count: faults.length })}</button>
          : <span className="two small push">{t(touched ? 'catalogue.unsaved' : 'catalogue.untouched')}</span>}
        <Button onClick={end}>{t('catalogue.stop')}</Button>
        <Button kind="main" disabled={!touched} onClick={preview}>{t('catalogue.preview')}</Button>
      </div>
      {merge.conflict !== undefined && <ConflictDialog conflict={merge.conflict} act={t('catalogue.takeChosen')} onSettle={merge.settle} />}
      {asking === 'drop' && <EffectDialog layer={view.layer} version={merge.version} onStale={compare} change={{ kind: 'drop', code: draft.code }} onFaults={setFaults} onClose={() => setAsking(undefined)} onSaved={() => { merge.forget(); onDropped(); }} />}
      {asking === 'save' && (
        <EffectDialog layer={view.layer} version={merge.version} onStale={compare} said={limitsSaid(start, draft, t)} change={{ kind: 'item', code: draft.code, patch: change.patch, reset: [...change.reset], sources: [...named] }} onFaults={setFaults} onClose={() => setAsking(undefined)} onSaved={end} />
      )}
    </>
  );
}

/** 承诺时限：8 个工作日 → 6 个工作日. */
function limitsSaid(start: Item, draft: Item, t: T): string[] {
  const days = (limits: Item['promised']): string => (limits.length === 0 ? t('catalogue.noLimit') : limits.map((one) => sayDays(one.days, one.unit, t)).join(t('list')));
  return (['statutory', 'promised'] as const).flatMap((kind) => {
    const [before, after] = [days(start[kind]), days(draft[kind])];
    return before === after ? [] : [t('catalogue.arrow', { label: t(`catalogue.field.${kind}`), before, after })];
  });
}

interface PartProps {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly draft: Item;
  readonly view: LayerView;
  readonly onRestore: (change: Partial<Item>) => void;
  readonly children: ReactNode;
}

function Part({ title, fields, draft, view: { below }, onRestore, children }: PartProps) {
  const t = useT('approvals');
  const own = below === null ? [] : fields.filter((field) => !same(draft[field], below[field]));
  return (
    <section className="editsection">
      <header>
        <h2>{title}</h2>
        {own.length > 0 && <span className="tag fromtag">{t('catalogue.changedHere')}{t('colon')}{own.map((field) => t(`catalogue.field.${field}`)).join(t('list'))}</span>}
        {own.length > 0 && below !== null && <Button small kind="quiet" onClick={() => onRestore(Object.fromEntries(own.map((field) => [field, below[field]])))}>{t('catalogue.restore')}</Button>}
      </header>
      {children}
    </section>
  );
}
