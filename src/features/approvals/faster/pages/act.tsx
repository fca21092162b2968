// The dialogs in which something is recorded of a faster way: one for each command, out of the same parts. What is not allowed is said by the server.
import { useState } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { useSession } from '../../../../web/session.tsx';
import * as contract from '../contract.ts';
import { Conversion, premiseFields, premisesIn } from './conversion.tsx';
import { given, linesOf, textOf, type FieldSpec, type Values } from './fields.tsx';
import { Shell } from './shell.tsx';
import { TolerateDialog } from './tolerate.tsx';
import { pick, type Faster, type Promised, type Simulation } from './say.ts';

export type Act =
  | { readonly kind: 'simulate' | 'contract' | 'tolerate' | 'promise' | 'guide' }
  | { readonly kind: 'opinion' | 'review' | 'issue' | 'void'; readonly on: Simulation }
  | { readonly kind: 'settle'; readonly on: Simulation; readonly item: string }
  | { readonly kind: 'check'; readonly on: Promised };

const day: FieldSpec = { name: 'day', kind: 'day' };
const number: FieldSpec = { name: 'number', kind: 'text' };

export function ActDialog({ shown, act, onClose }: { readonly shown: Faster; readonly act: Act; readonly onClose: () => void }) {
  const lang = useLang();
  const t = useT('approvals');
  const format = useFormat();
  const { today } = useSession();
  // One for as long as the dialog is open: a second press is the same act.
  const [id] = useState(newId);
  if (act.kind === 'tolerate') return <TolerateDialog shown={shown} onClose={onClose} />;
  const common = { version: shown.version, title: t(`faster.act.${act.kind}`), onClose, ...('on' in act ? { about: pick(act.on.itemName, lang) } : {}) };
  const items = (codes: readonly string[]): FieldSpec => ({ name: 'item', kind: 'choice', options: shown.names.filter((one) => codes.includes(one.code)).map((one) => ({ value: one.code, label: pick(one.name, lang) })) });
  const at = (values: Values): { id: string; day: string } => ({ id: shown.id, day: textOf(values, 'day') });
  switch (act.kind) {
    case 'simulate': return (
      <Shell {...common} simulated contract={contract.applySimulation}
        fields={[items(shown.may.simulate), { name: 'planning', kind: 'text' }, { name: 'signedBy', kind: 'text' }, day, { name: 'riskSha', kind: 'file' }, { name: 'riskSigned', kind: 'check' }]}
        input={(v) => ({ ...at(v), simulationId: id, item: textOf(v, 'item'), planning: textOf(v, 'planning'), signedBy: textOf(v, 'signedBy'), riskSha: textOf(v, 'riskSha'), riskSigned: v['riskSigned'] === true })} />
    );
    case 'opinion': return (
      <Shell {...common} simulated contract={contract.giveOpinion} start={firstPremises(shown)} hint={act.on.needs.length === 0 ? undefined : t('faster.owedHint')}
        fields={[number, day, ...premiseFields, ...act.on.needs.map((one): FieldSpec => ({ name: `due:${one.item}`, kind: 'day', ahead: true, said: t('faster.owedUntil', { item: pick(one.itemName, lang) }) }))]}
        input={(v) => ({ ...at(v), simulationId: act.on.id, number: textOf(v, 'number'), premises: premisesIn(v), owed: act.on.needs.map((one) => ({ item: one.item, due: textOf(v, `due:${one.item}`) })) })}
        below={(v) => <OwedDays needs={act.on.needs.map((one) => ({ name: pick(one.itemName, lang), due: textOf(v, `due:${one.item}`) }))} say={(name, due) => t('faster.owedDays', { item: name, count: format.daysBetween(today, due) })} />} />
    );
    case 'settle': return <Shell {...common} contract={contract.settleDebt} fields={[day]} hint={t('faster.settleHint')} input={(v) => ({ ...at(v), simulationId: act.on.id, item: act.item })} />;
    case 'void': return <Shell {...common} contract={contract.voidSimulation} danger fields={[{ name: 'reason', kind: 'long' }, day]} input={(v) => ({ ...at(v), simulationId: act.on.id, reason: textOf(v, 'reason') })} />;
    case 'contract': {
      const open = shown.simulations.filter((one) => one.status === 'opined' && !one.expired);
      return (
        <Shell {...common} contract={contract.enterLandContract} hint={t('faster.contractHint')} start={firstPremises(shown)}
          fields={[{ ...number, label: 'contractNumber' }, day, ...premiseFields, ...open.map((one): FieldSpec => ({ name: `doc:${one.item}`, kind: 'text', optional: true, said: t('faster.formalNumberOf', { item: pick(one.itemName, lang) }) }))]}
          input={(v) => ({ ...at(v), number: textOf(v, 'number'), premises: premisesIn(v), documents: open.map((one) => ({ item: one.item, number: textOf(v, `doc:${one.item}`) })).filter((one) => one.number !== '') })}
          below={(v) => <Conversion projectId={shown.id} values={v} />} />
      );
    }
    case 'review': return (
      <Shell {...common} contract={contract.reviewChange} hint={t('faster.changed', { parts: act.on.changed.map((one) => t(`cases:premise.${one}`)).join(t('list')) })} fields={[day, { name: 'passed', kind: 'check' }]}
        input={(v) => ({ ...at(v), simulationId: act.on.id, parts: [...act.on.changed], passed: v['passed'] === true })} />
    );
    case 'issue': return <Shell {...common} contract={contract.issueFormal} fields={[{ ...number, label: 'formalNumber' }, day]} input={(v) => ({ ...at(v), simulationId: act.on.id, number: textOf(v, 'number') })} />;
    case 'promise': {
      const designer = (v: Values): boolean => shown.may.designUnit.includes(textOf(v, 'item'));
      return (
        <Shell {...common} contract={contract.makePromise} hint={shown.broken === null || shown.broken.count === 0 ? undefined : t('faster.broken', { count: shown.broken.count, day: format.day(shown.broken.lastDay) })}
          fields={(v) => [items(shown.may.promise), { ...number, label: 'formalNumber' }, { name: 'conditions', kind: 'long' }, { name: 'signedBy', kind: 'text', label: 'legalRepresentative' }, ...(designer(v) ? [{ name: 'designUnit', kind: 'text' } as const] : []), day, { name: 'letterSha', kind: 'file' }]}
          input={(v) => ({
            ...at(v), promiseId: id, item: textOf(v, 'item'), conditions: textOf(v, 'conditions'), signedBy: textOf(v, 'signedBy'), letterSha: textOf(v, 'letterSha'), number: textOf(v, 'number'),
            signers: ['legal_representative' as const, ...(designer(v) ? ['design_unit' as const] : [])], ...(designer(v) ? given(v, 'designUnit') : {}),
          })} />
      );
    }
    case 'check': return (
      <Shell {...common} contract={contract.checkPromise} hint={act.on.conditions} start={{ kept: true }}
        fields={(v) => [{ name: 'finding', kind: 'long' }, day, { name: 'kept', kind: 'check' }, { name: 'evidenceSha', kind: 'file', optional: v['kept'] === true }, ...(v['kept'] === true ? [] : [{ name: 'revocation', kind: 'text' } as const])]}
        input={(v) => ({ ...at(v), promiseId: act.on.id, kept: v['kept'] === true, finding: textOf(v, 'finding'), ...given(v, 'evidenceSha'), ...(v['kept'] === true ? {} : given(v, 'revocation')) })} />
    );
    case 'guide': return (
      <Shell {...common} contract={contract.guide} fields={[items(shown.names.map((one) => one.code)), { name: 'missing', kind: 'long', optional: true }, { name: 'comments', kind: 'long', optional: true }, day]}
        input={(v) => ({ ...at(v), guidanceId: id, item: textOf(v, 'item'), missing: linesOf(v, 'missing'), ...given(v, 'comments') })} />
    );
  }
}

/** The premises of an earlier opinion: all opinions of a project are given for the same. */
function firstPremises(shown: Faster): Values {
  const found = shown.simulations.findLast((one) => one.premises !== null)?.premises;
  return found === undefined || found === null ? {} : { ...found };
}

function OwedDays({ needs, say }: { readonly needs: readonly { readonly name: string; readonly due: string }[]; readonly say: (name: string, due: string) => string }) {
  const dated = needs.filter((one) => one.due !== '');
  return dated.length === 0 ? null : <ul className="two small">{dated.map((one) => <li key={one.name}>{say(one.name, one.due)}</li>)}</ul>;
}
