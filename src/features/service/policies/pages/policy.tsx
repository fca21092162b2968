// One policy: what it gives, until when, how; who may get it; and for officers whom it suits and how far it was delivered.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { PastSection } from '../../pages/past.tsx';
import { readPolicy, withdrawPolicy } from '../contract.ts';
import { Delivered } from './delivered.tsx';
import { FIT_TONES, saySpan, sayTest, sayWindow, traitName, WINDOW_TONES } from './say.ts';
import { Whom } from './whom.tsx';
import '../../pages/service.css';

type Policy = OutputOf<typeof readPolicy>;
const TABS = ['what', 'who', 'delivery'] as const;

export function PolicyPage() {
  const { id = '' } = usePath();
  const t = useT('knowledge');
  const format = useFormat();
  const { can } = useSession();
  const [state, set] = useUrlState({ tab: 'what' });
  const read = useRead(readPolicy, { id });
  const withdraw = useRun(withdrawPolicy, { onDone: () => toast({ text: t('editor.saved') }) });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { policy, withdrawnDay, mayKeep } = read.data;
  const officer = can('service.match') || !can('service.offer');
  const tab = officer ? (TABS.find((one) => one === state.tab) ?? 'what') : 'what';
  const ask = async (): Promise<void> => {
    const reason = await confirm({ title: t('policy.withdraw_ask'), text: policy.name, act: t('policy.withdraw'), danger: true, reason: t('policy.withdraw_why') });
    if (reason !== undefined) withdraw.go({ id, reason }, { version: policy.version });
  };
  return (
    <Record
      crumbs={[{ label: t('policies.title'), href: '/service/policies' }, { label: t(`level.${policy.level}`) }]} title={policy.name}
      state={withdrawnDay === null ? <State tone={WINDOW_TONES[policy.window]} word={sayWindow(policy, t)} /> : <State tone="off" word={t('policy.withdrawn', { day: format.day(withdrawnDay) })} />}
      say={[policy.issuer, policy.number].filter((one) => one !== '').join(' ')}
      actions={mayKeep && withdrawnDay === null ? <><Button href={`/service/policies/${id}/edit`}>{t('policy.edit')}</Button><Button kind="quiet" busy={withdraw.running} onClick={() => void ask()}>{t('policy.withdraw')}</Button></> : undefined}
      strip={officer ? <Strip policy={read.data} /> : undefined}
      {...(officer ? { tabs: TABS.map((one) => ({ id: one, label: t(`policy.tab_${one}`), ...(one === 'who' ? { count: policy.yes } : one === 'delivery' ? { count: policy.told } : {}) })), tab, onTab: (next: string) => set({ tab: next }) } : {})}
      side={tab === 'what' ? <Side policy={read.data} /> : undefined}
    >
      {tab === 'what' && <What policy={read.data} />}
      {tab === 'who' && <Whom id={id} mayTell={read.data.mayTell && withdrawnDay === null && policy.window !== 'over' && policy.window !== 'ended'} />}
      {tab === 'delivery' && <Delivered policyId={id} />}
    </Record>
  );
}

function Strip({ policy: { policy, receivedFen } }: { readonly policy: Policy }) {
  const t = useT('knowledge');
  const format = useFormat();
  const paid = format.money(receivedFen);
  return (
    <FigureStrip>
      <Figure label={t('policy.yes')} value={format.count(policy.yes)} unit={t('policy.households')} definition={t('policy.yes_definition')} note={`${t('fits.unknown')} ${format.count(policy.unknown)}`} href="?tab=who" />
      <Figure label={t('policy.told')} value={format.count(policy.told)} unit={t('policy.households')} href="?tab=delivery" />
      <Figure label={t('policy.applied')} value={format.count(policy.applied)} unit={t('policy.households')} href="?tab=delivery" />
      <Figure label={t('policy.received')} value={format.count(policy.received)} unit={t('policy.households')} href="?tab=delivery&state=received" />
      <Figure label={t('policy.received_fen')} value={paid.number} unit={paid.unit} href="?tab=delivery&state=received" />
    </FigureStrip>
  );
}

function What({ policy: { policy, how, conditions, failed, places } }: { readonly policy: Policy }) {
  const t = useT('knowledge');
  const lang = useLang();
  const format = useFormat();
  const { user } = useSession();
  return (
    <>
      {policy.fits !== null && (
        <p className="notice calm">
          <State tone={FIT_TONES[policy.fits]} word={t(`fits.${policy.fits}`)} />{' '}
          {policy.unstated ? t('policy.verdict_unstated') : t(`policy.verdict_${policy.fits}`, { traits: policy.missing.map((code) => traitName(code, lang)).join(t('list')) })}{' '}
          {policy.fits !== 'yes' && !policy.unstated && <Go href={`/service/enterprises/${user.orgId}`}>{t('policies.tell_us')}</Go>}
        </p>
      )}
      <Section title={t('policy.benefit')}><div className="card pad"><p className="servicetext">{policy.benefit}</p></div></Section>
      <Section title={t('policy.conditions')} {...(conditions !== null && conditions.length > 1 ? { hint: t('policy.all_of') } : {})}>
        <div className="card pad">
          {conditions === null ? <p className="two">{t('policy.unstated')}</p> : conditions.length === 0 ? <p>{t('policy.no_conditions')}</p> : (
            <ul className="conditionwords">{conditions.map((group, i) => <li key={i} className={failed.includes(i) ? 'failed' : undefined}>{group.any.map((test) => sayTest(test, { t, lang, format, places })).join(t('or'))}</li>)}</ul>
          )}
        </div>
      </Section>
      <Section title={t('policy.how')}><div className="card pad"><p className="servicetext">{how}</p></div></Section>
    </>
  );
}

function Side({ policy: { policy, versions, history } }: { readonly policy: Policy }) {
  const t = useT('knowledge');
  const format = useFormat();
  return (
    <>
      <Section title={t('policy.facts')}>
        <div className="card pad"><Facts columns={1} facts={[
          { label: t('field.gives'), value: t(`gives.${policy.gives}`) }, { label: t('field.amountFen'), value: policy.amountFen === null ? null : format.money(policy.amountFen).text }, { label: t('policy.window'), value: saySpan(policy.applyFrom, policy.applyUntil, t('policy.no_window'), { t, format }) },
          { label: t('policy.valid'), value: saySpan(policy.validFrom, policy.validUntil, '', { t, format }) }, { label: t('field.department'), value: policy.departmentName },
        ]} /></div>
      </Section>
      {versions.length > 1 && <Section title={t('versions')}><ul className="card servicelines">{versions.map((one) => <li key={one.number}><span className="small">{t('version_line', { number: one.number, day: format.day(one.day), by: one.by })}</span>{one.note !== null && <p className="two small">{one.note}</p>}</li>)}</ul></Section>}
      <PastSection area="knowledge" title={t('history')} events={history} />
    </>
  );
}
