// A version of a layer in a list: from which day, by whom, why, and what it changed. Says only.
import type { ReactNode } from 'react';
import { useFormat, type Tone } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { LayerLine, VersionLine } from '../contract.ts';
import { pick } from './words.ts';
import './catalogue.css';

const TONES: Readonly<Record<VersionLine['state'], Tone>> = { in_force: 'ok', future: 'warn', past: 'off', withdrawn: 'off', replaced: 'off' };

export interface VersionItemProps {
  readonly version: VersionLine;
  /** To name the layer with; left out where the layer is known. */
  readonly layers?: readonly LayerLine[];
  /** The layer is in use today: what is not laid is in force nowhere. */
  readonly laid?: boolean;
  /** Only what it changed of this item. */
  readonly only?: string;
  readonly actions?: ReactNode;
}

export function VersionItem({ version, layers, laid, only, actions }: VersionItemProps) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const layer = layers?.find((one) => one.code === version.layer);
  const idle = version.state === 'in_force' && !(laid ?? layer?.laid ?? true);
  const title = layer === undefined ? t('catalogue.version', { number: version.number }) : t('catalogue.versionOf', { layer: pick(layer.name, lang), number: version.number });
  const made = version.source === 'shipped' || version.createdAt === null ? t(`catalogue.sourceOf.${version.source}`) : `${t(`catalogue.sourceOf.${version.source}`)}${t('comma')}${t('catalogue.by', { who: version.createdBy ?? '—', at: format.instant(version.createdAt) })}`;
  return (
    <li>
      <div className="row">
        <b>{title}</b>
        <State tone={idle ? 'off' : TONES[version.state]} word={t(idle ? 'catalogue.notLaid' : `catalogue.state.${version.state}`)} />
        <span className="two small">{t('catalogue.since', { day: format.day(version.fromDay) })}</span>
        {actions !== undefined && <span className="row push noprint">{actions}</span>}
      </div>
      <p className="dim small">{made}</p>
      {version.note !== null && <p>{version.note}</p>}
      {version.replacedBy !== null && <p className="two small">{t('catalogue.layers.replacedBy', { number: version.replacedBy })}</p>}
      {version.withdrawnReason !== null && <p className="two small">{t('catalogue.layers.withdrawnBy', { who: version.withdrawnBy ?? '—', reason: version.withdrawnReason })}</p>}
      <Changes changes={version.changes.filter((one) => only === undefined || one.code === only)} plain={only !== undefined} />
    </li>
  );
}

/** What a version changes, items with the same fields together. `plain`: of one item that is known. */
export function Changes({ changes, plain = false }: { readonly changes: VersionLine['changes']; readonly plain?: boolean }) {
  const t = useT('approvals');
  const groups = new Map<string, string[]>();
  for (const one of changes) {
    const key = one.kind === 'frame' ? one.fields.map((field) => t(`catalogue.frame.${field}`)).join(t('list')) : one.kind === 'changed' ? one.fields.map((field) => t(`catalogue.field.${field}`)).join(t('list')) : t(`catalogue.${one.kind}`);
    groups.set(key, [...(groups.get(key) ?? []), one.code]);
  }
  if (changes.length === 0) return null;
  return (
    <ul className="small two changelist">
      {[...groups].map(([said, codes]) => (
        <li key={said}>{said}{!plain && codes.some((code) => code !== '') && <>{t('colon')}{codes.map((code, i) => <span key={code}>{i > 0 && t('list')}<Go href={`/approvals/catalogue/${code}`}>{code}</Go></span>)}</>}</li>
      ))}
    </ul>
  );
}
