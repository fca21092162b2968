// What was accepted with materials owed, what was granted by promise, and the guidance before: each with its days and what is still to be done.
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { Act } from './act.tsx';
import { Materials } from './materials.tsx';
import { leftTone, pick, sayLeft, TOLERANCE_TONE, type Faster } from './say.ts';

interface Props { readonly shown: Faster; readonly onAct: (act: Act) => void }

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
              <div className="fasterhead"><State tone={TOLERANCE_TONE[one.state]} word={t(`faster.toleranceState.${one.state}`)} /><b>{one.caseId === null ? pick(one.itemName, lang) : <Go href={`/approvals/cases/${one.caseId}`}>{pick(one.itemName, lang)}</Go>}</b><span className="two small push">{t('faster.givenBy', { name: one.acceptedBy, day: format.day(one.day) })}</span></div>
              <Materials projectId={shown.id} version={shown.version} tolerance={one} can={shown.can} />
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
    <Section title={t('faster.promises')} {...(shown.broken === null || shown.broken.count === 0 ? {} : { hint: t('faster.broken', { count: shown.broken.count, day: format.day(shown.broken.lastDay) }) })} actions={shown.can.examine ? <Button small onClick={() => onAct({ kind: 'promise' })}>{t('faster.act.promise')}</Button> : undefined}>
      {shown.promises.length === 0 ? <p className="card pad dim">{t('faster.noPromises')}</p> : (
        <ul className="card fasterlist">
          {shown.promises.map((one) => (
            <li key={one.id}>
              <div className="fasterhead">
                <State tone={PROMISE[one.state]} word={t(`faster.promiseState.${one.state}`)} /><b>{pick(one.itemName, lang)}</b>
                {one.daysLeft !== null && <span className={`push tone-${leftTone(one.daysLeft)}`}>{sayLeft(one.daysLeft, t)}</span>}
              </div>
              <p className="two small fasterfacts"><span>{one.number}</span><span>{t('faster.givenBy', { name: one.signedBy, day: format.day(one.day) })}</span>{one.designUnit !== null && <span>{t('faster.designUnit', { name: one.designUnit })}</span>}{one.letterSha === null ? <span className="dim">{t('faster.noLetter')}</span> : <a href={`/api/files/${one.letterSha}`} download>{t('faster.letter')}</a>}{one.state === 'granted' && <span>{t('faster.checkDue', { day: format.day(one.checkDue) })}</span>}</p>
              <p className="small">{one.conditions}</p>
              {one.finding !== null && <p className={one.state === 'revoked' ? 'tone-bad small' : 'two small'}>{t('faster.finding', { text: one.finding })}{one.checkedDay !== null && ` · ${format.day(one.checkedDay)}`}{one.checkedBy !== null && ` · ${one.checkedBy}`}{one.revocation !== null && ` · ${t('faster.revocation', { number: one.revocation })}`}{one.evidenceSha !== null && <> <a href={`/api/files/${one.evidenceSha}`} download>{t('faster.evidence')}</a></>}</p>}
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
              {one.appliedDay !== null && <p className="dim small">{one.caseId === null ? t('faster.applied', { day: format.day(one.appliedDay) }) : <Go href={`/approvals/cases/${one.caseId}`}>{t('faster.applied', { day: format.day(one.appliedDay) })}</Go>}</p>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
