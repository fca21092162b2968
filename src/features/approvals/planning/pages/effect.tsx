// What the answers that are not saved yet would change: items that appear, disappear or turn, why, and the days. Stays in sight while one
// answers; on a phone it stands at the foot.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { ProblemError } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import type { previewFacts, questionnaire } from '../contract.ts';
import { named, sayWhy } from './say.ts';

type Preview = OutputOf<typeof previewFacts>;

interface EffectProps {
  readonly shown: OutputOf<typeof questionnaire>;
  readonly effect: Preview | undefined;
  readonly changed: number;
  /** Answers that cannot be read as the number that they must be. */
  readonly unread: number;
  readonly saving: boolean;
  readonly error: ProblemError | undefined;
  readonly onSave: () => void;
  readonly onDrop: () => void;
}

export function Effect({ shown, effect, changed, unread, saving, error, onSave, onDrop }: EffectProps) {
  const t = useT('approvals');
  const { needed, clarify, notNeeded } = shown.counts;
  return (
    <aside className={`card pad apeffect${changed > 0 ? ' busy' : ''}`} aria-label={t('planning.effect')}>
      <h2>{t('planning.effect')}</h2>
      <p className="small two">{t('planning.countsNow', { needed, open: clarify, not: notNeeded })}</p>
      <div role="status">{changed === 0 ? <p className="small dim">{t(shown.can.answer ? 'planning.effectHint' : 'planning.readOnly')}</p> : effect === undefined ? null : <Changes effect={effect} />}</div>
      {unread > 0 && <p className="small tone-bad">{t('planning.hasFaults', { count: unread })}</p>}
      {error !== undefined && <Problem small error={error} />}
      {(changed > 0 || unread > 0) && (
        <div className="row end">
          <Button small onClick={onDrop}>{t('planning.drop')}</Button>
          <Button small kind="main" busy={saving} disabled={unread > 0 || (effect?.faults.length ?? 0) > 0} onClick={onSave}>{t('planning.save', { count: changed })}</Button>
        </div>
      )}
    </aside>
  );
}

const KINDS = [['appears', 'late', '＋'], ['disappears', 'ok', '−'], ['turns', 'warn', '→']] as const;

function Changes({ effect }: { readonly effect: Preview }) {
  const t = useT('approvals');
  const format = useFormat();
  const { before, after } = effect.beginDay;
  const none = KINDS.every(([kind]) => effect[kind].length === 0);
  return (
    <>
      {effect.faults.length > 0 ? <p className="small tone-bad">{t('planning.hasFaults', { count: effect.faults.length })}</p> : none ? <p className="small two">{t('planning.noEffect')}</p> : KINDS.map(([kind, tone, mark]) => effect[kind].length > 0 && (
        <div key={kind}>
          <h3 className={`small tone-${tone}`}>{t(`planning.${kind}`, { count: effect[kind].length })}</h3>
          <ul className="apchanges">
            {effect[kind].map((one) => (
              <li key={one.code}><span aria-hidden="true" className={`tone-${tone}`}>{mark}</span><span>{named(one.name, format)}{kind === 'turns' && <span className="two">{t('planning.turnsTo', { verdict: t(`verdict.${one.after}`) })}</span>}{one.inHand && <span className="tag tone-warn">{t('planning.inHand')}</span>}<small>{sayWhy(one.why, t, format)}</small></span></li>
            ))}
          </ul>
        </div>
      ))}
      {after !== null && (
        <p className="small apdays">
          {before === after ? t('planning.sameBegin', { day: format.day(after) }) : before === null ? t('planning.newBegin', { day: format.day(after) }) : t('planning.movedBegin', { before: format.day(before), after: format.day(after) })}
        </p>
      )}
    </>
  );
}
