// A state, always as shape, word and colour together. The same four everywhere: 正常 预警 滞后 严重, and a neutral one.
import { useT } from '../i18n.ts';
import type { Tone } from '../format.ts';
import './state.css';

export interface StateProps {
  readonly tone: Tone;
  /** The word; by default that of the tone. */
  readonly word?: string;
  readonly title?: string;
}

export function State({ tone, word, title }: StateProps) {
  const t = useT('web');
  return <span className={`state ${tone}`} title={title}>{word ?? t(`state.${tone}`)}</span>;
}

/** The light of a project as the server numbers it: 0 正常, 1 预警, 2 滞后, 3 严重; anything else is neutral. */
export function Light({ light, word, title }: { readonly light: number | string | null | undefined; readonly word?: string; readonly title?: string }) {
  return <State tone={toneOf(light)} {...(word === undefined ? {} : { word })} {...(title === undefined ? {} : { title })} />;
}

/** Only the shape, where the word stands in the same row already. */
export function Mark({ tone, label }: { readonly tone: Tone; readonly label: string }) {
  return <span className={`state mark ${tone}`} role="img" aria-label={label} title={label} />;
}

export function toneOf(light: number | string | null | undefined): Tone {
  switch (light) {
    case 0: case 'green': return 'ok';
    case 1: case 'yellow': return 'warn';
    case 2: case 'orange': return 'late';
    case 3: case 'red': return 'bad';
    default: return 'off';
  }
}
