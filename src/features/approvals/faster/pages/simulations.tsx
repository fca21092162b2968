// The simulated opinions of a project: each with its mark, its last day, what is owed before it can become formal, and what can be done next.
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { Act } from './act.tsx';
import { actsOn, leftTone, pick, sayLeft, simulationState, type Faster, type Simulation } from './say.ts';

interface Props { readonly shown: Faster; readonly onAct: (act: Act) => void }

export function Simulations({ shown, onAct }: Props) {
  const t = useT('approvals');
  return (
    <Section title={t('faster.simulations')} hint={t('faster.simulationsHint')}>
      {shown.simulations.length === 0
        ? <p className="card pad dim">{t(shown.keyProject ? 'faster.noSimulations' : 'faster.notKey')}</p>
        : <ul className="card fasterlist">{shown.simulations.map((one) => <Line key={one.id} one={one} projectId={shown.id} examine={shown.can.examine} onAct={onAct} />)}</ul>}
    </Section>
  );
}

function Line({ one, projectId, examine, onAct }: { readonly one: Simulation; readonly projectId: string; readonly examine: boolean; readonly onAct: (act: Act) => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const state = simulationState(one, t);
  return (
    <li>
      <div className="fasterhead">
        <State tone={state.tone} word={state.word} />
        <b>{pick(one.itemName, lang)}</b>
        <span className={one.force === 'formal' ? 'tag' : 'simmark'}>{t(one.force === 'formal' ? 'faster.formalMark' : 'faster.mark')}</span>
        {one.round > 1 && <span className="tag">{t('faster.round', { n: one.round })}</span>}
        {one.daysLeft !== null && <span className={`push tone-${leftTone(one.daysLeft)}`}>{sayLeft(one.daysLeft, t)}</span>}
      </div>
      <p className="two small fasterfacts">
        {one.orgName !== null && <span>{one.orgName}</span>}
        {one.number !== null && <span>{t('faster.number')} {one.number}</span>}
        {one.document !== null && <span>{t('faster.documentNumber')} {t('faster.document', { number: one.document.number, day: format.day(one.document.day) })}</span>}
        {one.expires !== null && one.document === null && <span>{t('faster.validUntil', { day: format.day(one.expires) })}</span>}
        {one.status === 'converting' && one.due !== null && <span>{t('faster.formalDue', { day: format.day(one.due) })}</span>}
        <span>{t('faster.signedBy', { name: one.signedBy })}</span>
        {one.riskSha !== null && <a href={`/api/files/${one.riskSha}`} download>{t('faster.letter')}</a>}
        {one.number !== null && <Go href={`/projects/${projectId}/approvals/opinions/${one.id}`}>{t('faster.paper.open')}</Go>}
      </p>
      {one.earthworks && one.force === 'none' && one.status === 'opined' && <p className="two small">{t('faster.earthworks')}</p>}
      {one.changed.length > 0 && <p className="tone-warn small">{t('faster.changed', { parts: one.changed.map((each) => t(`cases:premise.${each}`)).join(t('list')) })}</p>}
      {one.owed.map((debt) => debt.daysLeft !== null && (
        <p key={debt.item} className="fasterdebt small">
          <span className={debt.late ? 'tone-bad' : 'tone-warn'}>{t('faster.owed')}</span> {pick(debt.itemName, lang)} · {t('faster.owedDue', { day: format.day(debt.due) })}<span className={`tone-${leftTone(debt.daysLeft)}`}> {sayLeft(debt.daysLeft, t)}</span>
          {examine && !one.expired && <Button small kind="quiet" onClick={() => onAct({ kind: 'settle', on: one, item: debt.item })}>{t('faster.act.settle')}</Button>}
        </p>
      ))}
      <p className="dim small">{one.steps.map((step) => `${t(`faster.step.${step.kind}`)} ${format.day(step.day)}`).join(' → ')}</p>
      {examine && actsOn(one).length > 0 && (
        <div className="row fasteracts">{actsOn(one).map((kind) => <Button key={kind} small kind={kind === 'void' ? 'quiet' : 'plain'} onClick={() => onAct({ kind, on: one })}>{t(`faster.act.${kind}`)}</Button>)}</div>
      )}
    </li>
  );
}
