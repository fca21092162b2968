// The effect of a change as it was counted: what differs in the catalogue, and of each running project what it needs now, what no longer, and
// from which day to which its permit and its start move. Page by page; only says.
import { useState } from 'react';
import type { InputOf } from '../../../../kernel/contract.ts';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { previewCatalogue, type Preview } from '../contract.ts';
import { Changes } from './version.tsx';
import { pick } from './words.ts';

type Line = Preview['projects'][number];
type Asked = InputOf<typeof previewCatalogue>;

export function EffectList({ preview, said, asked }: { readonly preview: Preview; readonly said: readonly string[]; readonly asked: Asked }) {
  const t = useT('approvals');
  const format = useFormat();
  const [more, setMore] = useState<{ readonly of: Preview; readonly pages: readonly Preview[] }>({ of: preview, pages: [] });
  const pages = more.of === preview ? [preview, ...more.pages] : [preview];
  const next = pages.at(-1)?.next ?? null;
  const ask = useRun(previewCatalogue, { touches: [], onDone: (page) => setMore({ of: preview, pages: [...pages.slice(1), page] }) });
  const names = new Map(pages.flatMap((page) => page.names.map((one) => [one.code, one.name] as const)));
  const items = preview.items.filter((one) => one.kind !== 'frame').length;
  const { counts } = preview;
  return (
    <>
      <p><b>{preview.items.length === 0 ? t('catalogue.effect.none') : items === 0 ? t('catalogue.effect.frameOnly') : t('catalogue.effect.items', { count: items })}</b></p>
      {said.map((one) => <p key={one}>{one}</p>)}
      <div className="effectlist"><Changes changes={preview.items} /></div>
      {!preview.laid && <p className="notice">{t('catalogue.effect.notLaid')}</p>}
      <p className="two">{preview.running === 0 ? t('catalogue.effect.noRunning') : `${t('catalogue.effect.running', { count: format.count(preview.running) })} ${counts?.touched === 0 && preview.laid ? t('catalogue.effect.same') : ''}`}</p>
      {counts !== null && counts.touched > 0 && <Counts counts={counts} />}
      {pages.some((page) => page.projects.length > 0) && (
        <>
          <table className="plain effecttable">
            <thead><tr>{(['project', 'what', 'permit', 'begin'] as const).map((one) => <th key={one} scope="col">{t(`catalogue.effect.col.${one}`)}</th>)}</tr></thead>
            <tbody>{pages.flatMap((page) => page.projects).map((one) => <ProjectRow key={one.id} one={one} names={names} />)}</tbody>
          </table>
          <Pager shown={pages.reduce((sum, page) => sum + page.projects.length, 0)} {...(counts === null ? {} : { total: counts.touched })} hasMore={next !== null} loading={ask.running} onMore={() => next !== null && ask.go({ ...asked, after: next })} />
        </>
      )}
      {ask.error !== undefined && <Problem small error={ask.error} />}
      {preview.replaces !== null && <p className="two small">{t('catalogue.effect.replaces', { number: preview.replaces })}</p>}
      {preview.later.map((one) => <p key={one.number} className="notice">{t('catalogue.effect.later', { number: one.number, day: format.day(one.fromDay) })}</p>)}
    </>
  );
}

/** 3 个项目新增事项 · 1 个不再需要 · 12 个日期移动. */
function Counts({ counts }: { readonly counts: NonNullable<Preview['counts']> }) {
  const t = useT('approvals');
  const kinds = (['appear', 'disappear', 'limits', 'move'] as const).filter((kind) => counts[kind] > 0);
  return <ul className="effectcounts">{kinds.map((kind) => <li key={kind}><b className="num">{counts[kind]}</b> {t(`catalogue.effect.counts.${kind}`, { count: counts[kind] })}</li>)}</ul>;
}

type Names = ReadonlyMap<string, { readonly zh: string; readonly en: string }>;

function ProjectRow({ one, names }: { readonly one: Line; readonly names: Names }) {
  const t = useT('approvals');
  const lang = useLang();
  const item = (code: string): string => {
    const name = names.get(code);
    return name === undefined ? code : `${code} ${pick(name, lang)}`;
  };
  const said = [
    ...(one.appears.length > 0 ? [t('catalogue.effect.appears', { codes: one.appears.map(item).join(t('list')) })] : []),
    ...(one.disappears.length > 0 ? [t('catalogue.effect.disappears', { codes: one.disappears.map(item).join(t('list')) })] : []),
    ...one.limits.map((limit) => t('catalogue.effect.limitChange', { code: item(limit.code), kind: t(`from.${limit.kind}`), before: limit.before, after: limit.after })),
  ];
  return (
    <tr>
      <td><Go href={`/projects/${one.id}/approvals`}>{one.name}</Go></td>
      <td className="small">{said.length === 0 ? <span className="dim">{t('catalogue.effect.onlyDays')}</span> : said.map((text) => <p key={text}>{text}</p>)}</td>
      <td data-label={t('catalogue.effect.col.permit')}><Move moved={one.permit} /></td>
      <td data-label={t('catalogue.effect.col.begin')}><Move moved={one.begin} /></td>
    </tr>
  );
}

function Move({ moved }: { readonly moved: Line['permit'] }) {
  const t = useT('approvals');
  const format = useFormat();
  const { today } = useSession();
  if (moved === null) return <span className="dim">{t('catalogue.effect.unmoved')}</span>;
  const day = (one: string | null): string => (one === null ? '—' : format.shortDay(one, today));
  return (
    <>
      <span className="nowrap">{t('catalogue.effect.fromTo', { before: day(moved.before), after: day(moved.after) })}</span>
      {moved.days !== null && <p className={`small tone-${moved.days > 0 ? 'late' : 'ok'}`}>{t(moved.days > 0 ? 'catalogue.effect.laterBy' : 'catalogue.effect.earlierBy', { count: Math.abs(moved.days) })}</p>}
    </>
  );
}
