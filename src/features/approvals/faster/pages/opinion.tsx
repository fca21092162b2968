// A simulated opinion as a page to print or to save as PDF. Its head says that it has no legal force; it is no document and must never look like one.
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { usePath } from '../../../../web/router.tsx';
import { readFaster } from '../contract.ts';
import { pick, type Faster, type Simulation } from './say.ts';
import './faster.css';

export function OpinionPage() {
  const t = useT('approvals');
  const { id = '', simulationId = '' } = usePath();
  const read = useRead(readFaster, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const one = read.data.simulations.find((each) => each.id === simulationId);
  if (one === undefined || one.number === null) return <Empty title={t('faster.paper.none')} hint={t('faster.paper.noneHint')}><Button href={`/projects/${id}/approvals/faster`}>{t('faster.title')}</Button></Empty>;
  return <Paper shown={read.data} one={one} />;
}

function Paper({ shown, one }: { readonly shown: Faster; readonly one: Simulation }) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const opined = one.steps.find((each) => each.kind === 'opined');
  return (
    <>
      <div className="row noprint">
        <Crumbs crumbs={[{ label: shown.name, href: `/projects/${shown.id}` }, { label: t('faster.title'), href: `/projects/${shown.id}/approvals/faster` }, { label: t('faster.paper.title') }]} />
        <span className="push"><Button kind="main" onClick={() => window.print()}>{t('faster.paper.print')}</Button></span>
      </div>
      <article className="card pad opinionpaper">
        <p className="opinionmark" role="note">{t('faster.paper.noForce')}</p>
        <h1>{t('faster.paper.title')}</h1>
        <p className="opinionnumber">{t('faster.number')} {one.number}</p>
        <Facts columns={1} facts={[
          { label: t('faster.field.item'), value: pick(one.itemName, lang) }, { label: t('faster.expiring.project'), value: shown.name },
          ...(one.orgName === null ? [] : [{ label: t('faster.paper.org'), value: one.orgName }]),
          { label: t('faster.paper.day'), value: format.day(opined?.day) }, { label: t('faster.paper.until'), value: format.day(one.expires) }, { label: t('faster.paper.by'), value: opined?.by ?? '—' },
        ]} />
        {one.premises !== null && (
          <>
            <h2>{t('faster.paper.premises')}</h2>
            <Facts columns={1} facts={[
              { label: t('cases:premise.applicant'), value: one.premises.applicant }, { label: t('cases:premise.areaSquareMetres'), value: t('faster.paper.area', { count: format.count(one.premises.areaSquareMetres) }) },
              { label: t('cases:premise.planning'), value: one.premises.planning }, { label: t('cases:premise.scale'), value: one.premises.scale },
            ]} />
            <p>{t('faster.paper.premisesSay')}</p>
          </>
        )}
        <h2>{t('faster.owed')}</h2>
        {one.owed.length === 0 ? <p>{t('faster.paper.nothingOwed')}</p> : <ul>{one.owed.map((debt) => <li key={debt.item}>{pick(debt.itemName, lang)}{t('colon')}{t('faster.owedDue', { day: format.day(debt.due) })}</li>)}</ul>}
        <h2>{t('faster.paper.force')}</h2>
        <ul>
          <li>{t('faster.paper.use')}{one.earthworks && ` ${t('faster.earthworks')}`}</li>
          <li>{t('faster.paper.ends', { day: format.day(one.expires) })}</li>
          <li>{t('faster.paper.risk', { name: one.signedBy })}</li>
        </ul>
        {one.document !== null && <p className="two">{t('faster.paper.replaced', { number: one.document.number, day: format.day(one.document.day) })}</p>}
        {(one.expired || one.status === 'void' || one.status === 'failed') && <p className="tone-bad">{t('faster.paper.over')}</p>}
        <p className="opinionmark">{t('faster.paper.noForce')}</p>
      </article>
    </>
  );
}
