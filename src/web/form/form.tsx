// A form: fields with their words, faults beside the field, a summary at the foot, the restored draft, the conflict of two people.
// `<Form form={form} submit={t('save')}><Field form={form} name="name">{(p) => <TextInput {...p} />}</Field></Form>`
import { useId, useRef, type ReactNode } from 'react';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import type { InputProps } from '../inputs/types.ts';
import { Button } from '../parts/button.tsx';
import { Problem } from '../parts/problem.tsx';
import { ConflictDialog } from './conflict.tsx';
import type { FormState } from './state.ts';
import './form.css';

export interface FormProps<V> {
  readonly form: FormState<V>;
  /** The word on the main button: 保存, 上报. */
  readonly submit: string;
  readonly onCancel?: () => void;
  readonly children: ReactNode;
  /** One column (narrow) or fields side by side. */
  readonly columns?: 1 | 2;
  /** Beside the buttons. */
  readonly foot?: ReactNode;
}

export function Form<V>({ form, submit, onCancel, children, columns = 1, foot }: FormProps<V>) {
  const t = useT('web');
  const format = useFormat();
  const element = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={element}
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
        // The first field with a fault gets the focus, after it was drawn.
        setTimeout(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 60);
      }}
    >
      {form.restoredAt !== undefined && form.dirty && (
        <p className="notice" role="status">
          {t('form.restored', { at: format.instant(form.restoredAt) })}
          <button type="button" className="btn quiet small" onClick={form.forget}>{t('form.forget')}</button>
        </p>
      )}
      <div className={`fields of${String(columns)}`}>{children}</div>
      {form.problem !== undefined && <Problem small error={form.problem} />}
      <div className="formfoot">
        {form.faultCount > 0 && <span className="tone-bad small" role="alert">{t('form.faults', { count: form.faultCount })}</span>}
        {foot}
        {onCancel !== undefined && <Button onClick={onCancel}>{t('cancel')}</Button>}
        <Button kind="main" type="submit" busy={form.sending}>{form.sending ? t('form.sending') : submit}</Button>
      </div>
      {form.conflict !== undefined && <ConflictDialog conflict={form.conflict} onSettle={form.settle} />}
    </form>
  );
}

export interface FieldProps<V, K extends keyof V> {
  readonly form: FormState<V>;
  readonly name: K;
  readonly children: (props: InputProps<Exclude<V[K], undefined | null>> & { readonly id: string }) => ReactNode;
  readonly wide?: boolean;
  /** Instead of the words given to useForm. */
  readonly label?: string;
  readonly hint?: ReactNode;
}

export function Field<V, K extends keyof V>({ form, name, children, wide = false, label, hint }: FieldProps<V, K>) {
  const t = useT('web');
  const id = useId();
  const words = form.wordsOf(name);
  const fault = form.faultOf(name);
  const note = hint ?? words?.hint;
  const described = [fault === undefined ? undefined : `${id}-fault`, note === undefined ? undefined : `${id}-hint`].filter((one) => one !== undefined).join(' ');
  const value = form.values[name];
  return (
    <div className={`field${wide ? ' wide' : ''}${fault === undefined ? '' : ' faulty'}`}>
      <label htmlFor={id}>
        {label ?? words?.label ?? String(name)}
        {!form.requiredOf(name) && <span className="dim"> {t('form.optional')}</span>}
      </label>
      {children({
        id,
        value: (value ?? undefined) as Exclude<V[K], undefined | null> | undefined,
        onChange: (next) => form.set(name, next),
        onBlur: () => form.touch(name),
        invalid: fault !== undefined,
        describedBy: described === '' ? undefined : described,
      })}
      {fault !== undefined && <p className="fault" id={`${id}-fault`} role="alert">{fault}</p>}
      {note !== undefined && <p className="hint" id={`${id}-hint`}>{note}</p>}
    </div>
  );
}

/** Fields that belong together, under a word. */
export function FieldGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="fieldgroup">
      <legend>{title}</legend>
      <div className="fields of2">{children}</div>
    </fieldset>
  );
}
