// The plain parts of an item, changed by hand: name, stage, departments, how it is handled, validity, documents, note, new sources. Only
// changes the draft; each fault beside its field.
import { useLang, useT } from '../../../../web/i18n.ts';
import { CheckInput, ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { MultiSelect, SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import duties from '../../../people/data/duties.json' with { type: 'json' };
import { GATES, QUOTAS, STAGES, type Item } from '../shape.ts';
import type { Wrong } from './editing.tsx';
import { BasisEditor, unmarked } from './limits.tsx';
import { RuleEditor } from './rule.tsx';
import { BODIES, sayDepartment } from './department.ts';
import { pick, type Whole } from './words.ts';

export interface PartProps {
  readonly draft: Item;
  readonly wrong: Wrong;
  readonly set: (change: Partial<Item>) => void;
}

const GROUPS = ['A', 'B', 'C', 'D', 'E'] as const;
const SIMULATABLE = ['yes', 'never', 'staged'] as const;
const PROMISES = ['yes', 'no', 'listed'] as const;
const ENDS = ['void', 'recheck'] as const;

export function BasicsEditor({ draft, wrong, set }: PartProps) {
  const t = useT('approvals');
  const departments = [...duties, ...BODIES].map((one) => ({ value: one, label: sayDepartment(one, t) }));
  return (
    <div className="fields of2">
      <Line label={t('catalogue.field.nameZh')} fault={wrong('name.zh')}>{(id, bad) => <TextInput id={id} {...bad} maxLength={300} value={draft.name.zh} onChange={(zh) => set({ name: { ...draft.name, zh: zh ?? '' } })} />}</Line>
      <Line label={t('catalogue.field.nameEn')} fault={wrong('name.en')}>{(id, bad) => <TextInput id={id} {...bad} maxLength={400} value={draft.name.en} onChange={(en) => set({ name: { ...draft.name, en: en ?? '' } })} />}</Line>
      <Line label={t('catalogue.field.stage')}>{(id) => <SelectInput id={id} value={draft.stage} options={STAGES.map((one) => ({ value: one, label: `${one} ${t(`stage.${one}`)}` }))} onChange={(stage) => set({ stage: STAGES.find((one) => one === stage) ?? draft.stage })} />}</Line>
      <Line label={t('catalogue.field.lead')}>{(id) => <SelectInput id={id} value={draft.departments.lead} options={departments} onChange={(lead) => set({ departments: { ...draft.departments, lead: lead ?? draft.departments.lead } })} />}</Line>
      <Line label={t('catalogue.field.with')} optional wide>{(id) => <MultiSelect id={id} value={draft.departments.with} options={departments.filter((one) => one.value !== draft.departments.lead)} onChange={(chosen) => set({ departments: { ...draft.departments, with: [...(chosen ?? [])].slice(0, 12) } })} />}</Line>
      <Line label={t('catalogue.field.noteZh')} optional fault={wrong('note.zh')}>{(id, bad) => <TextArea id={id} {...bad} rows={2} maxLength={300} value={draft.note?.zh} onChange={(zh) => set({ note: noteOf(zh, draft.note?.en) })} />}</Line>
      <Line label={t('catalogue.field.noteEn')} optional fault={wrong('note.en')}>{(id, bad) => <TextArea id={id} {...bad} rows={2} maxLength={400} value={draft.note?.en} onChange={(en) => set({ note: noteOf(draft.note?.zh, en) })} />}</Line>
    </div>
  );
}

function noteOf(zh = '', en = ''): Item['note'] {
  return zh === '' && en === '' ? null : { zh, en };
}

export function PolicyEditor({ draft, wrong, set, regional }: PartProps & { readonly regional: Whole['regional'] }) {
  const t = useT('approvals');
  const lang = useLang();
  return (
    <div className="fields of2">
      <Line label={t('catalogue.field.group')} optional>{(id) => <SelectInput id={id} clearable value={draft.group ?? undefined} placeholder={t('catalogue.noGroup')} options={GROUPS.map((one) => ({ value: one, label: one }))} onChange={(group) => set({ group: GROUPS.find((one) => one === group) ?? null })} />}</Line>
      <Line label={t('catalogue.field.simulatable')} fault={wrong('simulatable')}>{(id, bad) => <SelectInput id={id} {...bad} value={draft.simulatable} options={SIMULATABLE.map((one) => ({ value: one, label: t(`catalogue.simulatable.${one}`) }))} onChange={(value) => set({ simulatable: SIMULATABLE.find((one) => one === value) ?? draft.simulatable })} />}</Line>
      <Line label={t('catalogue.field.promise')}>{(id) => <SelectInput id={id} value={draft.promise} options={PROMISES.map((one) => ({ value: one, label: t(`catalogue.promise.${one}`) }))} onChange={(value) => set({ promise: PROMISES.find((one) => one === value) ?? draft.promise, ...(value === 'listed' ? { promiseWhen: draft.promiseWhen ?? { fact: 'standardLand', eq: true } } : { promiseWhen: null }) })} />}</Line>
      <Line label={t('catalogue.field.regional')} optional fault={wrong('regional')}>{(id, bad) => <SelectInput id={id} {...bad} clearable value={draft.regional ?? undefined} placeholder={t('catalogue.noRegional')} options={regional.map((one) => ({ value: one.key, label: pick(one.name, lang) }))} onChange={(value) => set({ regional: value ?? null })} />}</Line>
      {draft.promiseWhen !== null && <div className="field wide"><span className="two small">{t('catalogue.field.promiseWhen')}</span><RuleEditor rule={draft.promiseWhen} fault={wrong('promiseWhen', true)} onChange={(promiseWhen) => set({ promiseWhen })} /></div>}
      <Line label={t('catalogue.field.quota')} optional>{(id) => <SelectInput id={id} clearable value={draft.quota ?? undefined} placeholder={t('catalogue.noQuota')} options={QUOTAS.map((one) => ({ value: one, label: t(`catalogue.quota.${one}`) }))} onChange={(value) => set({ quota: QUOTAS.find((one) => one === value) ?? null })} />}</Line>
      <div className="field">
        <CheckInput value={draft.deferrable} onChange={(on) => set({ deferrable: on === true })}>{t('catalogue.field.deferrable')}</CheckInput>
        <CheckInput value={draft.silentConsent} onChange={(on) => set({ silentConsent: on === true })}>{t('catalogue.field.silentConsent')}</CheckInput>
      </div>
      <Line label={t('catalogue.field.gates')} optional wide>{(id) => <ChoicesInput id={id} label={t('catalogue.field.gates')} value={draft.gates} options={GATES.map((one) => ({ value: one, label: t(`catalogue.gate.${one}`) }))} onChange={(chosen) => set({ gates: GATES.filter((one) => chosen?.includes(one) === true) })} />}</Line>
    </div>
  );
}

export function ValidityEditor({ draft: { validity }, wrong, set, sources }: PartProps & { readonly sources: Whole['sources'] }) {
  const t = useT('approvals');
  const [source] = sources;
  const number = (field: 'months' | 'extensions' | 'extensionMonths') => (validity === null ? null : (
    <Line label={t(`catalogue.field.${field}`)} fault={field === 'months' ? (wrong('validity') ?? wrong('validity.months')) : wrong(`validity.${field}`)}>
      {(id, bad) => <NumberInput id={id} {...bad} digits={0} value={validity[field]} onChange={(value) => set({ validity: unmarked({ ...validity, [field]: value ?? Number.NaN }) })} />}
    </Line>
  ));
  return (
    <>
      <CheckInput value={validity !== null} onChange={(on) => source !== undefined && set({ validity: on === true ? { months: 24, extensions: 0, extensionMonths: 0, then: 'void', basis: { source: source.key, read: 'verify' } } : null })}>{t('catalogue.hasValidity')}</CheckInput>
      {validity !== null && (
        <div className="fields of2" style={{ marginTop: 8 }}>
          {number('months')}
          <Line label={t('catalogue.field.then')}>{(id) => <SelectInput id={id} value={validity.then} options={ENDS.map((one) => ({ value: one, label: t(`catalogue.then.${one}`) }))} onChange={(value) => set({ validity: unmarked({ ...validity, then: ENDS.find((one) => one === value) ?? validity.then }) })} />}</Line>
          {number('extensions')}
          {number('extensionMonths')}
          <BasisEditor basis={validity.basis} path="validity.basis" wrong={wrong} sources={sources} onChange={(basis) => set({ validity: unmarked({ ...validity, basis }) })} />
        </div>
      )}
    </>
  );
}

type Material = Item['materials']['main'][number];

export function MaterialsEditor({ draft: { materials }, wrong, set }: PartProps) {
  const t = useT('approvals');
  const change = (kind: 'main' | 'secondary', list: readonly Material[]): void => set({ materials: { ...materials, [kind]: [...list] } });
  return (
    <div className="trackcols">
      {(['main', 'secondary'] as const).map((kind) => {
        const list = materials[kind];
        const put = (index: number, one: Material): void => change(kind, list.map((each, at) => (at === index ? one : each)));
        return (
          <div key={kind}>
            <h3>{t(`catalogue.${kind}`)}</h3>
            {list.map((one, index) => (
              <div key={index} style={{ marginBottom: 6 }}>
                <div className="rowline">
                  <TextInput label={t('catalogue.materialZh')} placeholder={t('catalogue.materialZh')} maxLength={300} value={one.zh} onChange={(zh) => put(index, { ...one, zh: zh ?? '' })} />
                  <TextInput label={t('catalogue.materialEn')} placeholder={t('catalogue.materialEn')} maxLength={300} value={one.en} onChange={(en) => put(index, en === undefined ? { zh: one.zh } : { ...one, en })} />
                  <Button small kind="quiet" onClick={() => change(kind, list.filter((_, at) => at !== index))}>{t('catalogue.remove')}</Button>
                </div>
                {wrong(`materials.${kind}.${String(index)}`, true) !== undefined && <p className="fault">{wrong(`materials.${kind}.${String(index)}`, true)}</p>}
              </div>
            ))}
            {list.length < 60 && <Button small onClick={() => change(kind, [...list, { zh: '' }])}>{t('catalogue.addMaterial')}</Button>}
          </div>
        );
      })}
    </div>
  );
}

export function SourcesEditor({ sources, taken, wrong, onChange }: { readonly sources: Whole['sources']; readonly taken: readonly string[]; readonly wrong: Wrong; readonly onChange: (sources: Whole['sources']) => void }) {
  const t = useT('approvals');
  const set = (index: number, name: Whole['sources'][number]['name']): void => onChange(sources.map((one, at) => (at === index ? { ...one, name } : one)));
  return (
    <>
      <p className="two small">{t('catalogue.sourcesHint')}</p>
      {sources.map((one, index) => (
        <div key={one.key} style={{ marginBottom: 6 }}>
          <div className="rowline">
            <TextInput label={t('catalogue.field.nameZh')} placeholder={t('catalogue.field.nameZh')} maxLength={300} value={one.name.zh} onChange={(zh) => set(index, { ...one.name, zh: zh ?? '' })} />
            <TextInput label={t('catalogue.field.nameEn')} placeholder={t('catalogue.field.nameEn')} maxLength={400} value={one.name.en} onChange={(en) => set(index, { ...one.name, en: en ?? '' })} />
            <Button small kind="quiet" onClick={() => onChange(sources.filter((_, at) => at !== index))}>{t('catalogue.remove')}</Button>
          </div>
          {wrong(`sources.${String(index)}`, true) !== undefined && <p className="fault">{wrong(`sources.${String(index)}`, true)}</p>}
        </div>
      ))}
      {sources.length < 20 && <Button small onClick={() => onChange([...sources, { key: freeKey([...taken, ...sources.map((one) => one.key)]), name: { zh: '', en: '' } }])}>{t('catalogue.addSource')}</Button>}
    </>
  );
}

function freeKey(taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`own_${String(n)}`)) n += 1;
  return `own_${String(n)}`;
}
