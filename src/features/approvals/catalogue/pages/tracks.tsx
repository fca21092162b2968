// Where an item applies and what comes before it, track by track, changed by hand. Only changes the draft.
import { useLang, useT } from '../../../../web/i18n.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { MultiSelect, SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { TRACKS, type After, type Item, type Track, type Words } from '../shape.ts';
import type { Wrong } from './editing.tsx';
import { ReadInput } from './limits.tsx';
import { RuleEditor } from './rule.tsx';
import { pick, type Whole } from './words.ts';

type Tracks = Item['tracks'];
type Use = NonNullable<Tracks[Track]>;

export function TracksEditor({ tracks, code, names, wrong, onChange }: { readonly tracks: Tracks; readonly code: string; readonly names: Whole['names']; readonly wrong: Wrong; readonly onChange: (tracks: Tracks) => void }) {
  const t = useT('approvals');
  const set = (track: Track, use: Use | undefined): void => {
    const { [track]: _old, ...rest } = tracks;
    onChange(use === undefined ? rest : { ...rest, [track]: use });
  };
  return (
    <div className="editparts">
      {TRACKS.map((track) => {
        const use = tracks[track];
        return (
          <div key={track} className="editpart">
            <CheckInput value={use !== undefined} onChange={(on) => set(track, on === true ? { need: { always: true }, needRead: 'verify', after: [] } : undefined)}><b>{t('catalogue.onTrack', { track: t(`catalogue.tracks.${track}`) })}</b></CheckInput>
            {use !== undefined && <UseEditor use={use} code={code} names={names} path={`tracks.${track}`} wrong={wrong} onChange={(next) => set(track, next)} />}
          </div>
        );
      })}
      {wrong('tracks') !== undefined && <p className="fault">{wrong('tracks')}</p>}
    </div>
  );
}

function UseEditor({ use, code, names, path, wrong, onChange }: { readonly use: Use; readonly code: string; readonly names: Whole['names']; readonly path: string; readonly wrong: Wrong; readonly onChange: (use: Use) => void }) {
  const t = useT('approvals');
  return (
    <>
      <div><p className="two small">{t('catalogue.need')}</p><RuleEditor rule={use.need} fault={wrong(`${path}.need`, true)} onChange={(need) => onChange(unproven({ ...use, need }))} /></div>
      <Line label={t('catalogue.field.needRead')}>{(id) => <ReadInput id={id} value={use.needRead} onChange={(needRead) => onChange({ ...unproven(use), needRead })} />}</Line>
      <div>
        <p className="two small">{t('catalogue.afterTitle')}</p>
        <AftersEditor after={use.after} code={code} names={names} path={`${path}.after`} wrong={wrong} onChange={(after) => onChange({ ...use, after })} />
      </div>
    </>
  );
}

export interface AftersProps {
  readonly after: readonly After[];
  /** Whose prerequisites they are: it is none of them. */
  readonly code: string;
  readonly names: readonly { readonly code: string; readonly name: Words }[];
  readonly path: string;
  readonly wrong: Wrong;
  readonly onChange: (after: After[]) => void;
}

export function AftersEditor({ after: all, code, names, path, wrong, onChange }: AftersProps) {
  const t = useT('approvals');
  const first = names.find((one) => one.code !== code)?.code ?? code;
  return (
    <>
      <ul className="afterlist">
        {all.map((one, index) => (
          <li key={index}>
            <AfterEditor after={one} code={code} names={names} onChange={(next) => onChange(all.map((each, at) => (at === index ? next : each)))} onDrop={() => onChange(all.filter((_, at) => at !== index))} />
            {wrong(`${path}.${String(index)}`) !== undefined && <p className="fault">{wrong(`${path}.${String(index)}`)}</p>}
          </li>
        ))}
      </ul>
      {all.length < 20 && (
        <div className="row" style={{ marginTop: 6 }}>
          <Button small onClick={() => onChange([...all, { item: first }])}>{t('catalogue.addAfter')}</Button>
          <Button small onClick={() => onChange([...all, { either: [] }])}>{t('catalogue.addEither')}</Button>
        </div>
      )}
    </>
  );
}

/** Another rule is not the one that was looked up. */
function unproven({ needBasis, ...use }: Use): Use {
  return needBasis === undefined ? use : { ...use, needRead: 'verify' };
}

function AfterEditor({ after, code, names, onChange, onDrop }: { readonly after: After; readonly code: string; readonly names: AftersProps['names']; readonly onChange: (after: After) => void; readonly onDrop: () => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const options = names.filter((one) => one.code !== code).map((one) => ({ value: one.code, label: `${one.code} ${pick(one.name, lang)}` }));
  const drop = <span className="push"><Button small kind="quiet" onClick={onDrop}>{t('catalogue.remove')}</Button></span>;
  if ('either' in after) {
    return <div className="row"><span style={{ flex: '1 1 220px', minWidth: 0 }}><MultiSelect label={t('catalogue.item')} value={after.either} options={options} onChange={(either) => onChange({ either: [...(either ?? [])].slice(0, 6) })} /></span>{drop}</div>;
  }
  const flag = (name: 'ifApplies' | 'deferrable', on: boolean): void => {
    const ifApplies = name === 'ifApplies' ? on : after.ifApplies;
    const deferrable = name === 'deferrable' ? on : after.deferrable;
    onChange({ item: after.item, ...(ifApplies === true ? { ifApplies } : {}), ...(deferrable === true ? { deferrable } : {}) });
  };
  return (
    <div className="row">
      <span style={{ flex: '1 1 220px', minWidth: 0 }}><SelectInput label={t('catalogue.item')} value={after.item} options={options} onChange={(item) => onChange({ ...after, item: item ?? after.item })} /></span>
      <CheckInput value={after.ifApplies === true} onChange={(on) => flag('ifApplies', on === true)}>{t('catalogue.ifApplies')}</CheckInput>
      <CheckInput value={after.deferrable === true} onChange={(on) => flag('deferrable', on === true)}>{t('catalogue.deferrableAfter')}</CheckInput>
      {drop}
    </div>
  );
}
