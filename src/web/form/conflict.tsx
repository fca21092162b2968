// Two people changed the same record: shows for each differing field what it was, theirs and mine, and lets the person choose.
import { useState } from 'react';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import type { Conflict } from './merge.ts';

export interface ConflictProps {
  readonly conflict: Conflict;
  /** undefined: back to what was typed, nothing is settled. */
  readonly onSettle: (chosen: Readonly<Record<string, unknown>> | undefined) => void;
  /** What settling does; by default it saves. */
  readonly act?: string;
}

export function ConflictDialog({ conflict, onSettle, act }: ConflictProps) {
  const t = useT('web');
  const format = useFormat();
  const asked = conflict.fields.filter((field) => JSON.stringify(field.mine ?? null) !== JSON.stringify(field.base ?? null) && JSON.stringify(field.mine ?? null) !== JSON.stringify(field.theirs ?? null));
  const quiet = conflict.fields.filter((field) => !asked.includes(field));
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set(asked.map((field) => field.name)));
  const settle = (): void => {
    const chosen: Record<string, unknown> = {};
    for (const field of quiet) chosen[field.name] = field.theirs;
    for (const field of asked) chosen[field.name] = mine.has(field.name) ? field.mine : field.theirs;
    onSettle(chosen);
  };
  const choose = (name: string, own: boolean): void => setMine((before) => new Set(own ? [...before, name] : [...before].filter((one) => one !== name)));
  return (
    <Dialog open size="large" title={t('conflict.title')} onClose={() => onSettle(undefined)} foot={<><Button onClick={() => onSettle(undefined)}>{t('conflict.back')}</Button><Button kind="main" onClick={settle}>{act ?? t('conflict.save')}</Button></>}>
      <p className="two">{t(asked.length > 0 ? 'conflict.say' : 'conflict.sayQuiet')}</p>
      {asked.map((field) => (
        <fieldset key={field.name} className="conflict">
          <legend>{field.label}<span className="dim small"> {t('conflict.was', { value: field.show(field.base) })}</span></legend>
          <label><input type="radio" name={field.name} checked={mine.has(field.name)} onChange={() => choose(field.name, true)} /><span><small>{t('conflict.mine')}</small>{field.show(field.mine)}</span></label>
          <label><input type="radio" name={field.name} checked={!mine.has(field.name)} onChange={() => choose(field.name, false)} /><span><small>{t('conflict.theirs')}{field.by !== undefined && ` · ${field.by.who} · ${format.instant(field.by.at)}`}</small>{field.show(field.theirs)}</span></label>
        </fieldset>
      ))}
      {quiet.length > 0 && (
        <ul className="conflictquiet small two">
          {quiet.map((field) => <li key={field.name}>{t('conflict.taken', { label: field.label, before: field.show(field.base), after: field.show(field.theirs) })}</li>)}
        </ul>
      )}
    </Dialog>
  );
}
