// What may be the same already, offered while somebody types: he follows that one instead of raising another.
import { useEffect, useState } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { similarProblems } from '../../handling/contract.ts';
import './pool.css';

const WAIT_MS = 500;
const LEAST = 4;
const MOST = 3;

export function Similar({ title = '', ask, projectId, enterpriseId }: { readonly title?: string | undefined; readonly ask?: string | undefined; readonly projectId?: string | undefined; readonly enterpriseId?: string | undefined }) {
  const t = useT('problems');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(title.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [title]);
  const found = useRead(similarProblems, { title: asked, ...(ask === undefined ? {} : { ask }), ...(projectId === undefined ? {} : { projectIds: [projectId] }), ...(enterpriseId === undefined ? {} : { enterpriseId }) }, { when: asked.length >= LEAST, keep: true });
  const items = asked.length < LEAST ? [] : (found.data?.items ?? []).slice(0, MOST);
  if (items.length === 0) return null;
  return (
    <div className="notice wide similar" role="status">
      <p><b>{t('raise.similar')}</b> {t('raise.similarHint')}</p>
      <ul>{items.map((one) => <li key={one.id}><Go href={`/problems/${one.id}`}>{one.number} {one.title}</Go> <span className="two small">{t(`state.${one.state}`)} {one.ownerName}</span></li>)}</ul>
    </div>
  );
}
