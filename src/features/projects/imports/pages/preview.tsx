// Every row's fate before anything is written: new, changed (which cells), unchanged, refused (where and why), doubtful (which project
// is it?). All or a part is committed with one button.
import { useState } from 'react';
import { queryHref, useRead, useReadPages, useRun } from '../../../../web/client.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { cancelImport, commitImport, FATES, listImportProblems, listImportRows, type getImport } from '../contract.ts';
import { fateTone, fieldName, sayValue } from './say.ts';
import '../../portfolio/pages/portfolio.css';
import './imports.css';

type Item = OutputOf<typeof getImport>['item'];
type Row = OutputOf<typeof listImportRows>['items'][number];
const SHOWN = ['new', 'changed', 'doubtful', 'refused', 'unchanged'] as const;
const TOLD = ['code', 'level', 'category', 'nature', 'town', 'builder', 'totalFen', 'year'] as const;

export function PreviewStep({ item, onRemap }: { readonly item: Item; readonly onRemap: () => void }) {
  const t = useT('imports');
  const format = useFormat();
  const [state, set] = useUrlState({ fate: '', problem: '' });
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [choices, setChoices] = useState<ReadonlyMap<number, string | null>>(new Map());
  const commit = useRun(commitImport);
  const cancel = useRun(cancelImport);
  const count = (fate: string): number => item.counts?.[fate] ?? 0;
  const first = SHOWN.find((fate) => count(fate) > 0) ?? 'new';
  const fate = FATES.find((one) => one === state.fate) ?? first;
  const pages = useReadPages(listImportRows, { id: item.id, ...(state.problem === '' ? { fate: [fate] } : { problem: state.problem }), limit: 100 });
  const writing = count('new') + count('changed') - left.size + choices.size;
  return (
    <>
      {count('warned') > 0 && <Problems id={item.id} here={state.problem} onGo={(problem) => set({ problem })} />}
      <Tabs label={t('fates')} here={state.problem === '' ? fate : ''} onGo={(next) => set({ fate: next, problem: '' })} tabs={SHOWN.map((one) => ({ id: one, label: t(`fate.${one}`), count: format.count(count(one)) }))} />
      {state.problem !== '' ? null : <p className="dim small addsline">{t('adds', { parts: SHOWN.map((one) => `${t(`fate.${one}`)} ${format.count(count(one))}`).join(' + '), rows: format.count(count('rows')) })} {t(`fate_hint.${fate}`)}</p>}
      {pages.loading && <Loading kind="table" lines={8} />}
      {pages.error !== undefined && <Problem error={pages.error} onRetry={pages.again} />}
      {!pages.loading && pages.items.length === 0 && <Empty title={t('no_rows')} />}
      {pages.items.length > 0 && (
        <Scroll label={t('fates')}>
          <table className="dimtable rowtable">
            <thead><tr><th scope="col">{t('column.take')}</th><th scope="col">{t('column.place')}</th><th scope="col">{t('column.project')}</th><th scope="col">{t('column.what')}</th></tr></thead>
            <tbody>
              {pages.items.map((row) => (
                <Line key={row.n} row={row} out={left.has(row.n)} choice={choices.get(row.n)} chosen={choices.has(row.n)}
                  onOut={(yes) => setLeft((all) => toggled(all, row.n, yes))}
                  onChoice={(choice) => setChoices((all) => new Map(all).set(row.n, choice))} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {pages.hasMore && <div className="row"><Button onClick={pages.more} busy={pages.loadingMore}>{t('more')}</Button></div>}
      {commit.error !== undefined && <Problem small error={commit.error} />}
      <div className="importfoot">
        <Button busy={cancel.running} onClick={() => cancel.go({ id: item.id })}>{t('cancel')}</Button>
        <Button onClick={onRemap}>{t('remap')}</Button>
        {count('warned') > 0 && <Button href={queryHref('projects.import_report', { id: item.id }).replace('/api/queries/', '/api/downloads/')}>{t('report.marked')}</Button>}
        <Button kind="main" busy={commit.running} disabled={writing <= 0} onClick={() => void send()}>{t('commit', { count: format.count(writing) })}</Button>
        {count('doubtful') > choices.size && <span className="two">{t('doubtful_left', { count: count('doubtful') - choices.size })}</span>}
      </div>
    </>
  );

  function send(): Promise<unknown> {
    const given = [...choices].map(([n, projectId]) => ({ n, projectId }));
    return (left.size === 0 ? Promise.resolve(undefined) : allBut(item, left, [...choices.keys()])).then((rows) => commit.run({ id: item.id, choices: given, ...(rows === undefined ? {} : { rows }) })).catch(() => undefined);
  }
}

/** What should be looked at before writing, each kind with its rows. */
function Problems({ id, here, onGo }: { readonly id: string; readonly here: string; readonly onGo: (key: string) => void }) {
  const t = useT('imports');
  const format = useFormat();
  const read = useRead(listImportProblems, { id });
  if (read.error !== undefined) return <Problem small error={read.error} onRetry={read.again} />;
  if (read.data === undefined) return <Loading lines={2} />;
  return (
    <Section title={t('problems')} hint={t('problems_hint')}>
      <ul className="card kinds">
        {read.data.items.map((one) => (
          <li key={one.key}>
            <button type="button" aria-pressed={here === one.key} onClick={() => onGo(here === one.key ? '' : one.key)}>
              <b className={one.refuses ? 'tone-bad' : 'tone-warn'}>{t('problem_rows', { count: format.count(one.rows) })}</b>
              <span>{one.heading === null ? '' : `${one.letter ?? ''} ${one.heading}：`}{one.message}</span>
              <span className="two small">{here === one.key ? t('problem_all') : ''}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

// The server wants the rows that are taken; the page knows those that are left out.
async function allBut(item: Item, left: ReadonlySet<number>, chosen: readonly number[]): Promise<number[]> {
  const all = Array.from({ length: item.allRows }, (_, n) => n);
  return [...new Set([...all.filter((n) => !left.has(n)), ...chosen])];
}

function toggled(all: ReadonlySet<number>, n: number, yes: boolean): ReadonlySet<number> {
  const next = new Set(all);
  if (yes) next.add(n);
  else next.delete(n);
  return next;
}

interface LineProps {
  readonly row: Row;
  readonly out: boolean;
  readonly chosen: boolean;
  readonly choice: string | null | undefined;
  readonly onOut: (yes: boolean) => void;
  readonly onChoice: (projectId: string | null) => void;
}

function Line({ row, out, chosen, choice, onOut, onChoice }: LineProps) {
  const t = useT('imports');
  const takes = row.fate === 'new' || row.fate === 'changed';
  return (
    <tr className={out ? 'skipped' : ''}>
      <td>{takes && <input type="checkbox" checked={!out} aria-label={t('column.take')} onChange={(event) => onOut(!event.target.checked)} />}</td>
      <td className="two where">{t('place', { sheet: row.sheet, row: row.row })}</td>
      <th scope="row">
        {row.projectId === null ? row.name : <Go href={`/projects/${row.projectId}`}>{row.name}</Go>}
        <br /><State tone={fateTone(row.fate)} word={t(`fate.${row.fate}`)} />
      </th>
      <td>
        {row.fate === 'changed' && <Changes row={row} />}
        {row.fate === 'new' && <Told row={row} />}
        {row.fate === 'doubtful' && (
          <fieldset className="candidates">
            <legend className="two">{t('which')}</legend>
            {row.candidates.map((one) => (
              <label key={one.id}><input type="radio" name={`n${String(row.n)}`} checked={chosen && choice === one.id} onChange={() => onChoice(one.id)} /> {one.name} <span className="two">{[one.code, one.builderName, one.townName].filter((part) => part !== null).join(' · ')} · {t(`why.${one.why}`)}</span></label>
            ))}
            <label><input type="radio" name={`n${String(row.n)}`} checked={chosen && choice === null} onChange={() => onChoice(null)} /> {t('is_new')}</label>
          </fieldset>
        )}
        {row.problems.length > 0 && <ul className="problems">{row.problems.map((one, i) => <li key={i} className={one.refuses || row.fate === 'refused' ? 'tone-bad' : 'tone-warn'}>{one.letter === null ? '' : `${one.letter}${String(row.row)} `}{one.heading === null ? '' : `${one.heading}：`}{one.message}{one.text === '' ? '' : `（${one.text.slice(0, 60)}）`}</li>)}</ul>}
      </td>
    </tr>
  );
}

function Changes({ row }: { readonly row: Row }) {
  const t = useT('imports');
  const format = useFormat();
  return (
    <div className="changes">
      {row.changes.map((one) => (
        <div key={one.field} style={{ display: 'contents' }}>
          <span className="two">{fieldName(one.field, t)}</span>
          <span><del>{sayValue(one.field, one.before, format, t)}</del> → <ins>{sayValue(one.field, one.after, format, t)}</ins></span>
        </div>
      ))}
    </div>
  );
}

function Told({ row }: { readonly row: Row }) {
  const t = useT('imports');
  const format = useFormat();
  const told = TOLD.filter((field) => row.values[field] !== undefined);
  return <span className="two">{told.map((field) => `${fieldName(field, t)} ${sayValue(field, row.values[field], format, t)}`).join(t('dot'))}</span>;
}
