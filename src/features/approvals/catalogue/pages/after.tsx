// What comes first, as links: an item by its code and name, an item where it applies, one of several.
import { useLang, useT } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import type { After, Words } from '../shape.ts';
import { pick } from './words.ts';

export type Names = readonly { readonly code: string; readonly name: Words; readonly stage: string | null }[];

export function AfterText({ after, names }: { readonly after: After; readonly names: Names }) {
  const t = useT('approvals');
  if ('either' in after) return <>{after.either.map((code, i) => <span key={code}>{i > 0 && ` ${t('catalogue.rule.or')} `}<ItemLink code={code} names={names} /></span>)}</>;
  return (
    <>
      <ItemLink code={after.item} names={names} />
      {after.ifApplies === true && <span className="tag">{t('catalogue.ifApplies')}</span>}
      {after.deferrable === true && <span className="tag">{t('catalogue.deferrableAfter')}</span>}
    </>
  );
}

export function ItemLink({ code, names }: { readonly code: string; readonly names: Names }) {
  const lang = useLang();
  const found = names.find((one) => one.code === code);
  // A milestone has a code too, but nobody looks it up by that.
  const said = found === undefined ? code : found.stage === null ? pick(found.name, lang) : `${code} ${pick(found.name, lang)}`;
  return found?.stage === null || found === undefined ? <span>{said}</span> : <Go href={`/approvals/catalogue/${code}`}>{said}</Go>;
}
