// The life cycle of one project as a line of steps: dates behind, what is missing before the next, plans ahead.
import { useEffect, useRef } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Stepper, type Step } from '../../../../web/parts/stepper.tsx';
import { getGates } from '../contract.ts';
import { dotted, pick, type Gates } from './words.ts';

export interface LifecycleStepperProps {
  readonly projectId: string;
  /** A press on a stage: opens the tab with its gate. */
  readonly onOpen?: (stage: string) => void;
}

export function LifecycleStepper({ projectId, onOpen }: LifecycleStepperProps) {
  const t = useT('lifecycle');
  const lang = useLang();
  const read = useRead(getGates, { id: projectId });
  const box = useRef<HTMLDivElement>(null);
  const stage = read.data?.stage;
  useEffect(() => {
    // On a phone the line is wider than the screen: begin where the project stands.
    const here = box.current?.querySelector<HTMLElement>('li.now');
    if (here !== null && here !== undefined && here.parentElement !== null) here.parentElement.scrollLeft = Math.max(0, here.offsetLeft - 56);
  }, [stage]);
  if (read.data === undefined) return <div className="stepperroom" aria-hidden="true" />;
  return <div ref={box}><Stepper label={t('stepper.label')} steps={stepsOf(read.data, (words) => pick(words, lang), t)} {...(onOpen === undefined ? {} : { onOpen })} /></div>;
}

function stepsOf(gates: Gates, say: (words: { zh: string; en: string }) => string, t: (key: string, values?: Record<string, unknown>) => string): Step[] {
  return gates.stages.flatMap((stage): Step[] => {
    const base = { id: stage.code, word: say(stage.name) };
    switch (stage.state) {
      // What this kind of project never passes takes no room; what was left out is shown as left out.
      case 'skipped': return stage.optional ? [{ ...base, state: 'skipped', note: t('stepper.skipped') }] : [];
      // Where the idea was born nobody notes; a later stage without a day is worth a word.
      case 'passed': return [{ ...base, state: 'done', ...(stage.day !== null ? { note: dotted(stage.day) } : stage.code === 'planned' ? {} : { note: t('stepper.dash') }) }];
      case 'here': return [{ ...base, state: 'now', note: gates.sideName === null ? (stage.day === null ? t('stepper.dash') : dotted(stage.day)) : say(gates.sideName) }];
      case 'ahead': {
        const gate = gates.sideState === null ? gates.next.find((one) => one.stage === stage.code) : undefined;
        const missing = gate?.conditions.filter((one) => one.state === 'missing').map((one) => say(one.name)) ?? [];
        if (gate !== undefined && !gate.optional && missing.length > 0) return [{ ...base, state: 'todo', missing }];
        const planned = stage.plannedDay === null ? undefined : t('stepper.planned', { day: dotted(stage.plannedDay) });
        const note = gate !== undefined && !gate.optional ? t('stepper.ready') : (planned ?? (stage.optional ? t('stepper.optional') : undefined));
        return [{ ...base, state: 'todo', ...(note === undefined ? {} : { note }) }];
      }
      default: return never(stage.state);
    }
  });
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}
