// Every version that was imported, the newest first: who, when, what is in it; which is the current one and which the baseline. Nothing is hidden.
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { scheduleVersions, setScheduleBaseline, withdrawSchedule, type Version } from '../contract.ts';
import { lastDay, type Shown } from './say.ts';

export function Versions({ shown, onOpen }: { readonly shown: Shown; readonly onOpen: (version: string, against?: string) => void }) {
  const t = useT('schedules');
  const read = useRead(scheduleVersions, { id: shown.id });
  if (read.data === undefined) return read.error === undefined ? <Loading lines={6} /> : <Problem error={read.error} onRetry={read.again} />;
  return (
    <Section title={t('page.view.versions')} hint={t('page.versionsHint')}>
      <ol className="card schedversions">{read.data.items.map((one, at, all) => <Line key={one.id} one={one} former={all.slice(at + 1).find((other) => other.withdrawn === null)} shown={shown} onOpen={onOpen} />)}</ol>
    </Section>
  );
}

function Line({ one, former, shown, onOpen }: { readonly one: Version; readonly former: Version | undefined; readonly shown: Shown; readonly onOpen: (version: string, against?: string) => void }) {
  const t = useT('schedules');
  const format = useFormat();
  const { user } = useSession();
  const { number } = one;
  const open = one.withdrawn === null && !one.baseline;
  const baseline = useRun(setScheduleBaseline, { touches: ['approvals.schedule'], onDone: () => toast({ text: t('page.baselineSet', { number }) }) });
  const withdraw = useRun(withdrawSchedule, { touches: ['approvals.schedule'], onDone: () => toast({ text: t('page.withdrawn', { number }) }) });
  const ask = async (title: string, text: string, act: string, go: (reason: string) => void): Promise<void> => {
    const reason = await confirm({ title, text, act, reason: t('page.reason') });
    if (reason !== undefined) go(reason);
  };
  const error = baseline.error ?? withdraw.error;
  return (
    <li>
      <div>
        <b>{t('page.versionWord', { number })}</b>{' '}
        {one.current && <span className="tag">{t('page.currentTag')}</span>}{one.baseline && <span className="tag">{t('page.baselineTag')}</span>}{one.withdrawn !== null && <span className="tag">{t('page.withdrawnTag')}</span>}
        <span className="schedfile">{one.fileName}</span>
        <small>{[t(`page.format.${one.format}`), t('page.kept', { tasks: format.count(one.tasks), links: format.count(one.links), differing: format.count(one.differing) }), ...(one.finish === null ? [] : [`${t('page.figure.finish')} ${format.day(lastDay(one.finish))}`])].join(' · ')}</small>
        <small>{t('page.by', { who: one.importedBy ?? '', when: format.instant(one.importedAt, shown.day) })}{one.withdrawn !== null && ` · ${t('page.withdrawnNow', { number, reason: one.withdrawn.reason })}`}</small>
        {error !== undefined && <Problem small error={error} />}
      </div>
      <div className="row noprint">
        <Button small onClick={() => onOpen(one.current ? '' : one.id)}>{t('page.open')}</Button>
        {former !== undefined && one.withdrawn === null && <Button small kind="quiet" onClick={() => onOpen(one.current ? '' : one.id, former.id)}>{t('page.compareWith', { number: former.number })}</Button>}
        {shown.can.plan && open && <Button small busy={baseline.running} onClick={() => void ask(t('page.askBaseline', { number }), t('page.askBaselineText'), t('page.setBaseline'), (reason) => baseline.go({ id: one.id, reason }))}>{t('page.setBaseline')}</Button>}
        {shown.can.import && (shown.can.plan || one.importedById === user.id) && open && <Button small kind="quiet" busy={withdraw.running} onClick={() => void ask(t('page.askWithdraw', { number }), t('page.askWithdrawText'), t('page.withdraw'), (reason) => withdraw.go({ id: one.id, reason }))}>{t('page.withdraw')}</Button>}
      </div>
    </li>
  );
}
