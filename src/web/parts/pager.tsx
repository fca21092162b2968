// Says how many are shown of how many, and loads on: for lists that are not a Ledger.
import { useT } from '../i18n.ts';
import { Button } from './button.tsx';

export interface PagerProps {
  readonly shown: number;
  readonly total?: number;
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
}

export function Pager({ shown, total, hasMore, loading, onMore }: PagerProps) {
  const t = useT('web');
  return (
    <div className="row small dim" style={{ justifyContent: 'center', padding: '10px 0' }}>
      <span>{total === undefined ? t('pager.shown', { shown }) : t('pager.of', { shown, total })}</span>
      {hasMore && <Button kind="quiet" small busy={loading} onClick={onMore}>{t('pager.more')}</Button>}
    </div>
  );
}
