// 沿革: who changed what, when and why; and the record as it stood on a day. Shows what the events say, never a guess.
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { History } from '../../../../web/parts/history.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { projectAsOf, type ProjectRecord } from '../contract.ts';
import { GROUPS, kindOf, WHENS, type FieldName } from '../fields.ts';
import { useEvents } from './recent.tsx';
import { sayValue, sayWhen } from './say.ts';

export function Past({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const { today } = useSession();
  const [{ day }, set] = useUrlState({ tab: 'overview', day: '' });
  const events = useEvents(project.id, 40);
  return (
    <>
      <Section title={t('past.asOf')} hint={t('past.asOfHint')}>
        <div className="card asofbar noprint">
          <span>{t('past.until')}</span>
          <span className="daybox"><DayInput today={today} max={today} value={day === '' ? undefined : day} onChange={(next) => set({ day: next ?? '' })} label={t('past.asOf')} /></span>
          {day !== '' && <Button kind="quiet" small onClick={() => set({ day: '' })}>{t('past.now')}</Button>}
        </div>
      </Section>
      {day !== '' ? <AsOf project={project} day={day} /> : (
        <Section title={t('tab.history')}>
          <div className="card">{events.error !== undefined ? <Problem error={events.error} onRetry={events.again} /> : events.loading ? <Loading lines={8} /> : <History events={events.shown} today={today} hasMore={events.hasMore} onMore={events.more} />}</div>
        </Section>
      )}
    </>
  );
}

function AsOf({ project, day }: { readonly project: ProjectRecord; readonly day: string }) {
  const t = useT('projects');
  const format = useFormat();
  const past = useRead(projectAsOf, { id: project.id, day }, { keep: true });
  if (past.error !== undefined) return <Problem error={past.error} onRetry={past.again} />;
  if (past.data === undefined) return <Loading lines={10} />;
  const { fields, names, changed, existed } = past.data;
  if (!existed || fields === null) return <div className="card pad two">{t('past.notYet', { day: format.day(day) })}</div>;
  const was = new Set(changed);
  const mark = (field: string, text: string | undefined) => (was.has(field) ? <span className="wasdifferent" title={t('past.different')}>{text === undefined || text === '' ? t('none') : text}</span> : text);
  const say = (field: FieldName): string | undefined => {
    const when = WHENS.find((one) => one === field);
    return when === undefined ? sayValue(field, fields[field], names, format, t) : sayWhen(fields[when], fields[`${when}Grain`], format, t);
  };
  return (
    <>
      <p className="two small">{t('past.count', { day: format.day(day), events: past.data.changesSince, fields: changed.length })}</p>
      <Section title={t('past.state')}>
        <div className="card pad"><Facts facts={[
          { label: t('field.stage'), value: mark('stage', t(`stage.${fields.stage}`)) }, { label: t('field.sideState'), value: mark('sideState', fields.sideState === null ? t('side.active') : t(`side.${fields.sideState}`)) },
          { label: t('field.commissionerId'), value: mark('commissionerId', fields.commissionerId === null ? undefined : names[fields.commissionerId]) },
          { label: t('field.years'), value: mark('years', fields.years.map((one) => t('past.year', { year: one.year, plan: format.money(one.planFen).text })).join(t('form.semicolon'))) },
        ]} /></div>
      </Section>
      {GROUPS.map((one) => (
        <Section key={one.group} title={t(`group.${one.group}`)}>
          <div className="card pad"><Facts facts={one.fields.map((field) => ({ label: t(`field.${field}`), value: mark(field, say(field)), wide: kindOf(field) === 'long' }))} /></div>
        </Section>
      ))}
    </>
  );
}
