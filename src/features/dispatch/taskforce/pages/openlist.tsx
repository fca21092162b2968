// What is open on a project when it changes hands, by kind.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { useSession } from '../../../../web/session.tsx';
import type { Open } from '../contract.ts';

export function OpenList({ open }: { readonly open: readonly Open[] }) {
  const t = useT('taskforce');
  const format = useFormat();
  const { today } = useSession();
  if (open.length === 0) return <p className="card pad two">{t('open.none')}</p>;
  return (
    <ul className="card tflist">
      {open.map((one) => (
        <li key={`${one.kind}:${one.id}`}>
          <span className="tag">{t(`open.${one.kind}`)}</span>
          <span>{one.kind === 'visit' ? t(`visitKind.${one.name}`) : one.kind === 'report' ? t('open.reportOf', { month: one.name === '' ? '—' : format.month(one.name) }) : one.name}</span>
          {one.day !== null && <span className={`push small ${one.day < today ? 'tone-late' : 'two'}`}>{format.day(one.day)}</span>}
        </li>
      ))}
    </ul>
  );
}
