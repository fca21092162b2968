// A condition over the facts of a project, put together by hand: groups of which all or any must hold, negations, single tests. Only
// changes the draft.
import { useT } from '../../../../web/i18n.ts';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import type { Rule } from '../shape.ts';
import { FACTS, factNamed, type FactDefinition } from '../../planning/facts.ts';
import { opOf, sayRule, type Op } from './words.ts';

type Test = Extract<Rule, { readonly fact: string }>;
const KINDS = ['always', 'never', 'test', 'all', 'any', 'not'] as const;
type Kind = (typeof KINDS)[number];
const MOST = 20;
const DEEPEST = 3; // a condition that nests deeper is one that nobody reads

export interface RuleEditorProps {
  readonly rule: Rule;
  readonly depth?: number;
  readonly fault?: string | undefined;
  readonly onChange: (rule: Rule) => void;
  readonly onDrop?: () => void;
}

export function RuleEditor({ rule, depth = 0, fault, onChange, onDrop }: RuleEditorProps) {
  const t = useT('approvals');
  const kind = kindOf(rule);
  const kinds = KINDS.filter((one) => one === kind || (depth === 0 || (one !== 'always' && one !== 'never')) && (depth < DEEPEST || one === 'test'));
  return (
    <div className="ruleedit">
      <div className="row">
        <span style={{ width: 170 }}><SelectInput label={t('catalogue.rule.kind')} value={kind} options={kinds.map((one) => ({ value: one, label: t(`catalogue.rule.${one}`) }))} onChange={(next) => onChange(turned(rule, KINDS.find((one) => one === next) ?? kind))} /></span>
        {onDrop !== undefined && <Button small kind="quiet" onClick={onDrop}>{t('catalogue.remove')}</Button>}
      </div>
      {'fact' in rule && <TestEditor test={rule} onChange={onChange} />}
      {'not' in rule && <RuleEditor rule={rule.not} depth={depth + 1} onChange={(not) => onChange({ not })} />}
      {'all' in rule && <Parts parts={rule.all} depth={depth} onChange={(all) => onChange({ all })} />}
      {'any' in rule && <Parts parts={rule.any} depth={depth} onChange={(any) => onChange({ any })} />}
      {depth === 0 && !('always' in rule) && <p className="two small">{sayRule(rule, t)}</p>}
      {fault !== undefined && <p className="fault">{fault}</p>}
    </div>
  );
}

function Parts({ parts, depth, onChange }: { readonly parts: readonly Rule[]; readonly depth: number; readonly onChange: (parts: readonly Rule[]) => void }) {
  const t = useT('approvals');
  return (
    <>
      <ol>
        {parts.map((one, index) => (
          // Parts have no names of their own; their order changes only by taking one away.
          <li key={index}>
            <RuleEditor rule={one} depth={depth + 1} onChange={(next) => onChange(parts.map((part, at) => (at === index ? next : part)))}
              {...(parts.length > 1 ? { onDrop: () => onChange(parts.filter((_, at) => at !== index)) } : {})} />
          </li>
        ))}
      </ol>
      {parts.length < MOST && <div><Button small onClick={() => onChange([...parts, FIRST])}>{t('catalogue.rule.add')}</Button></div>}
    </>
  );
}

function TestEditor({ test, onChange }: { readonly test: Test; readonly onChange: (test: Test) => void }) {
  const t = useT('approvals');
  const definition = factNamed(test.fact);
  const ops = definition === undefined ? [opOf(test)] : opsOf(definition);
  return (
    <div className="rulerow">
      <SelectInput label={t('catalogue.rule.fact')} value={test.fact} options={FACTS.map((one) => ({ value: one.name, label: t(`fact.${one.name}.label`) }))} onChange={(name) => { const next = name === undefined ? undefined : factNamed(name); if (next !== undefined) onChange(freshTest(next)); }} />
      <SelectInput label={t('catalogue.rule.op')} value={opOf(test)} options={ops.map((one) => ({ value: one, label: t(`catalogue.rule.${one}`) }))} onChange={(op) => { const next = ops.find((one) => one === op); if (next !== undefined && definition !== undefined) onChange(withOp(test, next, definition)); }} />
      {definition === undefined ? <span /> : <ValueInput test={test} definition={definition} onChange={onChange} />}
    </div>
  );
}

function ValueInput({ test, definition, onChange }: { readonly test: Test; readonly definition: FactDefinition; readonly onChange: (test: Test) => void }) {
  const t = useT('approvals');
  const { fact } = test;
  const op = opOf(test);
  const label = t('catalogue.rule.value');
  if (op === 'known') return <span />;
  if (definition.type === 'flag') {
    return <SelectInput label={label} value={'eq' in test && test.eq === true ? 'yes' : 'no'} options={['yes', 'no'].map((one) => ({ value: one, label: t(`catalogue.rule.${one}`) }))} onChange={(value) => onChange({ fact, eq: value === 'yes' })} />;
  }
  if (definition.type === 'choice' || definition.type === 'list') {
    const value = 'eq' in test ? String(test.eq) : 'has' in test ? test.has : undefined;
    return <SelectInput label={label} value={value} options={definition.choices.map((one) => ({ value: one, label: t(`fact.${fact}.choice.${one}`) }))} onChange={(next) => next !== undefined && onChange(definition.type === 'list' ? { fact, has: next } : { fact, eq: next })} />;
  }
  const number = numberOf(test);
  const set = (value: number | undefined): void => onChange(withNumber(fact, op, value ?? Number.NaN));
  return definition.unit === 'fen'
    ? <MoneyInput label={label} unit="wan" value={number} onChange={set} />
    : <NumberInput label={label} value={number} onChange={set} {...(definition.unit === null ? {} : { unit: t(`unit.${definition.unit}`) })} />;
}

function kindOf(rule: Rule): Kind {
  if ('always' in rule) return rule.always ? 'always' : 'never';
  return 'all' in rule ? 'all' : 'any' in rule ? 'any' : 'not' in rule ? 'not' : 'test';
}

const FIRST: Rule = { fact: 'insideZone', eq: true };

/** The same rule as another kind: a group keeps its parts, a single test becomes the first of a group. */
function turned(rule: Rule, kind: Kind): Rule {
  const parts: readonly Rule[] = 'all' in rule ? rule.all : 'any' in rule ? rule.any : 'not' in rule ? [rule.not] : 'always' in rule ? [FIRST] : [rule];
  switch (kind) {
    case 'always': return { always: true };
    case 'never': return { always: false };
    case 'all': return { all: parts };
    case 'any': return { any: parts };
    case 'not': return { not: parts[0] ?? FIRST };
    case 'test': return parts.find((one) => 'fact' in one) ?? FIRST;
  }
}

function opsOf({ type }: FactDefinition): readonly Op[] {
  return type === 'list' ? ['has', 'known'] : type === 'flag' || type === 'choice' ? ['eq', 'known'] : ['gte', 'gt', 'lt', 'eq', 'known'];
}

function freshTest({ name, type, choices }: FactDefinition): Test {
  const [first = ''] = choices;
  return type === 'flag' ? { fact: name, eq: true } : type === 'choice' ? { fact: name, eq: first } : type === 'list' ? { fact: name, has: first } : { fact: name, gte: 0 };
}

function withOp(test: Test, op: Op, definition: FactDefinition): Test {
  if (op === 'known') return { fact: test.fact, known: true };
  return definition.type === 'number' || definition.type === 'money' ? withNumber(test.fact, op, numberOf(test) ?? 0) : freshTest(definition);
}

function withNumber(fact: string, op: Op, value: number): Test {
  return op === 'gt' ? { fact, gt: value } : op === 'lt' ? { fact, lt: value } : op === 'eq' ? { fact, eq: value } : { fact, gte: value };
}

function numberOf(test: Test): number | undefined {
  return 'gte' in test ? test.gte : 'gt' in test ? test.gt : 'lt' in test ? test.lt : 'eq' in test && typeof test.eq === 'number' ? test.eq : undefined;
}
