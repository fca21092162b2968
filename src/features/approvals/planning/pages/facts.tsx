// The questionnaire of a project: questions by group, prefilled from the register, and beside them what each answer brings and takes, before
// anything is saved. One question: which approvals does this project need, and why?
import { useDeferredValue, useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { answerFacts, previewFacts, questionnaire, type Question } from '../contract.ts';
import { Effect } from './effect.tsx';
import { Asked } from './question.tsx';
import { named, sayWhy } from './say.ts';
import './planning.css';

type Shown = OutputOf<typeof questionnaire>;
export type Answer = Question['value'];
/** What was answered on this page and is not saved. null: not known. */
export type Draft = Readonly<Record<string, Answer>>;

export function FactsPage() {
  const { id = '' } = usePath();
  const read = useRead(questionnaire, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Page shown={read.data} />;
}

function Page({ shown }: { readonly shown: Shown }) {
  const t = useT('approvals');
  const format = useFormat();
  const [draft, setDraft] = useState<Draft>({});
  // Nonsense is no JSON: it stays at its field, and nothing is saved until it is a number.
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set());
  const asked = useDeferredValue(draft);
  const changed = Object.keys(draft).length;
  // A draft that has just been saved must not be asked for again.
  const preview = useRead(previewFacts, { id: shown.id, draft: JSON.stringify(asked) }, { keep: true, when: Object.keys(asked).length > 0 });
  const effect = changed === 0 ? undefined : preview.data;
  const run = useRun(answerFacts, {
    touches: ['approvals.'],
    onDone: () => {
      setDraft({});
      toast({ text: t('planning.answered') });
    },
  });
  const save = (): void => run.go({ id: shown.id, answers: draft }, { version: shown.version });
  const answer = (name: string, value: Answer | undefined): void => {
    const bad = Number.isNaN(value);
    setUnread(bad ? new Set(unread).add(name) : new Set([...unread].filter((one) => one !== name)));
    setDraft(changedDraft(shown, draft, name, bad ? undefined : value));
  };
  const drop = (): void => {
    setDraft({});
    setUnread(new Set());
  };
  const faults = new Map([...(effect?.faults ?? []).map((one) => [one.fact, one.code] as const), ...[...unread].map((name) => [name, 'not_number'] as const)]);
  return (
    <Record
      crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, { label: shown.name, href: `/projects/${shown.id}` }, { label: t('planning.title'), href: `/projects/${shown.id}/approvals` }, { label: t('planning.facts') }]}
      title={t('planning.factsTitle')}
      say={t('planning.factsSay', { needed: shown.counts.needed, open: shown.counts.clarify })}
      actions={<Button href={`/projects/${shown.id}/approvals`}>{t('planning.toPlan')}</Button>}
      side={<Effect shown={shown} effect={effect} changed={changed} unread={unread.size} saving={run.running} error={run.error ?? (changed > 0 ? preview.error : undefined)} onSave={save} onDrop={drop} />}
    >
      <div className="stack">
        {shown.groups.map((one) => (
          <Section key={one.group} title={t(`group.${one.group}`)} hint={t('planning.groupHint', { known: one.questions.filter((each) => each.value !== null).length, all: one.questions.length })}>
            <div className="card apquestions">
              {one.questions.map((each) => <Asked key={each.name} question={each} draft={draft} fault={faults.get(each.name)} unread={unread.has(each.name)} disabled={!shown.can.answer} onAnswer={answer} />)}
            </div>
          </Section>
        ))}
        <Verdicts shown={shown} />
        {shown.answeredAt !== null && <p className="dim small">{t('planning.answeredBy', { name: shown.answeredBy ?? '', at: format.instant(shown.answeredAt) })}</p>}
      </div>
    </Record>
  );
}

/** What is answered as it stood is no change. */
function changedDraft(shown: Shown, draft: Draft, name: string, value: Answer | undefined): Draft {
  const question = shown.groups.flatMap((one) => one.questions).find((one) => one.name === name);
  const { [name]: _dropped, ...rest } = draft;
  const same = question !== undefined && (value === null ? question.source === 'unsure' : JSON.stringify(question.value) === JSON.stringify(value));
  return value === undefined || same ? rest : { ...rest, [name]: value };
}

const VERDICTS = ['needed', 'clarify', 'not_needed'] as const;

function Verdicts({ shown }: { readonly shown: Shown }) {
  const t = useT('approvals');
  const format = useFormat();
  const [{ verdict }, set] = useUrlState({ verdict: 'needed' });
  const items = shown.items.filter((one) => one.verdict === verdict);
  return (
    <Section title={t('planning.verdicts')} hint={t('planning.verdictsHint', { count: shown.items.length })}>
      <Tabs label={t('planning.verdicts')} here={verdict} onGo={(next) => set({ verdict: next })} tabs={VERDICTS.map((id) => ({ id, label: t(`verdict.${id}`), count: shown.items.filter((one) => one.verdict === id).length }))} />
      {items.length === 0 ? <p className="card pad two">{t('planning.noneOfThese')}</p> : (
        <Scroll label={t('planning.verdicts')}>
          <table className="plain aplist">
            <thead><tr><th>{t('planning.item')}</th><th>{t('planning.lead')}</th><th>{t('plan.why')}</th></tr></thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.code}>
                  <td className="apname"><span className="apcode">{one.code}</span>{named(one.name, format)}</td>
                  <td className="two" data-col={t('planning.lead')}>{t(`planning.department.${one.department}`)}</td>
                  <td className="two apwhy" data-col={t('plan.why')}>{sayWhy(one.why, t, format)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  );
}
