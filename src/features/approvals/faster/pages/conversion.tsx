// What the land contract will make of each opinion, said before it is entered: issued, reviewed in part, waiting for the law, or lapsed.
import { useDeferredValue } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { previewContract } from '../contract.ts';
import { complete, numberOf, textOf, type FieldSpec, type Values } from './fields.tsx';
import { pick } from './say.ts';

export const premiseFields: readonly FieldSpec[] = [
  { name: 'applicant', kind: 'text' }, { name: 'areaSquareMetres', kind: 'number' }, { name: 'planning', kind: 'text', label: 'planningPremise' }, { name: 'scale', kind: 'text' },
];

export function premisesIn(values: Values): { applicant: string; areaSquareMetres: number; planning: string; scale: string } {
  return { applicant: textOf(values, 'applicant'), areaSquareMetres: numberOf(values, 'areaSquareMetres'), planning: textOf(values, 'planning'), scale: textOf(values, 'scale') };
}

const TONE = { issued: 'ok', waiting: 'warn', reviewing: 'late', lapsed: 'off' } as const;

export function Conversion({ projectId, values }: { readonly projectId: string; readonly values: Values }) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const asked = useDeferredValue(values);
  const day = textOf(asked, 'day');
  const ready = day !== '' && complete(premiseFields, asked);
  const read = useRead(previewContract, { id: projectId, day: day === '' ? '2000-01-01' : day, ...premisesIn(asked) }, { when: ready, keep: true });
  if (!ready) return <p className="dim small">{t('faster.conversion.enter')}</p>;
  if (read.error !== undefined) return <Problem small error={read.error} />;
  if (read.data === undefined) return null;
  if (read.data.items.length === 0) return <p className="dim small">{t('faster.conversion.none')}</p>;
  return (
    <div className="conversion" aria-live="polite">
      <p><b>{t('faster.conversion.title')}</b></p>
      <ul>
        {read.data.items.map((one) => (
          <li key={one.item}>
            <State tone={TONE[one.then]} word={t(`faster.conversion.then.${one.then}`)} /> {pick(one.itemName, lang)}
            {one.changed.length > 0 && <span className="two small"> {t('faster.conversion.only', { parts: one.changed.map((each) => t(`cases:premise.${each}`)).join(t('list')) })}</span>}
            {one.waitsFor.length > 0 && <span className="two small"> {t('faster.conversion.waits', { items: one.waitsFor.map((each) => pick(each, lang)).join(t('list')) })}{one.due !== null && ` · ${t('faster.formalDue', { day: format.day(one.due) })}`}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
