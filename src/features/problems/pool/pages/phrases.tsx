// 常用语 under the field of a reply: those kept for its kind first. A press adds the sentence to what is written, and takes nothing of it away.
import { useQuery } from '@tanstack/react-query';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { offered } from './offered.ts';
import './record.css';

const MOST = 8;

export function Phrases({ kind, onChoose }: { readonly kind: string; readonly onChoose: (text: string) => void }) {
  const t = useT('problem');
  // Where they cannot be read, the reply is written without them.
  const { data = [] } = useQuery({ queryKey: ['problems.offered'], queryFn: async () => [...(await offered.read())], retry: false });
  const fit = data.filter((one) => one.kind === null || one.kind === kind).sort((a, b) => Number(a.kind === null) - Number(b.kind === null)).slice(0, MOST);
  if (fit.length === 0) return null;
  return (
    <div className="phrases" role="group" aria-label={t('act.phrases')}>
      <span className="two small">{t('act.phrases')}</span>
      {fit.map((one) => <Button key={one.id} small kind="quiet" title={one.text} onClick={() => onChoose(one.text)}>{one.title}</Button>)}
    </div>
  );
}
