// The inputs of the dialogs of the faster ways, by the name of what is entered. Holds what was entered as plain values; decides nothing.
import { useT } from '../../../../web/i18n.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput, type Option } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';

export type Value = string | number | boolean | undefined;
export type Values = Readonly<Record<string, Value>>;

export interface FieldSpec {
  readonly name: string;
  readonly kind: 'text' | 'long' | 'day' | 'number' | 'check' | 'choice' | 'file';
  /** Key of its label; a label in words where it is data. */
  readonly label?: string;
  readonly said?: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly options?: readonly Option[];
  /** A day that lies ahead; up to a last one. */
  readonly ahead?: boolean;
  readonly last?: string;
  readonly unit?: string;
}

/** The name of a file stands beside its digest. */
export const nameOfFile = (name: string): string => `${name}:name`;

export function Field({ spec, values, onChange }: { readonly spec: FieldSpec; readonly values: Values; readonly onChange: (name: string, value: Value) => void }) {
  const t = useT('approvals');
  const { today } = useSession();
  const label = spec.said ?? t(`faster.field.${spec.label ?? spec.name}`);
  const value = values[spec.name];
  const text = typeof value === 'string' ? value : undefined;
  const set = (next: Value): void => onChange(spec.name, next);
  if (spec.kind === 'check') return <div className="field wide"><CheckInput id={`faster-${spec.name}`} value={value === true} onChange={set}>{label}</CheckInput></div>;
  if (spec.kind === 'file') {
    return (
      <div className="field wide">
        <p className="fieldlabel">{label}{spec.optional === true && <span className="dim"> {t('web:form.optional')}</span>}</p>
        {text === undefined
          ? <FileDrop accept=".pdf,image/*" say={t('faster.file.drop')} onStored={(file) => { set(file.id); onChange(nameOfFile(spec.name), file.name); }} />
          : <p className="row"><span>{String(values[nameOfFile(spec.name)] ?? '')}</span><Button small kind="quiet" onClick={() => set(undefined)}>{t('faster.file.other')}</Button></p>}
      </div>
    );
  }
  return (
    <Line label={label} optional={spec.optional === true} wide={spec.kind === 'long'} {...(spec.hint === undefined ? {} : { hint: spec.hint })}>
      {(id) => {
        switch (spec.kind) {
          case 'day': return <DayInput id={id} today={today} value={text} onChange={set} {...(spec.ahead === true ? { min: today, ...(spec.last === undefined ? {} : { max: spec.last }) } : { max: today })} />;
          case 'number': return <NumberInput id={id} value={typeof value === 'number' ? value : undefined} onChange={set} {...(spec.unit === undefined ? {} : { unit: spec.unit })} />;
          case 'choice': return <SelectInput id={id} label={label} value={text} onChange={set} options={spec.options ?? []} />;
          case 'long': return <TextArea id={id} rows={3} maxLength={2000} value={text} onChange={set} />;
          default: return <TextInput id={id} maxLength={200} value={text} onChange={set} />;
        }
      }}
    </Line>
  );
}

/** Everything that must be entered is. A box that must be ticked is a decision of its own. */
export function complete(specs: readonly FieldSpec[], values: Values): boolean {
  return specs.every((one) => one.optional === true || one.kind === 'check' || (typeof values[one.name] === 'string' ? String(values[one.name]).trim() !== '' : values[one.name] !== undefined));
}

export function textOf(values: Values, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** As part of an input, where it was entered. */
export function given<Name extends string>(values: Values, name: Name): { readonly [N in Name]?: string } {
  const text = textOf(values, name);
  // An object of one computed key is wider for the compiler than it is.
  return text === '' ? {} : ({ [name]: text } as { readonly [N in Name]?: string });
}

export function numberOf(values: Values, name: string): number {
  const value = values[name];
  return typeof value === 'number' ? value : 0;
}

export function linesOf(values: Values, name: string): string[] {
  return textOf(values, name).split('\n').map((one) => one.trim()).filter((one) => one !== '');
}
