// 常见问题: what is asked often and what holds. Officers keep the list; an enterprise types what it wants to know and sees the likest answers first.
import { useMemo, useState } from 'react';
import type { Static } from 'typebox';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type Lang, type T } from '../../../../web/i18n.ts';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter, View } from '../../../../web/ledger/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { useDebounced } from '../../../people/pages/wait.ts';
import { kindName, kindOptions } from '../../pages/names.ts';
import { AUDIENCES, listAnswers, STATES, suggestAnswers, type AnswerLine } from '../contract.ts';
import { AnswerForm } from './answerform.tsx';
import { STATE_TONES } from './tones.ts';
import '../../pages/service.css';

type Line = Static<typeof AnswerLine>;
const PAGE_ROWS = 60;
const LEAST = 2;

export function AnswersPage() {
  const t = useT('knowledge');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const keeps = can('service.keep_knowledge');
  const [adding, setAdding] = useState(false);
  const columns = useMemo(() => columnsFor(t, format, lang, keeps), [t, format, lang, keeps]);
  const filters = useMemo(() => filtersFor(t, lang, keeps), [t, lang, keeps]);
  const views = useMemo(() => viewsFor(t, keeps), [t, keeps]);
  const ledger = useLedger({ id: 'answers', filters, columns, sort: '', views });
  const input = inputFor(listAnswers.input, ledger);
  const pages = useReadPages(listAnswers, { ...input, limit: PAGE_ROWS });
  const file = useDownload();
  return (
    <>
      <PageHead title={t('answers.title')} {...(pages.first === undefined ? {} : { small: t('answers.count', { count: pages.first.total }) })} actions={keeps ? <Button kind="main" onClick={() => setAdding(true)}>{t('answers.new')}</Button> : undefined} />
      {!keeps && <Suggest />}
      <Ledger
        ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/service/answers/${row.id}`} today={today} title={t('answers.title')} {...(pages.first === undefined ? {} : { total: pages.first.total })}
        empty={<Empty title={t('answers.empty')} hint={t('answers.empty_hint')} />} onExport={() => file.start('service.answers_export', input)} exporting={file.running}
      />
      {adding && <AnswerForm onClose={() => setAdding(false)} />}
    </>
  );
}

function Suggest() {
  const t = useT('knowledge');
  const [text, setText] = useState<string | undefined>(undefined);
  const asked = (useDebounced(text) ?? '').trim();
  const found = useRead(suggestAnswers, { q: asked }, { when: asked.length >= LEAST, keep: true });
  return (
    <div className="suggestbox">
      <Section title={t('answers.suggest')} hint={t('answers.suggest_hint')}>
        <TextInput type="search" label={t('answers.suggest')} placeholder={t('answers.suggest')} maxLength={200} value={text} onChange={setText} />
        {asked.length >= LEAST && found.data !== undefined && (found.data.items.length === 0 ? <p className="dim small">{t('answers.suggest_none')}</p> : (
          <ul className="card servicelines">
            {found.data.items.map((one) => (
              <li key={one.id}>
                <div className="linehead"><Go href={`/service/answers/${one.id}`}>{one.question}</Go>{one.state === 'review' && <State tone="warn" word={t('state.review')} />}<span className="dim small push">{t('answers.likeness', { percent: one.percent })}</span></div>
                <p className="two small">{one.opening}</p>
              </li>
            ))}
          </ul>
        ))}
      </Section>
    </div>
  );
}

function filtersFor(t: T, lang: Lang, keeps: boolean): readonly Filter[] {
  return [
    { kind: 'text', id: 'q', say: t('answers.q'), any: t('answers.any_q'), placeholder: t('answers.q_hint') },
    { kind: 'many', id: 'kind', say: t('answers.kind'), any: t('answers.any_kind'), options: kindOptions(lang) },
    { kind: 'one', id: 'state', say: t('answers.state'), any: t('answers.any_state'), options: STATES.map((value) => ({ value, label: t(`state.${value}`) })) },
    ...(keeps ? [{ kind: 'one' as const, id: 'audience', say: t('answers.audience'), any: t('answers.any_audience'), options: AUDIENCES.map((value) => ({ value, label: t(`audience.${value}`) })) }] : []),
  ];
}

function viewsFor(t: T, keeps: boolean): readonly View[] {
  return [{ id: 'all', name: t('answers.view_all'), search: '' }, ...(keeps ? [{ id: 'review', name: t('answers.view_review'), search: 'state=review' }, { id: 'public', name: t('answers.view_public'), search: 'audience=public' }] : [])];
}

function columnsFor(t: T, format: Format, lang: Lang, keeps: boolean): readonly Column<Line>[] {
  return [
    { id: 'state', title: t('answers.col_state'), width: lang === 'en' ? 148 : 116, pinned: true, card: 'state', cell: (row) => <State tone={STATE_TONES[row.state]} word={t(`state.${row.state}`)} /> },
    { id: 'question', title: t('answers.col_question'), width: 320, grow: true, pinned: true, card: 'title', cell: (row) => <>{row.question}{keeps && row.audience === 'officers' && <span className="tag">{t('audience.officers')}</span>}</> },
    { id: 'kind', title: t('answers.col_kind'), width: lang === 'en' ? 150 : 96, cell: (row) => kindName(row.kind, lang) },
    { id: 'department', title: t('answers.col_department'), width: 120, cell: (row) => row.departmentName ?? '—' },
    { id: 'reviewed', title: t('answers.col_reviewed'), width: lang === 'en' ? 112 : 134, off: !keeps, cell: (row) => format.day(row.reviewedDay) },
    { id: 'due', title: t('answers.col_due'), width: lang === 'en' ? 112 : 134, cell: (row) => <span className={row.state === 'review' ? 'tone-warn' : undefined}>{format.day(row.reviewDue)}</span> },
    { id: 'useful', title: t('answers.col_useful'), width: lang === 'en' ? 120 : 104, align: 'right', cell: (row) => `${format.count(row.useful)} / ${format.count(row.notUseful)}` },
    { id: 'settled', title: t('answers.col_settled'), width: 80, align: 'right', cell: (row) => format.count(row.settled) },
  ];
}
