// Small parts that the pages of the catalogue share: how a value is known (word and shape), a limit with its source, the layer it comes from.
import { useLang, useT } from '../../../../web/i18n.ts';
import { useFormat } from '../../../../web/format.ts';
import type { Checked, Limit, Outside } from '../shape.ts';
import { pick, sayBasis, sayDays, sayRule, type ReadWord, type Whole } from './words.ts';
import './catalogue.css';

/** A full dot: read in the law; half: from a published source; an open one: still to be verified. */
export function Read({ read }: { readonly read: ReadWord }) {
  const t = useT('approvals');
  return <span className={`readmark ${read}`}>{t(`catalogue.read.${read}`)}</span>;
}

/** Who looked it up and when, with the law's own words and where they stand. */
export function CheckedText({ checked }: { readonly checked: Checked | undefined }) {
  const t = useT('approvals');
  const format = useFormat();
  if (checked === undefined) return null;
  return (
    <div className="checkedtext small">
      <p>{t('catalogue.confirm.by', { who: checked.by, day: format.day(checked.day) })}{checked.link !== undefined && <> <a href={checked.link} target="_blank" rel="noreferrer noopener">{t('catalogue.confirm.text')}</a></>}</p>
      {checked.quote !== undefined && <blockquote>{checked.quote}</blockquote>}
    </div>
  );
}

export interface Ground {
  readonly sources: Whole['sources'];
  readonly layers: readonly Whole['layers'][number]['layer'][];
}

/** The layer that gives a value, where it is not the base. */
export function FromTag({ code, layers }: { readonly code: string | undefined; readonly layers: Ground['layers'] }) {
  const t = useT('approvals');
  const lang = useLang();
  if (code === undefined) return null;
  const layer = layers.find((one) => one.code === code);
  const name = layer === undefined ? code : pick(layer.name, lang);
  return <span className="tag fromtag" title={t('catalogue.from', { layer: name })}>{name}</span>;
}

export function LimitText({ limit, sources, brief = false }: { readonly limit: Limit; readonly sources: Ground['sources']; readonly brief?: boolean }) {
  const t = useT('approvals');
  const lang = useLang();
  const days = limit.within === undefined ? sayDays(limit.days, limit.unit, t) : t('catalogue.limit.within', { item: limit.within });
  return (
    <div className="limit">
      <p><b className="limitdays">{days}</b> <Read read={limit.basis.read} /></p>
      {limit.when !== undefined && <p className="two small">{t('catalogue.limit.when', { rule: sayRule(limit.when, t) })}</p>}
      <p className="dim small">{sayBasis(limit.basis, sources, t, lang)}</p>
      {!brief && <CheckedText checked={limit.basis.checked} />}
      {!brief && limit.extensionDays !== undefined && <p className="dim small">{t('catalogue.limit.extend', { count: limit.extensionDays })}</p>}
      {!brief && limit.steps !== undefined && <p className="dim small">{limit.steps.map((one) => `${pick(one.name, lang)} ${String(one.days)}`).join(' + ')}</p>}
    </div>
  );
}

export function OutsideText({ outside, sources }: { readonly outside: Outside; readonly sources: Ground['sources'] }) {
  const t = useT('approvals');
  const lang = useLang();
  return (
    <div className="limit">
      <p>
        <b className="limitdays">{t(`catalogue.outsideKind.${outside.kind}`)}</b> {outside.days === null ? t('catalogue.daysOpen') : sayDays(outside.days, outside.unit, t)}
        <span className="tag">{t(outside.always ? 'catalogue.alwaysYes' : 'catalogue.alwaysNo')}</span> <Read read={outside.basis.read} />
      </p>
      <p className="dim small">{sayBasis(outside.basis, sources, t, lang)}</p>
      <CheckedText checked={outside.basis.checked} />
    </div>
  );
}
