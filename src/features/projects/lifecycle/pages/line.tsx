// A label with its input where there is no whole form: the label always belongs to the input, and what is wrong with it stands below.
import { useId, type ReactNode } from 'react';
import { useT } from '../../../../web/i18n.ts';
import '../../../../web/form/form.css';

export interface LineProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly wide?: boolean;
  /** What is wrong, in words. */
  readonly fault?: string | undefined;
  readonly children: (id: string, wrong: { readonly invalid: boolean; readonly describedBy: string | undefined }) => ReactNode;
}

export function Line({ label, hint, optional = false, wide = false, fault, children }: LineProps) {
  const t = useT('web');
  const id = useId();
  const told = `${id}-fault`;
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={id}>{label}{optional && <span className="dim"> {t('form.optional')}</span>}</label>
      {children(id, { invalid: fault !== undefined, describedBy: fault === undefined ? undefined : told })}
      {fault !== undefined && <p className="fault" id={told}>{fault}</p>}
      {hint !== undefined && hint !== '' && <p className="hint">{hint}</p>}
    </div>
  );
}
