// What was told of a problem's progress, the latest first; where the zone asks for it, an update waits for an approval before a report may use it.
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { judgeUpdate, listUpdates } from '../../handling/contract.ts';
import './record.css';

export function Updates({ problemId }: { readonly problemId: string }) {
  const t = useT('problem');
  const format = useFormat();
  const { today } = useSession();
  const read = useRead(listUpdates, { id: problemId });
  const judge = useRun(judgeUpdate, { touches: ['problems.'] });
  if (read.data === undefined || read.data.items.length === 0) return read.error === undefined ? null : <Problem small error={read.error} />;
  const { items, approve, mayJudge } = read.data;
  const refused = async (updateId: string): Promise<void> => {
    const reason = await confirm({ title: t('updates.refuse'), act: t('updates.refuse'), reason: t('act.field.reason') });
    if (reason !== undefined) judge.go({ id: problemId, updateId, verdict: 'refused', reason });
  };
  return (
    <Section title={t('updates.title')} hint={approve ? t('updates.hint') : undefined}>
      <ul className="card pad limits">
        {items.map((one) => (
          <li key={one.id}>
            <p className="steptext">{one.text}</p>
            <p className="two small">{one.byOrgName === null ? one.byName : t('told.by', { name: one.byName, org: one.byOrgName })} {format.instant(one.at, today)}{one.files.map((file) => <a key={file.sha256} className="filename" href={`/api/files/${file.sha256}`} download={file.name}> {file.name}</a>)}</p>
            {one.verdict !== null && <p><State tone={one.verdict === 'approved' ? 'ok' : 'bad'} word={t(`updates.${one.verdict}`)} />{one.verdictReason !== null && <span className="two"> {one.verdictReason}</span>}</p>}
            {approve && mayJudge && one.verdict === null && <div className="row"><Button small busy={judge.running} onClick={() => judge.go({ id: problemId, updateId: one.id, verdict: 'approved' })}>{t('updates.approve')}</Button><Button small kind="quiet" onClick={() => void refused(one.id)}>{t('updates.refuse')}</Button></div>}
          </li>
        ))}
      </ul>
      {judge.error !== undefined && <Problem small error={judge.error} />}
    </Section>
  );
}
