// The layers as they come with the program. A zone reads them from here until someone changes a layer: then what came with the program is
// stored as its first version. So a zone has the whole history of what it decided, and nothing is written that nobody decided.
import { NATIONAL, overlayNamed } from './standard.ts';
import type { Catalogue, Overlay } from './shape.ts';
import type { Layer, Period, Version } from './layers.ts';
import preset from './data/layers.json' with { type: 'json' };

export const SHIPPED: readonly Layer[] = preset.map(({ code, kind, sort, laid }): Layer => {
  if (kind === 'base') return { code, kind, version: 0, sort, periods: [], versions: [first(NATIONAL)] };
  const body = overlayNamed(code);
  if (body === undefined) throw new Error(`layers.json names an overlay that is not there: ${code}`);
  const periods: Period[] = laid ? [{ from: body.from, until: null }] : [];
  return { code, kind: 'overlay', version: 0, sort, periods, versions: [first(body)] };
});

function first<Body extends Catalogue | Overlay>(body: Body): Version<Body> {
  return { id: `shipped:${body.code}@${body.version}`, number: 1, fromDay: body.from, body, withdrawn: false };
}
