// The lists that conditions draw from, changed by hand: kinds of evidence, works and which of them are a start, side states. What is in
// use cannot be taken away.
import { useLang, useT } from '../../../../web/i18n.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { MultiSelect, SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { AUTHORITIES, STAGES, type Lifecycle } from '../shape.ts';
import type { Wrong } from './builder.tsx';
import { freeCode, kindsInUse } from './draft.ts';
import { NameLines } from './editing.tsx';
import { Line } from './line.tsx';
import { pick } from './words.ts';

interface ListProps {
  readonly rules: Lifecycle;
  readonly wrong: Wrong;
  readonly onChange: (rules: Lifecycle) => void;
}

export function KindsEditor({ rules, wrong, onChange }: ListProps) {
  const t = useT('lifecycle');
  const used = kindsInUse(rules);
  type Kind = Lifecycle['evidenceKinds'][number];
  const set = (index: number, change: Partial<Kind>): void => onChange({ ...rules, evidenceKinds: rules.evidenceKinds.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  return (
    <Section title={t('liferules:kinds')} hint={String(rules.evidenceKinds.length)}>
      <ul className="card rulelist">
        {rules.evidenceKinds.map((one, index) => (
          <li key={one.code}>
            <div className="fields of2"><NameLines words={one.name} zh={t('liferules:nameZh')} en={t('liferules:nameEn')} path={`evidenceKinds.${String(index)}.name`} wrong={wrong} onChange={(name) => set(index, { name })} /></div>
            <div className="row">
              <CheckInput value={one.photo} disabled={used.has(one.code)} onChange={(photo) => set(index, { photo: photo === true })}>{t('liferules:isPhoto')}</CheckInput>
              {used.has(one.code)
                ? <span className="dim small push">{t('liferules:inUse')}</span>
                : <span className="push"><Button small kind="quiet" onClick={() => onChange({ ...rules, evidenceKinds: rules.evidenceKinds.filter((_, at) => at !== index) })}>{t('liferules:removePart')}</Button></span>}
            </div>
          </li>
        ))}
        <li><Button small disabled={rules.evidenceKinds.length >= 60} onClick={() => onChange({ ...rules, evidenceKinds: [...rules.evidenceKinds, { code: freeCode('kind', rules.evidenceKinds), name: { zh: '', en: '' }, photo: false }] })}>{t('liferules:addKind')}</Button></li>
      </ul>
    </Section>
  );
}

export function WorksEditor({ rules, wrong, onChange }: ListProps) {
  const t = useT('lifecycle');
  type Works = Lifecycle['works'][number];
  const set = (index: number, change: Partial<Works>): void => onChange({ ...rules, works: rules.works.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  return (
    <Section title={t('liferules:works')}>
      <ul className="card rulelist">
        {rules.works.map((one, index) => (
          <li key={one.code}>
            <div className="fields of2"><NameLines words={one.name} zh={t('liferules:nameZh')} en={t('liferules:nameEn')} path={`works.${String(index)}.name`} wrong={wrong} onChange={(name) => set(index, { name })} /></div>
            <div className="row">
              <CheckInput value={one.permanent} onChange={(permanent) => set(index, { permanent: permanent === true })}>{t(one.permanent ? 'liferules:permanent' : 'liferules:temporary')}</CheckInput>
              {rules.works.length > 1 && <span className="push"><Button small kind="quiet" onClick={() => onChange({ ...rules, works: rules.works.filter((_, at) => at !== index) })}>{t('liferules:removePart')}</Button></span>}
            </div>
          </li>
        ))}
        <li className="stack">
          <span><Button small disabled={rules.works.length >= 30} onClick={() => onChange({ ...rules, works: [...rules.works, { code: freeCode('works', rules.works), name: { zh: '', en: '' }, permanent: false }] })}>{t('liferules:addWorks')}</Button></span>
          {wrong('works') !== undefined && <p className="fault">{wrong('works')}</p>}
          <Line label={t('liferules:effectMonths')} fault={wrong('effectMonths')}>{(id, bad) => <NumberInput id={id} {...bad} digits={0} value={rules.effectMonths} onChange={(months) => onChange({ ...rules, effectMonths: months ?? Number.NaN })} />}</Line>
        </li>
      </ul>
    </Section>
  );
}

export function SidesEditor({ rules, wrong, onChange }: ListProps) {
  const t = useT('lifecycle');
  const lang = useLang();
  type Side = Lifecycle['sideStates'][number];
  const set = (index: number, change: Partial<Side>): void => onChange({ ...rules, sideStates: rules.sideStates.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  const stages = rules.stages.map((one) => ({ value: one.code, label: pick(one.name, lang) }));
  const authorities = AUTHORITIES.map((one) => ({ value: one, label: t(`authority.${one}`) }));
  return (
    <Section title={t('liferules:sides')}>
      <ul className="card rulelist">
        {rules.sideStates.map((side, index) => {
          const path = `sideStates.${String(index)}`;
          return (
            <li key={side.code}>
              <p><b>{pick(side.name, lang)}</b></p>
              <div className="fields of2">
                <NameLines words={side.name} zh={t('liferules:nameZh')} en={t('liferules:nameEn')} path={`${path}.name`} wrong={wrong} onChange={(name) => set(index, { name })} />
                <Line label={t('liferules:from')} fault={wrong(`${path}.from`)}>{(id, bad) => <MultiSelect id={id} {...bad} value={side.from} options={stages} onChange={(from) => set(index, { from: STAGES.filter((one) => from?.includes(one) === true) })} />}</Line>
                <Line label={t('liferules:sideEvidence')} optional fault={wrong(`${path}.evidence`)}>{(id, bad) => <MultiSelect id={id} {...bad} value={side.evidence} options={rules.evidenceKinds.map((one) => ({ value: one.code, label: pick(one.name, lang) }))} onChange={(evidence) => set(index, { evidence: [...(evidence ?? [])].slice(0, 10) })} />}</Line>
                <Line label={t('liferules:enteredBy')}>{(id) => <SelectInput id={id} value={side.enteredBy} options={authorities} onChange={(value) => set(index, { enteredBy: AUTHORITIES.find((one) => one === value) ?? side.enteredBy })} />}</Line>
                <Line label={t('liferules:resumedBy')}>{(id) => <SelectInput id={id} value={side.resumedBy ?? 'final'} options={[{ value: 'final', label: t('liferules:final') }, ...authorities]} onChange={(value) => set(index, { resumedBy: AUTHORITIES.find((one) => one === value) ?? null })} />}</Line>
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
