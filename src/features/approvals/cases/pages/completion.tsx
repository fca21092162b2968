// 竣工联合验收 on its leading case: the published steps by their days, each part at its body with that body's opinion, the windows outside the clock,
// and the one result of all.
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Stepper } from '../../../../web/parts/stepper.tsx';
import { POSITION_TONES } from './reviews.tsx';
import { pick, type One } from './say.ts';
import './cases.css';

type Completion = NonNullable<One['completion']>;
const STATES = { done: 'done', now: 'now', ahead: 'todo' } as const;

export function CompletionPart({ one, completion }: { readonly one: One; readonly completion: Completion }) {
  const t = useT('cases');
  const lang = useLang();
  const format = useFormat();
  return (
    <Section title={t('completion.section')} hint={t('completion.hint')}>
      <div className="stack">
        <div className="card pad stack">
          <Stepper label={t('completion.section')} steps={completion.steps.map((step, i) => ({
            id: String(i), word: step.name === null ? t(i === 0 ? 'completion.examine' : 'completion.reply') : pick(step.name, lang), state: STATES[step.state],
            note: `${t(`limits.days.${completion.unit}`, { count: step.days })} · ${t('project.by', { day: format.day(step.due) })}`,
          }))} />
          <Result one={one} />
        </div>
        <Scroll label={t('completion.parts')}>
          <table className="plain opinions">
            <thead><tr><th>{t('completion.part')}</th><th>{t('review.body')}</th><th>{t('review.position')}</th><th>{t('review.due')}</th><th>{t('completion.lawDue')}</th><th>{t('aside.status')}</th></tr></thead>
            <tbody>
              {completion.parts.map((part) => {
                const review = one.reviews.find((each) => each.orgId === part.orgId);
                return (
                  <tr key={part.id}>
                    <td><span className="casecode">{part.item}</span><Go href={`/approvals/cases/${part.id}`}>{pick(part.itemName, lang)}</Go></td>
                    <td>{part.orgName}</td>
                    <td>{review === undefined ? '—' : <State tone={POSITION_TONES[review.position]} word={t(`review.is.${review.position}`)} />}</td>
                    <td>{format.day(review?.dueDay)}</td>
                    <td>{format.day(part.statutory?.due)}</td>
                    <td>{part.outcome === null ? t(`status.${part.status}`) : t(`outcome.${part.outcome}`)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
        <Windows one={one} completion={completion} />
      </div>
    </Section>
  );
}

function Result({ one }: { readonly one: One }) {
  const t = useT('cases');
  const format = useFormat();
  const { outcome, decidedDay, document } = one.case;
  if (outcome !== null) return <p><b>{t(`outcome.${outcome}`)}</b> {format.day(decidedDay)} {document}</p>;
  const open = one.reviews.filter((each) => each.position === 'waiting' || each.position === 'overdue').length;
  const against = one.reviews.filter((each) => each.position === 'objection').length;
  return <p className={against > 0 ? 'tone-bad' : 'two'}>{against > 0 ? t('completion.against', { count: against }) : open > 0 ? t('completion.open', { count: open }) : t('completion.ready')}</p>;
}

function Windows({ one, completion }: { readonly one: One; readonly completion: Completion }) {
  const t = useT('cases');
  const format = useFormat();
  const allowed = one.limit.rectification;
  const { windows } = completion;
  if (allowed === null) return <p className="two small">{t('completion.noWindows')}</p>;
  return (
    <div className="card pad windows">
      <p><b>{t('completion.windows', { used: windows.length, windows: allowed.windows })}</b> <span className="two small">{t('completion.windowsSay', { windows: allowed.windows, count: allowed.days })}</span></p>
      {windows.length > 0 && (
        <ol>
          {windows.map((window) => (
            <li key={window.from}>
              {format.day(window.from)} – {format.day(window.ended ?? window.last)} <b>{t('limits.days.working', { count: window.working })}</b> <span className="two">{window.ended === null ? t('completion.windowOpen', { day: format.day(window.last) }) : window.ended === window.last ? t('completion.windowFull') : t('completion.windowEnded')}{window.reason === null ? '' : ` · ${window.reason}`}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
