// What lies on the desk in five figures, each of which opens what it counts, and who has duty: at the top of the desk and on the first page of whoever sits there.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { deskDay } from '../contract.ts';
import './desk.css';

type Day = OutputOf<typeof deskDay>;

export function DeskStrip() {
  const read = useRead(deskDay, {}, { everySeconds: 60 });
  if (read.data === undefined) return read.error === undefined ? <Loading lines={2} /> : <Problem small error={read.error} onRetry={read.again} />;
  return <><DutyLine duty={read.data.duty} /><DeskFigures day={read.data} /></>;
}

export function DutyLine({ duty }: { readonly duty: Day['duty'] }) {
  const t = useT('intake');
  return (
    <p className="dutyline">
      <b>{t('duty')}</b>
      {duty.length === 0 ? <span className="tone-warn">{t('nobody')}</span> : duty.map((one) => <span key={one.id}><span className="two">{t(`rooms:function.${one.function}`)}</span> {one.userName}</span>)}
    </p>
  );
}

export function DeskFigures({ day: { unsigned, toHandOut, late, callbacks, joints } }: { readonly day: Day }) {
  const t = useT('intake');
  const format = useFormat();
  const count = (value: number) => ({ value: format.count(value), unit: t('unit', { count: value }) });
  return (
    <FigureStrip>
      <Figure label={t('unsigned')} {...count(unsigned)} href="/service/desk?tab=received" />
      <Figure label={t('toHandOut')} {...count(toHandOut)} href="/service/desk?tab=accepted" />
      <Figure label={t('late')} {...count(late)} {...(late > 0 ? { noteTone: 'bad' as const, note: t('lateSay') } : {})} />
      <Figure label={t('callbacks')} {...count(callbacks)} href="/problems/callbacks" />
      <Figure label={t('joints')} {...count(joints)} href="/service/rooms?tab=joints" />
    </FigureStrip>
  );
}
