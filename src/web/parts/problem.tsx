// What went wrong and what can be done about it: failures, refusals, what may not be seen, what is not there.
import { useT } from '../i18n.ts';
import type { ProblemError } from '../problem.ts';
import { Button } from './button.tsx';
import './quiet.css';

export function Problem({ error, onRetry, small = false }: { readonly error: ProblemError; readonly onRetry?: () => void; readonly small?: boolean }) {
  const t = useT('web');
  if (error.status === 403 && !small) return <NotAllowed detail={error.detail} />;
  if (error.status === 404 && !small) return <NotFound />;
  // What the title says of the one field need not be said twice.
  const fields = error.errors.filter((one) => one.message !== error.title);
  return (
    <div className={small ? 'problem' : 'blank failed'} role="alert">
      <p className="blanktitle">{error.title}</p>
      {error.detail !== '' && error.detail !== error.title && <p className="two">{error.detail}</p>}
      {fields.length > 0 && (
        <ul className="two">{fields.map((one) => <li key={one.path + one.message}>{one.name !== undefined && <b>{one.name} </b>}{one.message}</li>)}</ul>
      )}
      {error.id !== undefined && <p className="dim small">{t('problem.id', { id: error.id })}</p>}
      {onRetry !== undefined && <div className="row"><Button onClick={onRetry}>{t('problem.retry')}</Button></div>}
    </div>
  );
}

export function NotAllowed({ detail }: { readonly detail?: string }) {
  const t = useT('web');
  return (
    <div className="blank" role="alert">
      <h1 className="blanktitle">{t('problem.notAllowed')}</h1>
      <p className="two">{detail === undefined || detail === '' ? t('problem.notAllowedHint') : detail}</p>
      <div className="row"><Button href="/">{t('problem.toToday')}</Button></div>
    </div>
  );
}

export function NotFound() {
  const t = useT('web');
  return (
    <div className="blank" role="alert">
      <h1 className="blanktitle">{t('problem.notFound')}</h1>
      <p className="two">{t('problem.notFoundHint')}</p>
      <div className="row"><Button href="/">{t('problem.toToday')}</Button></div>
    </div>
  );
}
