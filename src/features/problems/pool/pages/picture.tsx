// 时钟账: who had the ball when, as a bar of the time since the problem was raised, with limits and now upon it, and stretch by stretch.
import { useFormat } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { One } from './say.ts';
import { pictureOf, type Picture, type Stretch } from './stretches.ts';
import './record.css';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1440;

export function ClockPicture({ one }: { readonly one: One }) {
  const t = useT('problem');
  const format = useFormat();
  const { today } = useSession();
  const picture = pictureOf(one);
  const moment = (at: number): string => format.instant(new Date(at).toISOString(), today);
  const say = (each: Stretch): string => `${each.owner} ${kindSay(each, t)} ${moment(each.from)}–${moment(each.to)} ${lengthSay(each.to - each.from, t)}`;
  return (
    <div className="card pad">
      <div className="ballbar" role="img" aria-label={picture.stretches.map(say).join('; ')}>
        {picture.stretches.map((each) => <span key={each.from} className={`ball-${each.kind}`} style={place(each.from, each.to, picture)} title={say(each)} />)}
        {picture.marks.map((mark) => <i key={mark.kind} className={`ballmark ${mark.kind}`} style={{ left: percent(mark.at, picture) }} title={`${t(`picture.mark.${mark.kind}`)} ${moment(mark.at)}`} />)}
      </div>
      <p className="ballends"><span>{moment(picture.from)}</span><span>{moment(picture.to)}</span></p>
      <ul className="balllegend">
        {[...new Set(picture.stretches.map((each) => each.kind))].map((kind) => <li key={kind}><i className={`ball-${kind}`} aria-hidden="true" />{t(`picture.kind.${kind}`)} <b>{lengthSay(sum(picture.stretches.filter((each) => each.kind === kind)), t)}</b></li>)}
        {picture.marks.map((mark) => <li key={mark.kind}><i className={`ballkey ${mark.kind}`} aria-hidden="true" />{t(`picture.mark.${mark.kind}`)} {moment(mark.at)}</li>)}
      </ul>
      <Scroll label={t('picture.stretches')} className="ballscroll">
        <table className="plain balltable">
          <thead><tr><th>{t('picture.who')}</th><th>{t('picture.what')}</th><th>{t('picture.from')}</th><th>{t('picture.to')}</th><th className="num">{t('picture.length')}</th></tr></thead>
          <tbody>
            {picture.stretches.map((each) => (
              <tr key={each.from}>
                <td><i className={`ball-${each.kind}`} aria-hidden="true" />{each.kind === 'paused' ? t(`picture.outside.${each.pauseKind ?? 'enterprise'}`) : each.kind === 'submitted' ? t('picture.askers') : each.owner}</td>
                <td>{kindSay(each, t)}{each.round > 1 && <span className="tag">{t('round', { round: each.round })}</span>}</td>
                <td data-col={t('picture.from')}>{moment(each.from)}</td>
                <td data-col={t('picture.to')}>{one.step !== null && each === picture.stretches.at(-1) ? t('picture.still') : moment(each.to)}</td>
                <td data-col={t('picture.length')} className="num">{lengthSay(each.to - each.from, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}

function kindSay(each: Stretch, t: T): string {
  return t(`picture.kind.${each.kind}`);
}

function sum(stretches: readonly Stretch[]): number {
  return stretches.reduce((all, each) => all + each.to - each.from, 0);
}

function percent(at: number, { from, to }: Picture): string {
  return `${String(Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100)))}%`;
}

function place(from: number, to: number, picture: Picture): { left: string; width: string } {
  return { left: percent(from, picture), width: `${String(((to - from) / (picture.to - picture.from)) * 100)}%` };
}

/** 3天4小时, 25分钟: plain time, nights and holidays included. */
export function lengthSay(ms: number, t: T): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < HOUR_MINUTES) return t('picture.minutes', { count: minutes });
  if (minutes < DAY_MINUTES) return t('picture.hours', { count: Math.round(minutes / HOUR_MINUTES) });
  const days = Math.floor(minutes / DAY_MINUTES);
  const hours = Math.round((minutes - days * DAY_MINUTES) / HOUR_MINUTES);
  return hours === 0 || days >= 10 ? t('picture.days', { count: days }) : `${t('picture.days', { count: days })}${t('picture.join')}${t('picture.hours', { count: hours })}`;
}
