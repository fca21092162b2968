// What is said where a dialog of a case was refused. Where somebody else recorded something meanwhile: what that was, that the page shows it now,
// and that nothing typed is lost.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import type { ProblemError } from '../../../../web/problem.ts';
import type { One } from './say.ts';

/** `kind`: what the dialog records; it may not be possible any more. */
export function Refused({ error, one, kind }: { readonly error: ProblemError | undefined; readonly one: One; readonly kind?: string }) {
  const t = useT('cases');
  const format = useFormat();
  useFresh(error);
  if (error === undefined) return null;
  if (error.status !== 412) return <Problem small error={error} />;
  const last = one.events.at(-1);
  return (
    <div className="problem" role="alert">
      <p className="blanktitle">{last === undefined ? error.title : t('act.changed', { what: t(`event.${last.kind}`), by: last.by, day: format.day(last.day) })}</p>
      <p className="two">{t(kind !== undefined && !one.can.some((each) => each.kind === kind) ? 'act.gone' : 'act.again')}</p>
    </div>
  );
}

/** Somebody else recorded something meanwhile: read it anew, so that the second press is made upon what is shown. */
export function useFresh(error: ProblemError | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (error?.status === 412) void client.invalidateQueries({ predicate: ({ queryKey: [name] }) => String(name).startsWith('approvals.') });
  }, [error, client]);
}
