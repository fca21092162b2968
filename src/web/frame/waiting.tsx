// The small numbers beside the words of the navigation: what waits for this person. One question for all of them, asked again with
// everything else after a change, when the reader comes back to the window, and now and then by itself.
import { countWaiting } from '../../features/projects/portfolio/contract.ts';
import { useRead } from '../client.ts';
import { useT } from '../i18n.ts';

const AGAIN_SECONDS = 300;

export interface Waiting {
  /** `12`, or `99+`. */
  readonly text: string;
  /** What the number counts, in words. */
  readonly say: string;
}

/** By the path of the page where it is done; 今日 has what must be done today: the number in its title. Nothing waits: no entry. */
export function useWaiting(): ReadonlyMap<string, Waiting> {
  const t = useT('web');
  const { data } = useRead(countWaiting, {}, { everySeconds: AGAIN_SECONDS });
  if (data === undefined) return new Map();
  const { most } = data;
  const shown = (count: number): string => (count >= most ? `${String(most - 1)}+` : String(count));
  const parts = ([['/reports', 'owed'], ['/warnings', 'red'], ['/import', 'imports'], ['/approvals/cases', 'cases'], ['/problems', 'problems']] as const)
    .filter(([, name]) => data[name] > 0)
    .map(([path, name]) => ({ path, count: data[name], say: t(`frame.waiting.${name}`, { count: data[name] }).replace(String(most), shown(most)) }));
  return new Map([
    ...parts.map((one) => [one.path, { text: shown(one.count), say: one.say }] as const),
    ...(data.now === 0 ? [] : [['/', { text: shown(data.now), say: t('frame.waiting.now', { count: data.now }).replace(String(most), shown(most)) }] as const]),
  ]);
}

export function WaitingMark({ waiting }: { readonly waiting: Waiting | undefined }) {
  if (waiting === undefined) return null;
  return <span className="navcount" title={waiting.say}><span aria-hidden="true">{waiting.text}</span><span className="hidden"> {waiting.say}</span></span>;
}
