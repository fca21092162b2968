// Conditions line by line: groups that must all hold, of each any line. Beside them, while they are written, which enterprises would match.
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useDebounced } from '../../../people/pages/wait.ts';
import { pick } from '../../pages/names.ts';
import { OPS, opsOf, type Group, type Test } from '../conditions.ts';
import { previewPolicy } from '../contract.ts';
import { isValue, traitOf, TRAITS } from '../traits.ts';
import { FIT_TONES } from './say.ts';
import { ValueInput, ValuesInput } from './value.tsx';

type Conditions = readonly Group[];

export function ConditionEditor({ value, policyId, onChange }: { readonly value: Conditions | null; readonly policyId: string | undefined; readonly onChange: (next: Conditions | null) => void }) {
  const t = useT('knowledge');
  const groups = value ?? [];
  const change = (at: number, any: readonly Test[]): void => onChange(any.length === 0 ? groups.filter((_, i) => i !== at) : groups.map((group, i) => (i === at ? { any } : group)));
  return (
    <div className="conditions">
      <CheckInput value={value === null} onChange={(later) => onChange(later === true ? null : [])}>{t('editor.state_later')}</CheckInput>
      {value !== null && (
        <>
          {groups.map((group, at) => (
            <div key={at} className="conditiongroup" role="group" aria-label={t('editor.group', { number: at + 1 })}>
              <b className="small two">{t('editor.group', { number: at + 1 })}</b>
              {group.any.map((test, i) => <TestLine key={i} test={test} onChange={(next) => change(at, group.any.map((one, j) => (j === i ? next : one)))} onDrop={() => change(at, group.any.filter((_, j) => j !== i))} />)}
              <div><Button small kind="quiet" onClick={() => change(at, [...group.any, fresh()])}>{t('editor.add_line')}</Button></div>
            </div>
          ))}
          <div><Button small onClick={() => onChange([...groups, { any: [fresh()] }])}>{t('editor.add_group')}</Button></div>
          <Effect conditions={groups} policyId={policyId} />
        </>
      )}
    </div>
  );
}

function fresh(): Test {
  return { trait: 'designated', op: 'yes' };
}

function TestLine({ test, onChange, onDrop }: { readonly test: Test; readonly onChange: (next: Test) => void; readonly onDrop: () => void }) {
  const t = useT('knowledge');
  const lang = useLang();
  const trait = traitOf(test.trait);
  const ops = trait === undefined ? OPS : opsOf(trait);
  const choose = (code: string | undefined): void => {
    const next = code === undefined ? undefined : traitOf(code);
    if (next !== undefined) onChange({ trait: next.code, op: opsOf(next)[0] ?? 'yes' });
  };
  return (
    <div className="conditionline">
      <SelectInput label={t('editor.trait')} value={test.trait} options={TRAITS.map((one) => ({ value: one.code, label: pick(one.name, lang) }))} onChange={choose} />
      <SelectInput label={t('editor.op')} value={test.op} options={ops.map((op) => ({ value: op, label: t(`op.${op}`) }))} onChange={(next) => { const op = ops.find((one) => one === next); if (op !== undefined) onChange({ ...test, op }); }} />
      <div className="wideinput">
        {trait !== undefined && trait.kind !== 'flag' && (test.op === 'in' || test.op === 'not_in'
          ? <ValuesInput trait={trait} label={t('editor.value')} value={test.values ?? []} onChange={(values) => onChange({ trait: test.trait, op: test.op, values })} />
          : <ValueInput trait={trait} label={t('editor.value')} value={test.value} onChange={(next) => onChange({ trait: test.trait, op: test.op, ...(typeof next === 'number' ? { value: next } : {}) })} />)}
      </div>
      <Button small kind="quiet" title={t('editor.remove_line')} onClick={onDrop}>{t('remove')}</Button>
    </div>
  );
}

/** As the server will judge them; asked once every line is whole. */
function isWhole(conditions: Conditions): boolean {
  return conditions.every((group) => group.any.length > 0 && group.any.every((test) => {
    const trait = traitOf(test.trait);
    if (trait === undefined) return false;
    if (trait.kind === 'flag') return true;
    return test.op === 'in' || test.op === 'not_in' ? (test.values ?? []).length > 0 : isValue(trait, test.value);
  }));
}

function Effect({ conditions, policyId }: { readonly conditions: Conditions; readonly policyId: string | undefined }) {
  const t = useT('knowledge');
  const format = useFormat();
  const whole = isWhole(conditions);
  const text = useDebounced(whole ? JSON.stringify(conditions) : undefined);
  const effect = useRead(previewPolicy, { conditions: text ?? '[]', ...(policyId === undefined ? {} : { policyId }) }, { when: text !== undefined, keep: true });
  if (!whole) return <p className="dim small">{t('editor.effect_wait')}</p>;
  if (effect.error !== undefined) return <Problem small error={effect.error} />;
  if (effect.data === undefined) return null;
  const { known, yes, unknown, gained, lost, examples } = effect.data;
  return (
    <div className="notice calm stack" role="status">
      <p><b>{t('editor.effect')}</b> {t('editor.effect_of', { count: known })}{t('colon')}<State tone="ok" word={t('fits.yes')} /> <b>{format.count(yes)}</b> <State tone="warn" word={t('fits.unknown')} /> <b>{format.count(unknown)}</b>
        {policyId !== undefined && (gained > 0 || lost > 0) && <span className="two"> {t('editor.gained', { count: gained })} {t('editor.lost', { count: lost })}</span>}
      </p>
      {examples.length > 0 && <p className="small">{t('editor.examples')}{t('colon')}{examples.slice(0, 8).map((one, i) => <span key={one.id}>{i > 0 && t('list')}<Go href={`/service/enterprises/${one.id}`}>{one.name}</Go>{one.fits === 'unknown' && <span className={`tone-${FIT_TONES.unknown}`}> {t('fits.unknown')}</span>}</span>)}</p>}
    </div>
  );
}
