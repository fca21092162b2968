// The agenda of a meeting: items in their order, moved by drag or by key, with the rule that brought each; what was cut, sent back or removed, with the reason.
import { lazy, Suspense, useState, type KeyboardEvent } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { editItem, orderItems } from '../contract.ts';
import { clockSay, decidedSay, factSay, type Item, type One } from './say.ts';
import './meetings.css';

const ItemDialog = lazy(async () => ({ default: (await import('./item.tsx')).ItemDialog }));

export function Agenda({ one }: { readonly one: One }) {
  const t = useT('meetings');
  const [editing, setEditing] = useState<Item | 'new' | undefined>(undefined);
  const order = useRun(orderItems, { touches: ['dispatch.meeting'] });
  const listed = one.items.filter((each) => each.place === 'listed');
  const minutes = listed.reduce((sum, each) => sum + each.minutes, 0);
  const [dragged, setDragged] = useState<string | undefined>(undefined);
  const move = (id: string, to: number): void => {
    const ids = listed.map((each) => each.id).filter((each) => each !== id);
    ids.splice(Math.max(0, Math.min(ids.length, to)), 0, id);
    order.go({ id: one.meeting.id, itemIds: ids });
  };
  return (
    <>
      <Section title={t('agenda.title', { count: listed.length })} hint={listed.length === 0 ? undefined : t(minutes > one.meeting.minutes ? 'agenda.over' : 'agenda.minutes', { minutes, most: one.meeting.minutes, cap: one.agenda.cap })} actions={one.can.agenda ? <><Button small busy={order.running} onClick={() => order.go({ id: one.meeting.id, group: true })}>{t('agenda.group')}</Button><Button small onClick={() => setEditing('new')}>{t('agenda.add')}</Button></> : undefined}>
        {order.error !== undefined && <Problem small error={order.error} />}
        {listed.length === 0 ? <div className="card"><Empty title={t('agenda.none')} hint={t(one.can.send ? 'agenda.noneHint' : 'agenda.noneRead')} /></div> : (
          <ol className="agenda card">
            {listed.map((item, index) => (
              <li key={item.id} className={dragged === item.id ? 'dragged' : undefined} draggable={one.can.agenda} onDragStart={() => setDragged(item.id)} onDragEnd={() => setDragged(undefined)} onDragOver={(event) => { if (dragged !== undefined) event.preventDefault(); }} onDrop={() => { if (dragged !== undefined && dragged !== item.id) move(dragged, index); setDragged(undefined); }}>
                <Line one={one} item={item} place={index + 1} onEdit={() => setEditing(item)} onMove={(step) => move(item.id, index + step)} />
              </li>
            ))}
          </ol>
        )}
        {one.can.agenda && listed.length > 1 && <p className="dim small noprint">{t('agenda.keys')}</p>}
      </Section>
      {(['cut', 'sent_back', 'removed'] as const).map((place) => <Aside key={place} one={one} place={place} />)}
      <Suspense fallback={null}>{editing !== undefined && <ItemDialog one={one} {...(editing === 'new' ? {} : { item: editing })} onClose={() => setEditing(undefined)} />}</Suspense>
    </>
  );
}

function Line({ one, item, place, onEdit, onMove }: { readonly one: One; readonly item: Item; readonly place: number; readonly onEdit: () => void; readonly onMove: (step: number) => void }) {
  const t = useT('meetings');
  const format = useFormat();
  const keys = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  const edit = useRun(editItem, { touches: ['dispatch.meeting'] });
  const remove = (): void => void confirm({ title: t('agenda.removeTitle'), text: item.title, act: t('agenda.remove'), reason: t('agenda.reason') }).then((reason) => { if (reason !== undefined) edit.go({ id: one.meeting.id, itemId: item.id, place: 'removed', reason }); });
  return (
    <div className="agendaline" tabIndex={one.can.agenda ? 0 : undefined} onKeyDown={one.can.agenda ? keys : undefined} role={one.can.agenda ? 'group' : undefined} aria-label={item.title}>
      <span className="agendaplace">{place}</span>
      <div className="agendabody">
        <p className="agendatitle">{item.projectName !== null && item.projectName !== item.title && <Go href={`/projects/${item.projectId ?? ''}`}>{item.projectName}</Go>}<b>{item.title}</b>{item.since !== null && <Go className="tag" href={`/decisions/${item.since.decisionId}`}>{t('agenda.since', { number: item.since.number })}</Go>}<span className="tag">{t(`rule.${item.rule}`)}</span></p>
        {item.facts.length > 0 && <p className="agendafacts">{item.facts.map((fact) => (fact.href === undefined ? <span key={fact.code}>{factSay(fact, t, format)}</span> : <Go key={fact.code} href={fact.href}>{factSay(fact, t, format)}</Go>))}</p>}
        {item.statusLine !== '' && <p className="two clamp">{item.statusLine}</p>}
        {item.ask !== '' && <p className="clamp"><span className="dim">{t('item.ask')}{t('colon')}</span>{item.ask}</p>}
        {item.decision !== null && <p className="agendadecided"><State tone={item.decision.kind === 'measure' ? (item.decision.doneDay !== null ? 'ok' : 'warn') : 'off'} word={t(`decide.${item.decision.kind}`)} /> {decidedSay(item.decision, t)}{item.decision.owner !== null && <span className="dim"> {item.decision.owner.name} · {format.day(item.decision.dueDay)}</span>}</p>}
        {edit.error !== undefined && <Problem small error={edit.error} />}
      </div>
      <div className="agendaend">
        <span className="two">{item.owner?.name ?? '—'}</span><span className="dim small">{item.spentSeconds > 0 ? clockSay(item.spentSeconds) : t('item.minutesShort', { count: item.minutes })}</span>
        {one.can.agenda && <span className="row noprint"><Button small kind="quiet" title={t('agenda.up')} onClick={() => onMove(-1)}>↑</Button><Button small kind="quiet" title={t('agenda.down')} onClick={() => onMove(1)}>↓</Button><Button small kind="quiet" onClick={onEdit}>{t('edit')}</Button>{item.decision === null && <Button small kind="quiet" onClick={remove}>{t('agenda.remove')}</Button>}</span>}
      </div>
    </div>
  );
}

/** What does not reach the leaders, with the reason; it can be pulled in. */
function Aside({ one, place }: { readonly one: One; readonly place: 'cut' | 'sent_back' | 'removed' }) {
  const t = useT('meetings');
  const format = useFormat();
  const edit = useRun(editItem, { touches: ['dispatch.meeting'] });
  const items = one.items.filter((each) => each.place === place);
  if (items.length === 0) return null;
  return (
    <Section title={t(`place.${place}`, { count: items.length })} hint={t(`place.${place}Hint`, { cap: one.agenda.cap })}>
      {edit.error !== undefined && <Problem small error={edit.error} />}
      <ul className="agenda aside card">
        {items.map((item) => (
          <li key={item.id}><div className="agendaline">
            <div className="agendabody"><p className="agendatitle">{item.projectName !== null && item.projectName !== item.title && <Go href={`/projects/${item.projectId ?? ''}`}>{item.projectName}</Go>}{item.title}<span className="tag">{t(`rule.${item.rule}`)}</span></p>{item.facts.length > 0 && <p className="agendafacts">{item.facts.map((fact) => <span key={fact.code}>{factSay(fact, t, format)}</span>)}</p>}{item.placeReason !== null && <p className="two">{item.placeReason}</p>}</div>
            <div className="agendaend"><span className="two">{item.owner?.name ?? '—'}</span>{one.can.agenda && <Button small busy={edit.running} onClick={() => edit.go({ id: one.meeting.id, itemId: item.id, place: 'listed' })}>{t('agenda.pull')}</Button>}</div>
          </div></li>
        ))}
      </ul>
    </Section>
  );
}
