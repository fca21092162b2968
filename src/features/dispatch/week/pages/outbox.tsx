// What waits on this phone, plainly: so many wait, being sent, all arrived; what was refused with its reason, to be mended or given up.
import { useFormat } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import type { Entry } from '../../../../web/offline/outbox.ts';
import { giveUp, sendAgain, sendNow, useOutbox, type OutboxState } from '../../../../web/offline/sending.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { hereOf, writeAgain } from './draft.ts';

export function OutboxPanel({ onMend }: { readonly onMend: (projectId: string) => void }) {
  const t = useT('week');
  const format = useFormat();
  const { today } = useSession();
  const box = useOutbox();
  const waiting = box.entries.filter((one) => one.state === 'waiting');
  const refused = box.entries.filter((one) => one.state === 'refused');
  const last = box.sent[0];
  const word = wordOf(box, waiting.length);
  if (word === 'none' && refused.length === 0) return null;
  return (
    <section className="card pad weekbox" aria-live="polite">
      <div className="row">
        <State tone={word === 'arrived' ? 'ok' : word === 'sending' ? 'warn' : word === 'broken' || word === 'signed-out' ? 'bad' : 'late'} word={t(`box.${word}`, { count: waiting.length })} />
        {word === 'arrived' && last !== undefined && <span className="two small">{t('box.lastAt', { time: format.instant(last.at).slice(-5), name: last.label })}</span>}
        {waiting.length > 0 && word !== 'sending' && word !== 'signed-out' && <Button small kind="quiet" onClick={() => void sendNow()}>{t('box.now')}</Button>}
        {word === 'signed-out' && <Button small href={`/sign-in?back=${encodeURIComponent('/week')}`}>{t('box.signIn')}</Button>}
      </div>
      {waiting.length > 0 && <ul className="weekwaits">{waiting.map((one) => <li key={one.id}><span>{one.label}</span><span className="two small">{format.instant(one.doneAt, today)}{one.photos.length > 0 && ` · ${t('box.photos', { count: one.photos.length })}`}</span></li>)}</ul>}
      {refused.map((one) => <Refused key={one.id} entry={one} onMend={onMend} t={t} />)}
    </section>
  );
}

type Word = 'none' | 'arrived' | 'sending' | 'waiting' | 'offline' | 'signed-out' | 'other-person' | 'broken';

function wordOf(box: OutboxState, count: number): Word {
  if (box.broken) return 'broken';
  if (count === 0) return box.sent.length > 0 ? 'arrived' : 'none';
  if (box.sending) return 'sending';
  if (box.ended === 'signed-out' || box.ended === 'other-person') return box.ended;
  return box.ended === 'away' ? 'offline' : 'waiting';
}

function Refused({ entry, onMend, t }: { readonly entry: Entry; readonly onMend: (projectId: string) => void; readonly t: T }) {
  const { user } = useSession();
  const { projectId } = entry.input;
  const mend = async (id: string): Promise<void> => {
    const text = (name: string): string => (typeof entry.input[name] === 'string' ? entry.input[name] : '');
    const checkIn: unknown = entry.input['checkIn'];
    const here = typeof checkIn === 'object' && checkIn !== null ? hereOf({ ...checkIn, at: entry.doneAt }) : undefined;
    await writeAgain(user.id, id, { done: text('done'), next: text('next'), problem: text('problem'), here }, entry.photos);
    await giveUp(entry);
    onMend(id);
  };
  const drop = async (): Promise<void> => {
    if ((await confirm({ title: t('box.giveUpTitle'), text: t('box.giveUpSay', { name: entry.label }), act: t('box.giveUp'), danger: true })) !== undefined) await giveUp(entry);
  };
  return (
    <div className="weekrefused">
      <p><b>{entry.label}</b> <span className="tone-bad">{t('box.refused')}</span></p>
      <p className="small">{entry.reason?.detail === undefined || entry.reason.detail === '' ? entry.reason?.title : entry.reason.detail}</p>
      <div className="row">
        {entry.command === 'dispatch.report_week' && typeof projectId === 'string' && <Button small onClick={() => void mend(projectId)}>{t('box.mend')}</Button>}
        <Button small kind="quiet" onClick={() => void sendAgain(entry)}>{t('box.again')}</Button>
        <Button small kind="quiet" onClick={() => void drop()}>{t('box.giveUp')}</Button>
      </div>
    </div>
  );
}
