// The way in: drop a ledger or paste a table; below it the imports so far. Nothing of the register is written here.
import { useState } from 'react';
import { useReadPages, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useGo } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listImports, startImport } from '../contract.ts';
import { stateTone } from './say.ts';
import '../../portfolio/pages/portfolio.css';
import './imports.css';

export function StartImportPage() {
  const t = useT('imports');
  const go = useGo();
  const [text, setText] = useState<string | undefined>(undefined);
  const start = useRun(startImport, { onDone: (output) => go(`/import/${output.id}`) });
  return (
    <>
      <PageHead title={t('title')} small={t('small')} />
      <FileDrop accept=".xlsx,.csv,.tsv,.txt" say={t('drop')} hint={t('drop_hint')} onStored={(file) => start.go({ id: newId(), sha256: file.id, fileName: file.name })} />
      {start.error !== undefined && <Problem small error={start.error} />}
      <Section title={t('paste')} hint={t('paste_hint')}>
        <TextArea rows={5} value={text} onChange={setText} label={t('paste')} placeholder={t('paste_example')} maxLength={900_000} />
        <div className="row afterbox"><Button busy={start.running} disabled={text === undefined} onClick={() => start.go({ id: newId(), text: text ?? '', fileName: t('pasted_name') })}>{t('read_paste')}</Button></div>
      </Section>
      <Earlier />
    </>
  );
}

function Earlier() {
  const t = useT('imports');
  const format = useFormat();
  const { today } = useSession();
  const pages = useReadPages(listImports, { limit: 20 });
  return (
    <Section title={t('earlier')}>
      {pages.loading && <Loading kind="table" lines={3} />}
      {pages.error !== undefined && <Problem small error={pages.error} onRetry={pages.again} />}
      {!pages.loading && pages.items.length === 0 && <Empty title={t('none')} hint={t('none_hint')} />}
      {pages.items.length > 0 && (
        <Scroll label={t('earlier')}>
          <table className="dimtable importlist">
            <thead><tr><th scope="col">{t('column.file')}</th><th scope="col">{t('column.state')}</th><th scope="col">{t('column.result')}</th><th scope="col">{t('column.who')}</th><th scope="col">{t('column.when')}</th></tr></thead>
            <tbody>
              {pages.items.map((one) => (
                <tr key={one.id}>
                  <th scope="row"><Go href={`/import/${one.id}`}>{one.fileName}</Go></th>
                  <td><State tone={stateTone(one.state)} word={t(`state.${one.state}`)} /></td>
                  <td className="two">{one.error !== null ? one.error.title : one.counts === null ? '' : t('result', { rows: one.counts['rows'] ?? 0, written: one.counts['committed'] ?? 0, unchanged: one.counts['unchanged'] ?? 0, refused: one.counts['refused'] ?? 0 })}</td>
                  <td>{one.userName ?? t('system')}</td>
                  <td>{format.instant(one.createdAt, today)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {pages.hasMore && <Button onClick={pages.more} busy={pages.loadingMore}>{t('more')}</Button>}
    </Section>
  );
}
