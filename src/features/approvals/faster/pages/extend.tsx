// The dialog in which the validity of a document is extended, with the rule that permits it: how often, for how long, by which decision, until when.
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { monthsAfter } from '../../clocks/months.ts';
import { extendValidity } from '../contract.ts';
import { numberOf, textOf } from './fields.tsx';
import { Shell } from './shell.tsx';
import { pick, sayRule } from './say.ts';

export interface Extendable {
  readonly projectId: string;
  readonly version: number;
  readonly item: string;
  readonly itemName: { readonly zh: string; readonly en: string };
  readonly number: string;
  readonly until: string;
  readonly extensionsLeft: number;
  readonly extensionMonths: number;
  readonly then: 'void' | 'recheck' | null;
}

export function ExtendDialog({ document, onClose }: { readonly document: Extendable; readonly onClose: () => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const { until, extensionMonths: most } = document;
  return (
    <Shell
      version={document.version} title={t('faster.act.extend')} about={pick(document.itemName, lang)} contract={extendValidity} onClose={onClose} hint={sayRule(document, t)} start={{ months: most }}
      fields={[{ name: 'extension', kind: 'text' }, { name: 'day', kind: 'day' }, { name: 'months', kind: 'number', unit: t('faster.monthsUnit'), hint: t('faster.monthsMost', { count: most }) }, { name: 'reason', kind: 'long' }]}
      input={(v) => ({ id: document.projectId, item: document.item, number: document.number, day: textOf(v, 'day'), document: textOf(v, 'extension'), reason: textOf(v, 'reason'), months: numberOf(v, 'months') })}
      below={(v) => { const months = numberOf(v, 'months'); return months > 0 && months <= most ? <p>{t('faster.extendsTo', { from: format.day(until), to: format.day(monthsAfter(until, months)) })}</p> : null; }}
    />
  );
}
