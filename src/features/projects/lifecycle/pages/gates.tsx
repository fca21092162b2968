// What stands before the next stages, condition by condition, and the passages that brought the project here.
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { ConditionRow } from './condition.tsx';
import { pick, type Gates } from './words.ts';
import './lifecycle.css';

export interface GatesSectionProps {
  readonly gates: Gates;
  readonly onMove: (to: string) => void;
  readonly onAdd: (kinds: readonly string[]) => void;
}

export function GatesSection({ gates, onMove, onAdd }: GatesSectionProps) {
  const t = useT('lifecycle');
  const lang = useLang();
  const format = useFormat();
  const { today } = useSession();
  // The stage that must be passed comes first; what may be entered on the way, or skipped, after it.
  const ordered = gates.next.toReversed();
  return (
    <>
      {gates.sideName !== null && (
        <div className="card pad sidenote" role="status">
          <p><State tone="off" word={pick(gates.sideName, lang)} />　{t('gate.aside', { side: pick(gates.sideName, lang), day: gates.sideDay === null ? '—' : format.shortDay(gates.sideDay, today) })}</p>
          {gates.sideReason !== null && <p className="two">{t('gate.asideReason', { reason: gates.sideReason })}</p>}
          {gates.sideState === 'paused' && <p className="dim small">{t('gate.paused')}</p>}
        </div>
      )}
      {gates.next.length === 0 && gates.sideName === null && <p className="two">{t('gate.last')}</p>}
      {ordered.map((gate, index) => (
        <Section
          key={gate.stage}
          id={`gate-${gate.stage}`}
          title={<>{t(index === 0 ? 'gate.next' : 'gate.or', { stage: pick(gate.name, lang) })}{gate.optional && <span className="dim small">{t('gate.optional')}</span>}</>}
          hint={<State tone={gate.missing > 0 ? 'late' : 'ok'} word={gate.missing > 0 ? t('gate.missing', { count: gate.missing }) : t('gate.ready')} />}
          actions={gates.can.move ? <Button small={index > 0} onClick={() => onMove(gate.stage)}>{t('gate.move', { stage: pick(gate.name, lang) })}</Button> : undefined}
        >
          <div className="card pad">
            {gate.conditions.length === 0
              ? <p className="two">{t('gate.none')}</p>
              : (
                <ul className="conditions">
                  {gate.conditions.map((one) => <ConditionRow key={one.code} condition={one} {...(gates.can.addEvidence && one.kinds.length > 0 && one.state !== 'met' ? { onAdd: () => onAdd(one.kinds) } : {})} />)}
                </ul>
              )}
          </div>
        </Section>
      ))}
    </>
  );
}

export function PassagesSection({ gates }: { readonly gates: Gates }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const format = useFormat();
  const { today } = useSession();
  const name = (code: string): string => {
    const stage = gates.stages.find((one) => one.code === code);
    return stage === undefined ? code : pick(stage.name, lang);
  };
  const side = (code: string): string => {
    const known = gates.sideStates.find((one) => one.code === code);
    return known === undefined ? code : pick(known.name, lang);
  };
  return (
    <Section title={t('passages.title')}>
      {gates.passages.length === 0
        ? <p className="dim small">{t(gates.stage === 'planned' ? 'passages.empty' : 'passages.fromLedger')}</p>
        : (
          <ol className="card passages">
            {gates.passages.map((one) => (
              <li key={one.id} className={one.backward ? 'backward' : undefined}>
                <p>
                  <b>{one.from === one.to ? (one.sideState === null ? t('passages.resumed') : side(one.sideState)) : t(one.backward ? 'passages.backward' : 'passages.forward', { from: name(one.from), to: name(one.to) })}</b>
                  <span className="two">　{format.shortDay(one.day, today)}</span>
                </p>
                {one.works !== null && <p className="two small">{t('passages.works', { works: one.works })}</p>}
                {one.evidence.length > 0 && <p className="two small">{t('gate.by')}{t('colon')}{one.evidence.map((paper) => `${paper.kindName}${paper.removed ? ` (${t('evidence.removedDone')})` : ''}`).join(t('comma'))}</p>}
                {one.waived.map((waiver) => <p key={waiver.condition} className="tone-warn small">{t('gate.waived')} {t('passages.waiver', { text: waiver.text, reason: waiver.reason })}</p>)}
                {one.reason !== null && <p className="two small">{t('gate.asideReason', { reason: one.reason })}</p>}
                {one.note !== null && <p className="two small">{one.note}</p>}
                <p className="dim small">{t('passages.by', { who: one.movedBy })} · {format.instant(one.movedAt, today)}</p>
              </li>
            ))}
          </ol>
        )}
    </Section>
  );
}
