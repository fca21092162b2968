// What of an item is still to be verified, and the marking of it: source, article, the law's own words or where they stand. Who and when is said
// by the program. It makes a new version of the layer that gives the value, like every other change.
import { lazy, Suspense, useState } from 'react';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Read } from './marks.tsx';
import { pick, placesOf, type Place, type Whole } from './words.ts';

const ConfirmDialog = lazy(async () => ({ default: (await import('./confirm.tsx')).ConfirmDialog }));

export function Confirming({ whole, onAgain }: { readonly whole: Whole; readonly onAgain: () => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const { can } = useSession();
  const [open, setOpen] = useState<Place | undefined>(undefined);
  const places = placesOf(whole.item);
  const left = places.filter((one) => one.read === 'verify').length;
  if (places.length === 0) return null;
  return (
    <Section title={t('catalogue.confirm.title')} hint={left === 0 ? t('catalogue.confirm.allDone') : t('catalogue.confirm.left', { count: left })}>
      <ul className="card pad plainlist confirmlist">
        {places.map((one) => {
          const layer = layerOf(whole, one);
          return (
            <li key={one.place}>
              <span>{t(`catalogue.field.${one.field}`)}{one.track === undefined ? (one.nth === undefined || places.filter((other) => other.field === one.field).length < 2 ? '' : ` ${String(one.nth + 1)}`) : t('catalogue.inTrack', { track: t(`catalogue.tracks.${one.track}`) })} <Read read={one.read} /></span>
              <small className="dim">{layer === undefined ? '' : pick(layer.layer.name, lang)}</small>
              {can('approvals.change_catalogue') && layer !== undefined && one.checked === undefined && <Button small kind="quiet" onClick={() => setOpen(one)}>{t('catalogue.confirm.mark')}</Button>}
            </li>
          );
        })}
      </ul>
      {open !== undefined && <Suspense fallback={null}><ConfirmDialog whole={whole} place={open} layer={layerOf(whole, open)?.layer ?? whole.layers[0]?.layer} onAgain={onAgain} onClose={() => setOpen(undefined)} /></Suspense>}
    </Section>
  );
}

/** The layer that gives the value: of an overlay only where the track differs from what lies below it. */
function layerOf(whole: Whole, { field, track }: Place): Whole['layers'][number] | undefined {
  const base = whole.layers.find((one) => one.layer.kind === 'base');
  if (track === undefined) return whole.layers.find((one) => one.layer.code === whole.from[field]) ?? base;
  return whole.layers.findLast((one) => one.layer.kind === 'overlay' && one.layer.laid && JSON.stringify(one.item?.tracks[track]) !== JSON.stringify(one.below?.tracks[track])) ?? base;
}
