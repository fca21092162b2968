// What a problem holds: what is asked and agreed, facts, pauses with their reasons, files by what they are for.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Facts, type Fact } from '../../../../web/parts/facts.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Uploads } from '../../../../web/parts/uploads.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { One } from './say.ts';
import './record.css';

export function Asked({ one }: { readonly one: One }) {
  const t = useT('problem');
  const format = useFormat();
  const last = [...one.steps].reverse().find((step) => step.kind === 'replied' || step.kind === 'updated' || step.kind === 'submitted');
  const parts: readonly (readonly [string, string | null])[] = [
    ['ask', one.ask === '' ? null : one.ask], ['measure', one.measure], ['criterion', one.criterion], ['agreed', one.agreedDay === null ? null : format.day(one.agreedDay)],
    ['last', last === undefined || last.text === '' ? null : last.text],
  ];
  const shown = parts.filter(([, text]) => text !== null);
  return (
    <div className="card pad asked">
      {shown.length === 0 ? <p className="dim">{t('asked.none')}</p> : shown.map(([name, text]) => <div key={name}><h3>{t(`asked.${name}`)}</h3><p>{text}</p></div>)}
    </div>
  );
}

export function FactsOf({ one, kindName }: { readonly one: One; readonly kindName: string }) {
  const t = useT('problem');
  const format = useFormat();
  const { today, can } = useSession();
  const facts: Fact[] = [
    { label: t('facts.owner'), value: one.ownerUserName === null ? one.ownerName : `${one.ownerName} ${one.ownerUserName}` },
    ...(one.coOwners.length === 0 ? [] : [{ label: t('facts.coOwners'), value: one.coOwners.map((each) => each.name).join(t('told.comma')) }]),
    ...(one.projects.length === 0 ? [] : [{ label: t('facts.projects'), value: <ul>{one.projects.map((each) => <li key={each.id}>{can('projects.read') ? <Go href={`/projects/${each.id}`}>{each.name}</Go> : each.name}</li>)}</ul> }]),
    ...(one.enterpriseName === null ? [] : [{ label: t('facts.enterprise'), value: one.enterpriseName }]),
    { label: t('facts.kind'), value: `${kindName}${t('told.comma')}${t(`problems:severity.${one.severity}`)}` },
    { label: t('facts.source'), value: t(`problems:source.${one.source}`) },
    { label: t('facts.raised'), value: `${one.anonymous ? t('facts.anonymous') : [one.raisedOrgName, one.raisedName].filter((each) => each !== null).join(' ')} ${format.instant(one.raisedAt, today)}` },
    ...(one.contactName === null && one.contactPhone === null ? [] : [{ label: t('facts.contact'), value: <>{one.contactName ?? ''} {one.contactPhone !== null && <a href={`tel:${one.contactPhone.replaceAll(/[^\d+]/g, '')}`}>{one.contactPhone}</a>}</> }]),
    { label: t('facts.policy'), value: t('facts.policyOf', { name: one.policyName, version: one.policyVersion }) },
    ...(one.late === null ? [] : [{ label: t('facts.late'), value: t(one.late ? 'facts.isLate' : 'facts.inTime') }]),
    ...(one.satisfaction === null ? [] : [{ label: t('facts.satisfaction'), value: t(`problems:satisfaction.${one.satisfaction}`) }]),
    ...(one.settledTier === null ? [] : [{ label: t('facts.settled'), value: t(`problems:tier.${String(one.settledTier)}`) }]),
  ];
  return <div className="card pad"><Facts columns={1} facts={facts} /></div>;
}

export function PausesOf({ one }: { readonly one: One }) {
  const t = useT('problem');
  const format = useFormat();
  const { today } = useSession();
  return (
    <ul className="card pad limits">
      {one.pauses.map((pause) => (
        <li key={pause.fromAt}>
          <b>{t(`problems:pause.${pause.kind}`)}</b> {format.instant(pause.fromAt, today)} – {pause.toAt === null ? t('pauses.until', { at: format.instant(pause.untilAt, today) }) : format.instant(pause.toAt, today)}
          <span className="two"> {pause.reason}</span>
        </li>
      ))}
    </ul>
  );
}

const PURPOSES = ['attachment', 'proof', 'update'] as const;

export function FilesOf({ one }: { readonly one: One }) {
  const t = useT('problem');
  const { today } = useSession();
  return (
    <div className="card pad stack">
      {PURPOSES.map((purpose) => {
        const files = one.files.filter((file) => file.purpose === purpose);
        return files.length === 0 ? null : <div key={purpose}><h3>{t(`files.${purpose}`)}</h3><Uploads today={today} files={files.map((file) => ({ id: file.sha256, name: file.name, mediaType: file.mediaType, bytes: file.bytes, at: file.at, who: file.byName }))} /></div>;
      })}
    </div>
  );
}
