// The catalogue and the overlays that come with the program. Defaults only: a zone lays its own over them.
import type { Catalogue, Overlay } from './shape.ts';
import national from './data/catalogue.json' with { type: 'json' };
import henan from './data/overlays/henan.json' with { type: 'json' };
import tangshan from './data/overlays/tangshan-2019.json' with { type: 'json' };

// An edge: a JSON module has no literal types; a test checks each against its schema.
export const NATIONAL = national as unknown as Catalogue;
export const OVERLAYS = [henan, tangshan] as unknown as readonly Overlay[];

export function overlayNamed(code: string): Overlay | undefined {
  return OVERLAYS.find((one) => one.code === code);
}
