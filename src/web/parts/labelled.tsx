// A label with its input where a dialog is no form of `form/`: the label always belongs to the input. `fault` is what is wrong, in words.
import { useId, type ReactNode } from 'react';
import { useT } from '../i18n.ts';
import '../form/form.css';

export function Labelled({ label, hint, fault, optional = false, children }: { readonly label: string; readonly hint?: string | undefined; readonly fault?: string | undefined; readonly optional?: boolean; readonly children: (id: string) => ReactNode }) {
  const t = useT('web');
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}{optional && <span className="dim"> {t('form.optional')}</span>}</label>
      {children(id)}
      {fault !== undefined && <p className="fault">{fault}</p>}
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  );
}
