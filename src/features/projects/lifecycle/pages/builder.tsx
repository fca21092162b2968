// What a condition rests on, put together by hand: one part, or several of which all or any must hold; among parts of which any does, a
// part may itself be a group that must hold as a whole. It only changes the draft; each fault stands beside what mends it.
import { useT } from '../../../../web/i18n.ts';
import { useLang } from '../../../../web/i18n.ts';
import { CheckInput, ChoiceInput, ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { MultiSelect, SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { FIELDS, NEEDS, type Lifecycle, type Test } from '../shape.ts';
import { freshTest, partsOf, simpleOf, testOf, TYPES, type Part, type SimpleTest } from './draft.ts';
import { Line } from './line.tsx';
import { pick } from './words.ts';

/** What is wrong at a place, in words. */
export type Wrong = (path: string) => string | undefined;

const MOST = 10;

export function TestBuilder({ test, rules, path, wrong, onChange }: { readonly test: Test; readonly rules: Lifecycle; readonly path: string; readonly wrong: Wrong; readonly onChange: (test: Test) => void }) {
  const t = useT('lifecycle');
  const { mode, of } = partsOf(test);
  const several = of.length > 1;
  const set = (next: readonly Part[]): void => onChange(testOf({ mode, of: next }));
  const alone = !several && test.type === 'statement';
  return (
    <div className="ruleparts wide">
      {several && (
        <div className="row">
          <span className="two small">{t('liferules:modeLabel')}</span>
          <ChoiceInput label={t('liferules:modeLabel')} value={mode} options={(['all', 'any'] as const).map((one) => ({ value: one, label: t(`liferules:mode.${one}`) }))} onChange={(next) => onChange(testOf({ mode: next === 'any' ? 'any' : 'all', of }))} />
        </div>
      )}
      <ol>
        {of.map((part, index) => (
          // Parts have no names of their own; their order changes only by taking one away.
          <li key={index} className="rulepart">
            <PartEditor part={part} rules={rules} path={`${path}.${String(index)}`} wrong={wrong} single={!several}
              onChange={(next) => set(of.map((one, at) => (at === index ? next : one)))}
              onDrop={several ? () => set(of.filter((_, at) => at !== index)) : undefined} />
          </li>
        ))}
      </ol>
      {wrong(path) !== undefined && <p className="fault">{wrong(path)}</p>}
      <div className="row">
        {alone ? <span className="hint">{t('liferules:fault.statementAlone')}</span> : of.length < MOST && <Button small onClick={() => set([...of, freshTest('evidence')])}>{t('liferules:addPart')}</Button>}
        {several && mode === 'any' && of.length < MOST && <Button small onClick={() => set([...of, { type: 'all', of: [freshTest('evidence'), freshTest('field')] }])}>{t('liferules:addGroup')}</Button>}
      </div>
    </div>
  );
}

interface PartProps<P> {
  readonly part: P;
  readonly rules: Lifecycle;
  readonly path: string;
  readonly wrong: Wrong;
  readonly onChange: (part: P) => void;
  readonly onDrop: (() => void) | undefined;
}

function PartEditor({ part, single, onChange, ...rest }: PartProps<Part> & { readonly single: boolean }) {
  const t = useT('lifecycle');
  if (part.type !== 'all') return <SimpleEditor part={part} single={single} onChange={onChange} {...rest} />;
  const set = (of: readonly SimpleTest[]): void => {
    const [only] = of;
    onChange(of.length === 1 && only !== undefined ? only : { type: 'all', of: [...of] });
  };
  return (
    <fieldset className="rulegroup">
      <legend>{t('liferules:group')}</legend>
      <ol>
        {simpleOf(part).map((one, index) => (
          <li key={index} className="rulepart">
            <SimpleEditor part={one} single={false} rules={rest.rules} path={`${rest.path}.${String(index)}`} wrong={rest.wrong}
              onChange={(next) => set(part.of.map((each, at) => (at === index ? next : each)))}
              onDrop={() => set(part.of.filter((_, at) => at !== index))} />
          </li>
        ))}
      </ol>
      <div className="row">
        {part.of.length < MOST && <Button small onClick={() => set([...part.of, freshTest('evidence')])}>{t('liferules:addToGroup')}</Button>}
        {rest.onDrop !== undefined && <Button small kind="quiet" onClick={rest.onDrop}>{t('liferules:removeGroup')}</Button>}
      </div>
    </fieldset>
  );
}

function SimpleEditor({ part, single, rules, path, wrong, onChange, onDrop }: PartProps<SimpleTest> & { readonly single: boolean }) {
  const t = useT('lifecycle');
  // A declaration is made at the move and can only be asked for by itself.
  const types = TYPES.filter((one) => one !== 'statement' || single || part.type === 'statement');
  return (
    <div className="fields of2">
      <Line label={t('liferules:typeLabel')}>
        {(id) => (
          <span className="withbutton">
            <SelectInput id={id} value={part.type} options={types.map((one) => ({ value: one, label: t(`liferules:type.${one}`) }))} onChange={(type) => { const next = TYPES.find((one) => one === type); if (next !== undefined && next !== part.type) onChange(freshTest(next)); }} />
            {onDrop !== undefined && <Button small kind="quiet" onClick={onDrop}>{t('liferules:removePart')}</Button>}
          </span>
        )}
      </Line>
      <Parameters part={part} rules={rules} path={path} wrong={wrong} onChange={onChange} />
    </div>
  );
}

function Parameters({ part, rules, path, wrong, onChange }: Omit<PartProps<SimpleTest>, 'onDrop'>) {
  const t = useT('lifecycle');
  switch (part.type) {
    case 'evidence': return (
      <>
        <KindsLine photo={false} value={part.kinds} rules={rules} fault={wrong(`${path}.kinds`)} onChange={(kinds) => onChange({ ...part, kinds })} />
        <Line label={t('liferules:needsLabel')} optional>{(id) => <ChoicesInput id={id} label={t('liferules:needsLabel')} value={part.needs} options={NEEDS.map((need) => ({ value: need, label: t(`liferules:need.${need}`) }))} onChange={(needs) => onChange({ ...part, needs: NEEDS.filter((need) => needs?.includes(need) === true) })} />}</Line>
        <CountLine label={t('liferules:countEvidence')} value={part.count ?? 1} fault={wrong(`${path}.count`)} onChange={(count) => onChange(count === 1 ? without(part) : { ...part, count })} />
        <VerifiedLine value={part.verified} onChange={(verified) => onChange({ ...part, verified })} />
      </>
    );
    case 'photo': return (
      <>
        <KindsLine photo value={part.kinds} rules={rules} fault={wrong(`${path}.kinds`)} onChange={(kinds) => onChange({ ...part, kinds })} />
        <CountLine label={t('liferules:count')} value={part.count} fault={wrong(`${path}.count`)} onChange={(count) => onChange({ ...part, count })} />
        <VerifiedLine value={part.verified} onChange={(verified) => onChange({ ...part, verified })} />
      </>
    );
    case 'field': return <Line label={t('liferules:fieldLabel')}>{(id) => <SelectInput id={id} value={part.field} options={FIELDS.map((one) => ({ value: one, label: t(`liferules:field.${one}`) }))} onChange={(value) => { const field = FIELDS.find((one) => one === value); if (field !== undefined) onChange({ ...part, field }); }} />}</Line>;
    case 'results': return (
      <>
        <Line label={t('liferules:percent')} fault={wrong(`${path}.percent`)}>{(id, bad) => <NumberInput id={id} {...bad} digits={0} unit="%" value={part.percent} onChange={(percent) => onChange({ ...part, percent: percent ?? Number.NaN })} />}</Line>
        <Line label={t('liferules:whenLabel')}>{(id) => <CheckInput id={id} value={part.withinAgreed} onChange={(withinAgreed) => onChange({ ...part, withinAgreed: withinAgreed === true })}>{t('liferules:test.withinAgreed')}</CheckInput>}</Line>
      </>
    );
    case 'external': return (
      <>
        <Line label={t('liferules:externalFeature')} fault={wrong(`${path}.feature`)} hint={t('liferules:externalHint')}>{(id, bad) => <TextInput id={id} {...bad} maxLength={40} value={part.feature} onChange={(feature) => onChange({ ...part, feature: feature ?? '' })} />}</Line>
        <Line label={t('liferules:externalQuestion')} fault={wrong(`${path}.question`)}>{(id, bad) => <TextInput id={id} {...bad} maxLength={60} value={part.question} onChange={(question) => onChange({ ...part, question: question ?? '' })} />}</Line>
        <Line label={t('liferules:silentLabel')}>{(id) => <ChoiceInput id={id} label={t('liferules:silentLabel')} value={part.silent} options={(['missing', 'met'] as const).map((one) => ({ value: one, label: t(`liferules:silent.${one}`) }))} onChange={(silent) => onChange({ ...part, silent: silent === 'met' ? 'met' : 'missing' })} />}</Line>
      </>
    );
    case 'statement': return <p className="hint">{t('liferules:statementHint')}</p>;
    default: return never(part);
  }
}

function KindsLine({ photo, value, rules, fault, onChange }: { readonly photo: boolean; readonly value: readonly string[]; readonly rules: Lifecycle; readonly fault: string | undefined; readonly onChange: (kinds: string[]) => void }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const options = rules.evidenceKinds.filter((one) => one.photo === photo || value.includes(one.code)).map((one) => ({ value: one.code, label: pick(one.name, lang) }));
  return <Line label={t('liferules:kindsLabel')} fault={fault}>{(id, bad) => <MultiSelect id={id} {...bad} value={value} options={options} onChange={(kinds) => onChange([...(kinds ?? [])])} />}</Line>;
}

function CountLine({ label, value, fault, onChange }: { readonly label: string; readonly value: number; readonly fault: string | undefined; readonly onChange: (count: number) => void }) {
  return <Line label={label} fault={fault}>{(id, bad) => <NumberInput id={id} {...bad} digits={0} value={value} onChange={(count) => onChange(count ?? Number.NaN)} />}</Line>;
}

function VerifiedLine({ value, onChange }: { readonly value: boolean | undefined; readonly onChange: (verified: boolean) => void }) {
  const t = useT('lifecycle');
  return <Line label={t('liferules:requireVerified')}>{(id) => <CheckInput id={id} value={value === true} onChange={(verified) => onChange(verified === true)}>{t('liferules:verifiedSay')}</CheckInput>}</Line>;
}

function without({ type, kinds, needs, verified }: Extract<SimpleTest, { type: 'evidence' }>): SimpleTest {
  return { type, kinds, needs, ...(verified === undefined ? {} : { verified }) };
}

function never(value: never): never {
  throw new Error(`unknown: ${JSON.stringify(value)}`);
}
