// 目录版本与地方规定: the base and the local rules laid over it, which are in use since when, their versions, and a new one from a spreadsheet.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { getVersions, setLayer, withdrawVersion, type LayerLine, type VersionLine } from '../contract.ts';
import { EffectDialog } from './effect.tsx';
import { VersionItem } from './version.tsx';
import { pick } from './words.ts';
import './catalogue.css';

const ImportDialog = lazy(async () => ({ default: (await import('./import.tsx')).ImportDialog }));

type Entry = OutputOf<typeof getVersions>['layers'][number];

export function LayersPage() {
  const t = useT('approvals');
  const read = useRead(getVersions, {});
  const { can } = useSession();
  const [importing, setImporting] = useState(false);
  const [switching, setSwitching] = useState<LayerLine | undefined>(undefined);
  const { data } = read;
  if (data === undefined) return read.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  const overlays = data.layers.filter((one) => one.layer.kind === 'overlay');
  return (
    <>
      <PageHead crumbs={<Crumbs crumbs={[{ label: t('catalogue.title'), href: '/approvals/catalogue' }]} />} title={t('catalogue.layers.title')} actions={can('approvals.change_catalogue') ? <Button onClick={() => setImporting(true)}>{t('catalogue.import.title')}</Button> : undefined} />
      <p className="two catalogsay">{t('catalogue.layers.say')}</p>
      {data.layers.map((one) => {
        const at = overlays.indexOf(one);
        return <LayerCard key={one.layer.code} entry={one} above={overlays[at + 1]?.layer} below={at > 0 ? overlays[at - 1]?.layer : undefined} onSwitch={() => setSwitching(one.layer)} />;
      })}
      {importing && <Suspense fallback={null}><ImportDialog layers={overlays.map((one) => one.layer)} onClose={() => setImporting(false)} /></Suspense>}
      {switching !== undefined && <EffectDialog layer={switching} change={{ kind: 'switch', laid: !switching.laid }} onClose={() => setSwitching(undefined)} onSaved={() => setSwitching(undefined)} />}
    </>
  );
}

interface CardProps {
  readonly entry: Entry;
  /** The overlays beside it in the order; a later one is seen. */
  readonly above: LayerLine | undefined;
  readonly below: LayerLine | undefined;
  readonly onSwitch: () => void;
}

function LayerCard({ entry: { layer, items, versions }, above, below, onSwitch }: CardProps) {
  const t = useT('approvals');
  const lang = useLang();
  const { can } = useSession();
  const move = useRun(setLayer, { onDone: () => toast({ text: t('catalogue.layers.set') }) });
  const may = can('approvals.change_catalogue') && layer.kind === 'overlay';
  const past = (other: LayerLine, step: 1 | -1): void => move.go({ layer: layer.code, sort: Math.max(1, other.sort + step), note: t('catalogue.layers.moved') }, { version: layer.version });
  return (
    <section className="card layercard" aria-label={pick(layer.name, lang)}>
      <header>
        <h2><Go href={`/approvals/layers/${layer.code}`}>{pick(layer.name, lang)}</Go></h2>
        <span className="tag">{t(`catalogue.layers.${layer.kind}`)}</span>
        <State tone={layer.laid ? 'ok' : 'off'} word={t(layer.laid ? 'catalogue.laid' : 'catalogue.notLaid')} />
        <span className="two small">{layer.inForce === null ? t('catalogue.layers.no') : t('catalogue.layers.items', { count: items })}{layer.version === 0 ? `　${t('catalogue.layers.shipped')}` : ''}</span>
        <span className="row noprint">
          <Button small kind="quiet" href={`/approvals/layers/${layer.code}`}>{t('catalogue.layers.open')}</Button>
          {may && (
          <>
            {below !== undefined && <Button small kind="quiet" busy={move.running} title={t('catalogue.layers.order')} onClick={() => past(below, -1)}>{t('catalogue.layers.up')}</Button>}
            {above !== undefined && <Button small kind="quiet" busy={move.running} title={t('catalogue.layers.order')} onClick={() => past(above, 1)}>{t('catalogue.layers.down')}</Button>}
            <Button small onClick={onSwitch}>{t(layer.laid ? 'catalogue.layers.switchOff' : 'catalogue.layers.switchOn')}</Button>
          </>
          )}
        </span>
      </header>
      {layer.kind === 'overlay' && <Periods layer={layer} />}
      {move.error !== undefined && <Problem small error={move.error} />}
      <ul className="versionlist">{versions.map((one) => <VersionItem key={one.number} version={one} laid={layer.laid} actions={can('approvals.change_catalogue') && one.state === 'future' ? <Withdraw layer={layer} version={one} /> : undefined} />)}</ul>
    </section>
  );
}

function Periods({ layer }: { readonly layer: LayerLine }) {
  const t = useT('approvals');
  const format = useFormat();
  const said = layer.periods.map(({ from, until }) => (until === null ? t('catalogue.layers.onFrom', { from: format.day(from) }) : t('catalogue.layers.onUntil', { from: format.day(from), until: format.day(until) })));
  return <p className="two small">{said.length === 0 ? t('catalogue.layers.never') : said.join(t('comma'))}</p>;
}

function Withdraw({ layer, version }: { readonly layer: LayerLine; readonly version: VersionLine }) {
  const t = useT('approvals');
  const lang = useLang();
  const run = useRun(withdrawVersion, { onDone: () => toast({ text: t('catalogue.layers.withdrawn') }) });
  const ask = async (): Promise<void> => {
    const reason = await confirm({ title: t('catalogue.layers.withdrawTitle', { layer: pick(layer.name, lang), number: version.number }), text: t('catalogue.layers.withdrawText'), act: t('catalogue.layers.withdraw'), danger: true, reason: t('catalogue.layers.withdrawReason') });
    if (reason !== undefined) run.go({ layer: layer.code, number: version.number, reason }, { version: layer.version });
  };
  return (
    <>
      {run.error !== undefined && <Problem small error={run.error} />}
      <Button small kind="quiet" busy={run.running} onClick={() => { void ask(); }}>{t('catalogue.layers.withdraw')}</Button>
    </>
  );
}
