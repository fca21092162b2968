// One layer without its items: the published flows, the milestones of building, what is assessed together, and the policy of simulation and
// promise. Seen part by part, changed from here.
import { lazy, Suspense, type ReactNode } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { usePath } from '../../../../web/path.ts';
import { useSession } from '../../../../web/session.tsx';
import { TRACKS, type Bundle, type Frame, type FrameField, type Milestone, type Track } from '../shape.ts';
import { getFrame } from '../contract.ts';
import { daysOf, type FrameView } from './frame.ts';
import { CheckedText, OutsideText, Read } from './marks.tsx';
import { AfterText, ItemLink } from './after.tsx';
import { FasterTable } from './fastertable.tsx';
import { pick, sayBasis, sayDays } from './words.ts';
import './catalogue.css';

const Framing = lazy(async () => ({ default: (await import('./framing.tsx')).Framing }));

const TABS = ['flows', 'milestones', 'bundles', 'policy'] as const;

export function LayerPage() {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const { code = '' } = usePath();
  const [wanted, set] = useUrlState({ tab: 'flows', day: '', edit: false });
  const day = /^\d{4}-\d{2}-\d{2}$/.test(wanted.day) ? wanted.day : today;
  const read = useRead(getFrame, { layer: code, day }, { keep: true });
  const view = read.data;
  if (view === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { layer, frame } = view;
  const tab = TABS.find((one) => one === wanted.tab) ?? 'flows';
  const editing = wanted.edit && can('approvals.change_catalogue') && frame !== null;
  return (
    <>
      <PageHead
        crumbs={<Crumbs crumbs={[{ label: t('catalogue.title'), href: '/approvals/catalogue' }, { label: t('catalogue.layers.title'), href: '/approvals/layers' }]} />}
        title={pick(layer.name, lang)}
        small={<><State tone={layer.laid ? 'ok' : 'off'} word={t(layer.laid ? 'catalogue.laid' : 'catalogue.notLaid')} />{day === today ? '' : `　${t('catalogue.on')} ${format.day(day)}`}</>}
        actions={can('approvals.change_catalogue') && frame !== null && !editing ? <Button onClick={() => set({ edit: true, day: '' }, { push: true })}>{t('catalogue.edit')}</Button> : undefined}
      />
      {frame === null ? <Empty title={t('catalogue.layers.no')} hint={layer.nextDay === null ? '' : t('catalogue.layers.noVersion', { day: format.day(layer.nextDay) })} />
        : editing ? <Suspense fallback={<Loading />}><Framing key={code} view={view} frame={frame} onDone={() => set({ edit: false })} /></Suspense> : (
          <>
            <p className="two catalogsay">{t('catalogue.layer.say')}</p>
            <Tabs label={t('catalogue.layer.parts')} here={tab} onGo={(next) => set({ tab: next })} tabs={TABS.map((one) => ({ id: one, label: t(`catalogue.layer.tab.${one}`), ...(one === 'bundles' ? { count: frame.bundles.length } : {}) }))} />
            {tab === 'flows' && <FlowsView view={view} frame={frame} />}
            {tab === 'milestones' && <MilestonesView view={view} frame={frame} />}
            {tab === 'bundles' && <BundlesView view={view} frame={frame} />}
            {tab === 'policy' && <PolicyView view={view} frame={frame} />}
          </>
        )}
    </>
  );
}

interface PartProps {
  readonly view: FrameView;
  readonly frame: Frame;
}

/** Whether the layer says it itself, where there is something below it. */
function Origin({ view, field }: { readonly view: FrameView; readonly field: FrameField }): ReactNode {
  const t = useT('approvals');
  if (view.below === null) return null;
  return <span className={view.says.includes(field) ? 'tag fromtag' : 'tag'}>{t(view.says.includes(field) ? 'catalogue.changedHere' : 'catalogue.layer.asBelow')}</span>;
}

function FlowsView({ view, frame }: PartProps) {
  const t = useT('approvals');
  return (
    <Section title={t('catalogue.frame.flows')} hint={<Origin view={view} field="flows" />}>
      <div className="card pad trackcols">
        {TRACKS.map((track) => {
          const beside = view.names.filter((one) => one.stage !== null && one.tracks.includes(track) && !frame.flows[track].includes(one.code));
          return (
            <div key={track}>
              <h3>{t(`catalogue.tracks.${track}`)}</h3>
              <ol className="flowlist">{frame.flows[track].map((code) => <li key={code}><ItemLink code={code} names={view.names} /></li>)}</ol>
              <p className="two small">{t('catalogue.layer.beside', { count: beside.length })}{t('colon')}{beside.map((one) => one.code).join(t('list'))}</p>
            </div>
          );
        })}
      </div>
    </Section>
  );
}

function MilestonesView({ view, frame }: PartProps) {
  const t = useT('approvals');
  const lang = useLang();
  const own = (one: Milestone): boolean => view.below !== null && !view.below.milestones.some((other) => JSON.stringify(other) === JSON.stringify(one));
  return (
    <Section title={t('catalogue.frame.milestones')} hint={<Origin view={view} field="milestones" />}>
      {frame.milestones.map((one) => (
        <div key={one.code} className="card pad milestonecard">
          <h3>{pick(one.name, lang)} {own(one) && <span className="tag fromtag">{t('catalogue.changedHere')}</span>}</h3>
          <div className="trackcols">{TRACKS.map((track) => <After key={track} track={track} one={one} names={view.names} />)}</div>
        </div>
      ))}
    </Section>
  );
}

function After({ track, one, names }: { readonly track: Track; readonly one: Milestone; readonly names: FrameView['names'] }) {
  const t = useT('approvals');
  return (
    <div>
      <p className="two">{t(`catalogue.tracks.${track}`)}{t('colon')}{one.after[track].length === 0 ? t('catalogue.layer.nothingFirst') : t('catalogue.afterTitle')}</p>
      <ul className="afterlist">{one.after[track].map((after, i) => <li key={i}><AfterText after={after} names={names} /></li>)}</ul>
    </div>
  );
}

function BundlesView({ view, frame }: PartProps) {
  const t = useT('approvals');
  return (
    <Section title={t('catalogue.frame.bundles')} hint={<Origin view={view} field="bundles" />}>
      {frame.bundles.length === 0 ? <Empty title={t('catalogue.layer.noBundle')} hint={t('catalogue.layer.noBundleHint')} /> : frame.bundles.map((one) => <BundleCard key={one.code} one={one} view={view} />)}
    </Section>
  );
}

function BundleCard({ one, view }: { readonly one: Bundle; readonly view: FrameView }) {
  const t = useT('approvals');
  const lang = useLang();
  return (
    <div className="card pad milestonecard">
      <h3>{one.code}　{pick(one.name, lang)} <span className="tag">{sayDays(daysOf(one), 'working', t)}</span> <Read read={one.basis.read} /></h3>
      <p className="two small">{one.steps.map((step) => `${pick(step.name, lang)} ${String(step.days)}`).join(' + ')}</p>
      <p className="dim small">{sayBasis(one.basis, view.sources, t, lang)}</p>
      <CheckedText checked={one.basis.checked} />
      {one.outside.map((each, i) => <OutsideText key={i} outside={each} sources={view.sources} />)}
      <p className="two small">{t('catalogue.layer.members', { count: one.members.length })}</p>
      <ul className="plainlist columns">{one.members.map((code) => <li key={code}><ItemLink code={code} names={view.names} /></li>)}</ul>
    </div>
  );
}

function PolicyView({ view, frame: { simulation, promiseDays } }: PartProps) {
  const t = useT('approvals');
  const lang = useLang();
  return (
    <>
      <Section title={t('catalogue.frame.simulation')} hint={<Origin view={view} field="simulation" />}>
        <div className="card pad">
          <Facts facts={[
            ...TRACKS.map((track) => ({ label: `${t('catalogue.policy.trigger')}${t('catalogue.inTrack', { track: t(`catalogue.tracks.${track}`) })}`, value: <ItemLink code={simulation.trigger[track]} names={view.names} /> })),
            { label: t('catalogue.policy.needs'), value: simulation.needs.length === 0 ? t('catalogue.none') : <>{simulation.needs.map((code, i) => <span key={code}>{i > 0 && t('list')}<ItemLink code={code} names={view.names} /></span>)}</> },
            { label: t('catalogue.policy.validityMonths'), value: t('catalogue.policy.months', { count: simulation.validityMonths }) },
            { label: t('catalogue.policy.conversionDays'), value: sayDays(simulation.conversionDays, 'working', t) },
            { label: t('catalogue.field.source'), value: <>{sayBasis(simulation.basis, view.sources, t, lang)} <Read read={simulation.basis.read} /><CheckedText checked={simulation.basis.checked} /></>, wide: true },
          ]} />
        </div>
      </Section>
      <Section title={t('catalogue.frame.promiseDays')} hint={<Origin view={view} field="promiseDays" />}>
        <div className="card pad"><p>{sayDays(promiseDays, 'working', t)}　<span className="two small">{t('catalogue.policy.promiseSay')}</span></p></div>
      </Section>
      <FasterTable view={view} />
    </>
  );
}
