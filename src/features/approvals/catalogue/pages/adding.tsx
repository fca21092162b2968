// A new approval in the base: what it must say of itself, then what it would change. Everything else is added on its own page.
import { useState } from 'react';
import { useT } from '../../../../web/i18n.ts';
import { ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { useGo } from '../../../../web/path.ts';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { TRACKS, type Item } from '../shape.ts';
import type { LayerLine } from '../contract.ts';
import { EffectDialog } from './effect.tsx';
import { BasicsEditor } from './policy.tsx';

const EMPTY: Item = {
  code: '', name: { zh: '', en: '' }, stage: 'S1', departments: { lead: 'development', with: [] }, statutory: [], promised: [], outside: [],
  tracks: { enterprise: { need: { always: true }, needRead: 'verify', after: [] }, government: { need: { always: true }, needRead: 'verify', after: [] } },
  group: null, simulatable: 'never', deferrable: false, promise: 'no', promiseWhen: null, silentConsent: false, regional: null, validity: null, materials: { main: [], secondary: [] },
  quota: null, gates: [], note: null,
};

export function AddItem({ layer, taken, onClose }: { readonly layer: LayerLine; readonly taken: readonly string[]; readonly onClose: () => void }) {
  const t = useT('approvals');
  const go = useGo();
  const [draft, setDraft] = useState<Item>(EMPTY);
  const [asking, setAsking] = useState(false);
  const used = taken.includes(draft.code);
  const ready = /^[A-Z][0-9]{2}$/.test(draft.code) && !used && draft.name.zh.trim() !== '' && draft.name.en.trim() !== '' && Object.keys(draft.tracks).length > 0;
  const { code, ...patch } = draft;
  if (asking) return <EffectDialog layer={layer} change={{ kind: 'item', code, patch }} onClose={() => setAsking(false)} onSaved={() => { onClose(); go(`/approvals/catalogue/${code}`); }} />;
  const tracks = (chosen: readonly string[] | undefined): Item['tracks'] => Object.fromEntries(TRACKS.filter((one) => chosen?.includes(one) === true).map((one) => [one, { need: { always: true }, needRead: 'verify' as const, after: [] }]));
  return (
    <Dialog open size="large" onClose={onClose} title={t('catalogue.add')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} onClick={() => setAsking(true)}>{t('catalogue.preview')}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('catalogue.addSay')}</p>
        <div className="fields of2">
          <Line label={t('catalogue.col.code')} hint={t('catalogue.codeHint')} fault={used ? t('catalogue.codeUsed') : undefined}>{(id, bad) => <TextInput id={id} {...bad} maxLength={3} value={draft.code} onChange={(text) => setDraft({ ...draft, code: (text ?? '').toUpperCase() })} />}</Line>
          <Line label={t('catalogue.track')}>{(id) => <ChoicesInput id={id} label={t('catalogue.track')} value={Object.keys(draft.tracks)} options={TRACKS.map((one) => ({ value: one, label: t(`catalogue.tracks.${one}`) }))} onChange={(chosen) => setDraft({ ...draft, tracks: tracks(chosen) })} />}</Line>
        </div>
        <BasicsEditor draft={draft} wrong={() => undefined} set={(change) => setDraft({ ...draft, ...change })} />
      </div>
    </Dialog>
  );
}
