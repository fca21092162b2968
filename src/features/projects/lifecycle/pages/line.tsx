// A label with its input in a dialog that is too small for a whole form: the label always belongs to the input.
import { useId, type ReactNode } from 'react';
import { useT } from '../../../../web/i18n.ts';
import '../../../../web/form/form.css';

export interface LineProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly wide?: boolean;
  readonly children: (id: string) => ReactNode;
}

export function Line({ label, hint, optional = false, wide = false, children }: LineProps) {
  const t = useT('web');
  const id = useId();
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={id}>{label}{optional && <span className="dim"> {t('form.optional')}</span>}</label>
      {children(id)}
      {hint !== undefined && hint !== '' && <p className="hint">{hint}</p>}
    </div>
  );
}
