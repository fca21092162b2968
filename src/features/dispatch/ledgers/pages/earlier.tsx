// The words that stood in an entry before, the latest first.
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { readEarlier } from '../../week/contract.ts';

const SHOWN = ['done', 'next', 'problem', 'place', 'participants', 'policies', 'said', 'text'] as const;

export function EarlierDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useT('ledgers');
  const format = useFormat();
  const read = useRead(readEarlier, { id });
  return (
    <Dialog open title={t('diary.earlier')} onClose={onClose}>
      {read.data === undefined ? (read.error === undefined ? <Loading lines={4} /> : <Problem error={read.error} onRetry={read.again} />) : (
        <ul className="diary">{read.data.items.map((one) => <li key={one.at}><span className="two small">{format.instant(one.at)}</span><p className="words">{SHOWN.map((name) => one.words[name] ?? '').filter((word) => word !== '').join('\n')}</p></li>)}</ul>
      )}
    </Dialog>
  );
}
