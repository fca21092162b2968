// The dialog around one command of the faster ways: fields, what they lead to, and the refusal in words. What was entered survives a refusal.
import { useState, type ReactNode } from 'react';
import type { CommandContract, InputOf } from '../../../../kernel/contract.ts';
import { useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { useFresh } from '../../cases/pages/act.tsx';
import { complete, Field, type FieldSpec, type Values } from './fields.tsx';

export interface ShellProps<C extends CommandContract> {
  /** Of the project. */
  readonly version: number;
  /** What is done, as the button says it; `about` is what it is done to. */
  readonly title: string;
  readonly about?: string | undefined;
  readonly contract: C;
  readonly fields: readonly FieldSpec[] | ((values: Values) => readonly FieldSpec[]);
  readonly input: (values: Values) => InputOf<C>;
  readonly start?: Values;
  readonly hint?: string | undefined;
  /** It is about what has no legal force. */
  readonly simulated?: boolean;
  readonly danger?: boolean;
  readonly below?: (values: Values) => ReactNode;
  readonly onClose: () => void;
}

const MANY = 5;

export function Shell<C extends CommandContract>({ version, title, about, contract, fields, input, start = {}, hint, simulated = false, danger = false, below, onClose }: ShellProps<C>) {
  const t = useT('approvals');
  const { today } = useSession();
  const [values, setValues] = useState<Values>({ day: today, ...start });
  const run = useRun(contract, { touches: ['approvals.', 'projects.'], onDone: () => { toast({ text: t('faster.done') }); onClose(); } });
  useFresh(run.error);
  const shown = typeof fields === 'function' ? fields(values) : fields;
  const many = shown.length > MANY;
  return (
    <Dialog open size={many ? 'middle' : 'small'} onClose={onClose} title={about === undefined ? title : `${title} · ${about}`} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind={danger ? 'danger' : 'main'} disabled={!complete(shown, values)} busy={run.running} onClick={() => run.go(input(values), { version })}>{title}</Button>
      </>
    }>
      <div className="stack">
        {hint !== undefined && <p className="two">{hint}</p>}
        {simulated && <p className="simmark">{t('faster.mark')}</p>}
        <div className={many ? 'fasterfields' : 'stack'}>
          {shown.map((one) => <Field key={one.name} spec={one} values={values} onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))} />)}
        </div>
        {below?.(values)}
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
