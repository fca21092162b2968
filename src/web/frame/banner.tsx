// Says that the server cannot be reached and how many changes wait; they are sent again by themselves.
import { queries } from '../client.ts';
import { useT } from '../i18n.ts';
import { retryNow, useNetwork } from '../network.ts';

export function Banner() {
  const t = useT('web');
  const { reachable, waiting } = useNetwork();
  if (reachable && waiting === 0) return null;
  return (
    <div className="banner noprint" role="status">
      <span>{waiting > 0 ? t('network.waiting', { count: waiting }) : t('network.lost')}</span>
      <button
        type="button"
        onClick={() => {
          retryNow();
          void queries.refetchQueries({ type: 'active' });
        }}
      >
        {t('network.retry')}
      </button>
    </div>
  );
}
