// Where the chain of the event log stands, for administrators and auditors.
import { useRead } from '../../../web/client.ts';
import { useFormat } from '../../../web/format.ts';
import { useT } from '../../../web/i18n.ts';
import { Loading } from '../../../web/parts/loading.tsx';
import { Section } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { getEventChain } from '../chain/contract.ts';
import './people.css';

export function ChainCard() {
  const t = useT('people');
  const f = useFormat();
  const chain = useRead(getEventChain, {});
  if (chain.data === undefined) return chain.error === undefined ? <Loading lines={3} /> : <Problem small error={chain.error} onRetry={chain.again} />;
  const { head, pending } = chain.data;
  return (
    <Section title={t('chain.title')} hint={t('chain.say')}>
      {head === null ? <p className="dim">{t('chain.none')}</p> : (
        <dl className="chain">
          <div><dt>{t('chain.upTo')}</dt><dd>{t('chain.upToValue', { seq: head.seq })}</dd></div>
          <div><dt>{t('chain.at')}</dt><dd>{f.instant(head.at)}</dd></div>
          <div><dt>{t('chain.pending')}</dt><dd>{t('chain.pendingValue', { count: pending })}</dd></div>
          <div><dt>{t('chain.head')}</dt><dd><code>{head.hash}</code></dd></div>
        </dl>
      )}
    </Section>
  );
}
