// What was accepted with materials owed, what was granted by promise, and the guidance before: each with its days and what is still to be done.
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { Act } from './act.tsx';
import { leftTone, pick, sayLeft, type Faster } from './say.ts';

interface Props { readonly shown: Faster; readonly onAct: (act: Act) => void }

const TOLERANCE = { clear: 'ok', owing: 'warn', returned: 'bad' } as const;
const PROMISE = { granted: 'warn', verified: 'ok', revoked: 'bad' } as const;
const OUTCOME = { passed: 'ok', not_passed: 'late', open: 'off' } as const;

export function Tolerances({ shown, onAct }: Props) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  return (
    <Section title={t('faster.tolerances')} actions={shown.can.examine ? <Button small onClick={() => onAct({ kind: 'tolerate' })}>{t('faster.act.tolerate')}</Button> : undefined}>
      {shown.tolerances.length === 0 ? <p className="card pad dim">{t('faster.noTolerances')}</p> : (
        <ul className="card fasterlist">
          {shown.tolerances.map((one) => (
            <li key={one.id}>
              <div className="fasterhead"><State tone={TOLERANCE[one.state]} word={t(`faster.toleranceState.${one.state}`)} /><b>{pick(one.itemName, lang)}</b><span className="two small push">{t('faster.givenBy', { name: one.acceptedBy, day: format.day(one.day) })}</span></div>
              {one.materials.map((each) => (
                <p key={each.material} className="fasterdebt small">
                  {each.material} · {each.suppliedDay === null ? t('faster.owedDue', { day: format.day(each.due) }) : t('faster.supplied', { day: format.day(each.suppliedDay) })}
                  {each.daysLeft !== null && <span className={`tone-${leftTone(each.daysLeft)}`}>{sayLeft(each.daysLeft, t)}</span>}
                  {shown.can.examine && one.state === 'owing' && each.suppliedDay === null && <Button small kind="quiet" onClick={() => onAct({ kind: 'supply', on: one, material: each.material })}>{t('faster.act.supply')}</Button>}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

export function Promises({ shown, onAct }: Props) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  return (
    <Section title={t('faster.promises')} actions={shown.can.examine ? <Button small onClick={() => onAct({ kind: 'promise' })}>{t('faster.act.promise')}</Button> : undefined}>
      {shown.promises.length === 0 ? <p className="card pad dim">{t('faster.noPromises')}</p> : (
        <ul className="card fasterlist">
          {shown.promises.map((one) => (
            <li key={one.id}>
              <div className="fasterhead">
                <State tone={PROMISE[one.state]} word={t(`faster.promiseState.${one.state}`)} /><b>{pick(one.itemName, lang)}</b>
                {one.daysLeft !== null && <span className={`push tone-${leftTone(one.daysLeft)}`}>{sayLeft(one.daysLeft, t)}</span>}
              </div>
              <p className="two small fasterfacts"><span>{one.number}</span><span>{t('faster.givenBy', { name: one.signedBy, day: format.day(one.day) })}</span>{one.state === 'granted' && <span>{t('faster.checkDue', { day: format.day(one.checkDue) })}</span>}</p>
              <p className="small">{one.conditions}</p>
              {one.finding !== null && <p className={one.state === 'revoked' ? 'tone-bad small' : 'two small'}>{t('faster.finding', { text: one.finding })}{one.checkedDay !== null && ` · ${format.day(one.checkedDay)}`}{one.revocation !== null && ` · ${t('faster.revocation', { number: one.revocation })}`}</p>}
              {shown.can.examine && one.state === 'granted' && <div className="row fasteracts"><Button small onClick={() => onAct({ kind: 'check', on: one })}>{t('faster.act.check')}</Button></div>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

export function Guidances({ shown }: { readonly shown: Faster }) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  return (
    <Section title={t('faster.guidance')}>
      {shown.guidance.length === 0 ? <p className="card pad dim">{t('faster.noGuidance')}</p> : (
        <ul className="card fasterlist">
          {shown.guidance.map((one) => (
            <li key={one.id}>
              <div className="fasterhead"><State tone={OUTCOME[one.outcome]} word={t(`faster.outcome.${one.outcome}`)} /><b>{pick(one.itemName, lang)}</b><span className="two small push">{t('faster.givenBy', { name: one.givenBy, day: format.day(one.day) })}</span></div>
              {one.missing.length > 0 && <p className="small">{t('faster.missing')}{t('colon')}{one.missing.join(t('list'))}</p>}
              {one.comments !== null && <p className="small two">{one.comments}</p>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
