// The dialogs in which something is recorded of a faster way: one for each command, out of the same parts. What is not allowed is said by the server.
import { useState } from 'react';
import type { CommandContract, InputOf } from '../../../../kernel/contract.ts';
import { useRun } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { useFresh } from '../../cases/pages/act.tsx';
import * as contract from '../contract.ts';
import { complete, Field, linesOf, numberOf, textOf, type FieldSpec, type Values } from './fields.tsx';
import { pick, type Faster, type Promised, type Simulation, type Tolerance } from './say.ts';

export type Act =
  | { readonly kind: 'simulate' | 'contract' | 'tolerate' | 'promise' | 'guide' }
  | { readonly kind: 'opinion' | 'review' | 'issue' | 'void'; readonly on: Simulation }
  | { readonly kind: 'settle'; readonly on: Simulation; readonly item: string }
  | { readonly kind: 'supply'; readonly on: Tolerance; readonly material: string }
  | { readonly kind: 'check'; readonly on: Promised };

const day: FieldSpec = { name: 'day', kind: 'day' };
const number: FieldSpec = { name: 'number', kind: 'text' };
const premiseFields: readonly FieldSpec[] = [
  { name: 'applicant', kind: 'text' }, { name: 'areaSquareMetres', kind: 'number' }, { name: 'planning', kind: 'text', label: 'planningPremise' }, { name: 'scale', kind: 'text' },
];
const premisesIn = (values: Values): { applicant: string; areaSquareMetres: number; planning: string; scale: string } => ({
  applicant: textOf(values, 'applicant'), areaSquareMetres: numberOf(values, 'areaSquareMetres'), planning: textOf(values, 'planning'), scale: textOf(values, 'scale'),
});

export function ActDialog({ shown, act, onClose }: { readonly shown: Faster; readonly act: Act; readonly onClose: () => void }) {
  const lang = useLang();
  const t = useT('approvals');
  const common = { shown, act, onClose };
  const items = (codes: readonly string[]): FieldSpec => ({ name: 'item', kind: 'choice', options: shown.names.filter((one) => codes.includes(one.code)).map((one) => ({ value: one.code, label: pick(one.name, lang), hint: one.code })) });
  const at = (values: Values): { id: string; day: string } => ({ id: shown.id, day: textOf(values, 'day') });
  switch (act.kind) {
    case 'simulate': return (
      <Shell {...common} contract={contract.applySimulation} fields={[items(shown.may.simulate), { name: 'planning', kind: 'text' }, { name: 'signedBy', kind: 'text' }, day, { name: 'riskSigned', kind: 'check' }]}
        input={(v) => ({ ...at(v), simulationId: newId(), item: textOf(v, 'item'), planning: textOf(v, 'planning'), signedBy: textOf(v, 'signedBy'), riskSigned: v['riskSigned'] === true })} />
    );
    case 'opinion': return (
      <Shell {...common} contract={contract.giveOpinion}
        fields={[number, day, ...premiseFields, ...act.on.needs.map((one): FieldSpec => ({ name: `due:${one.item}`, kind: 'day', ahead: true, said: t('faster.owedUntil', { item: pick(one.itemName, lang) }) }))]}
        start={firstPremises(shown)}
        input={(v) => ({ ...at(v), simulationId: act.on.id, number: textOf(v, 'number'), premises: premisesIn(v), owed: act.on.needs.map((one) => ({ item: one.item, due: textOf(v, `due:${one.item}`) })) })} />
    );
    case 'settle': return <Shell {...common} contract={contract.settleDebt} fields={[day]} input={(v) => ({ ...at(v), simulationId: act.on.id, item: act.item })} />;
    case 'void': return <Shell {...common} contract={contract.voidSimulation} danger fields={[{ name: 'reason', kind: 'long' }, day]} input={(v) => ({ ...at(v), simulationId: act.on.id, reason: textOf(v, 'reason') })} />;
    case 'contract': {
      const open = shown.simulations.filter((one) => one.status === 'opined' && !one.expired);
      return (
        <Shell {...common} contract={contract.enterLandContract} hint={t('faster.contractHint')} start={firstPremises(shown)}
          fields={[{ ...number, label: 'contractNumber' }, day, ...premiseFields, ...open.map((one): FieldSpec => ({ name: `doc:${one.item}`, kind: 'text', optional: true, said: t('faster.formalNumberOf', { item: pick(one.itemName, lang) }) }))]}
          input={(v) => ({ ...at(v), number: textOf(v, 'number'), premises: premisesIn(v), documents: open.map((one) => ({ item: one.item, number: textOf(v, `doc:${one.item}`) })).filter((one) => one.number !== '') })} />
      );
    }
    case 'review': return (
      <Shell {...common} contract={contract.reviewChange} hint={t('faster.changed', { parts: act.on.changed.map((one) => t(`cases:premise.${one}`)).join(t('list')) })} fields={[day, { name: 'passed', kind: 'check' }]}
        input={(v) => ({ ...at(v), simulationId: act.on.id, parts: [...act.on.changed], passed: v['passed'] === true })} />
    );
    case 'issue': return <Shell {...common} contract={contract.issueFormal} fields={[{ ...number, label: 'formalNumber' }, day]} input={(v) => ({ ...at(v), simulationId: act.on.id, number: textOf(v, 'number') })} />;
    case 'tolerate': return (
      <Shell {...common} contract={contract.acceptWithDebts} fields={[items(shown.may.tolerate), { name: 'missing', kind: 'long' }, { name: 'days', kind: 'number', unit: t('unit.working') }, day, { name: 'mainComplete', kind: 'check' }]}
        input={(v) => ({ ...at(v), toleranceId: newId(), item: textOf(v, 'item'), mainComplete: v['mainComplete'] === true, missing: linesOf(v, 'missing').map((material) => ({ material, days: numberOf(v, 'days') })) })} />
    );
    case 'supply': return <Shell {...common} contract={contract.supplyMaterial} hint={act.material} fields={[day]} input={(v) => ({ ...at(v), toleranceId: act.on.id, material: act.material })} />;
    case 'promise': return (
      <Shell {...common} contract={contract.makePromise} fields={[items(shown.may.promise), { name: 'conditions', kind: 'long' }, { name: 'signedBy', kind: 'text', label: 'legalRepresentative' }, { ...number, label: 'formalNumber' }, day]}
        input={(v) => ({ ...at(v), promiseId: newId(), item: textOf(v, 'item'), conditions: textOf(v, 'conditions'), signedBy: textOf(v, 'signedBy'), signers: ['legal_representative' as const], number: textOf(v, 'number') })} />
    );
    case 'check': return (
      <Shell {...common} contract={contract.checkPromise} hint={act.on.conditions} fields={[{ name: 'finding', kind: 'long' }, day, { name: 'kept', kind: 'check' }, { name: 'revocation', kind: 'text', optional: true }]} start={{ kept: true }}
        input={(v) => ({ ...at(v), promiseId: act.on.id, kept: v['kept'] === true, finding: textOf(v, 'finding'), ...(v['kept'] === true || textOf(v, 'revocation') === '' ? {} : { revocation: textOf(v, 'revocation') }) })} />
    );
    case 'guide': return (
      <Shell {...common} contract={contract.guide} fields={[items(shown.names.map((one) => one.code)), { name: 'missing', kind: 'long', optional: true }, { name: 'comments', kind: 'long', optional: true }, day]}
        input={(v) => ({ ...at(v), guidanceId: newId(), item: textOf(v, 'item'), missing: linesOf(v, 'missing'), ...(textOf(v, 'comments') === '' ? {} : { comments: textOf(v, 'comments') }) })} />
    );
  }
}

/** The premises of an earlier opinion: all opinions of a project are given for the same. */
function firstPremises(shown: Faster): Values {
  const found = shown.simulations.findLast((one) => one.premises !== null)?.premises;
  return found === undefined || found === null ? {} : { ...found };
}

interface ShellProps<C extends CommandContract> {
  readonly shown: Faster;
  readonly act: Act;
  readonly onClose: () => void;
  readonly contract: C;
  readonly fields: readonly FieldSpec[];
  readonly input: (values: Values) => InputOf<C>;
  readonly start?: Values;
  readonly hint?: string;
  readonly danger?: boolean;
}

function Shell<C extends CommandContract>({ shown, act, onClose, contract: command, fields, input, start = {}, hint, danger = false }: ShellProps<C>) {
  const t = useT('approvals');
  const lang = useLang();
  const { today } = useSession();
  const [values, setValues] = useState<Values>({ day: today, ...start });
  const run = useRun(command, { touches: ['approvals.', 'projects.'], onDone: () => { toast({ text: t('faster.done') }); onClose(); } });
  useFresh(run.error);
  const title = t(`faster.act.${act.kind}`);
  const about = 'on' in act ? pick(act.on.itemName, lang) : undefined;
  return (
    <Dialog open size={fields.length > 5 ? 'middle' : 'small'} onClose={onClose} title={about === undefined ? title : `${title} · ${about}`} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind={danger ? 'danger' : 'main'} disabled={!complete(fields, values)} busy={run.running} onClick={() => run.go(input(values), { version: shown.version })}>{title}</Button>
      </>
    }>
      <div className="stack">
        {hint !== undefined && <p className="two">{hint}</p>}
        {['simulate', 'opinion'].includes(act.kind) && <p className="simmark">{t('faster.mark')}</p>}
        <div className={fields.length > 5 ? 'fasterfields' : 'stack'}>
          {fields.map((one) => <Field key={one.name} spec={one} values={values} onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))} />)}
        </div>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
