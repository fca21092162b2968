// The published order of a track and what a milestone of building waits for, changed by hand. Only change the draft.
import { useState } from 'react';
import { useLang, useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { TRACKS, type After, type Milestone, type Track } from '../shape.ts';
import type { Wrong } from './editing.tsx';
import type { FrameView } from './frame.ts';
import { AftersEditor } from './tracks.tsx';
import { pick } from './words.ts';

export interface FlowProps {
  readonly track: Track;
  readonly flow: readonly string[];
  /** Items that the track has. */
  readonly names: FrameView['names'];
  readonly all: FrameView['names'];
  readonly fault: string | undefined;
  readonly onChange: (flow: string[]) => void;
}

export function FlowEditor({ track, flow, names, all, fault, onChange }: FlowProps) {
  const t = useT('approvals');
  const lang = useLang();
  const [adding, setAdding] = useState<string | undefined>(undefined);
  const say = (code: string): string => {
    const found = all.find((one) => one.code === code);
    return found === undefined ? code : `${code} ${pick(found.name, lang)}`;
  };
  const moved = (from: number, to: number): void => {
    const next = [...flow];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
  const rest = names.filter((one) => !flow.includes(one.code)).map((one) => ({ value: one.code, label: say(one.code) }));
  return (
    <div>
      <h3>{t(`catalogue.tracks.${track}`)}</h3>
      {fault !== undefined && <p className="fault">{fault}</p>}
      <ol className="flowedit">
        {flow.map((code, index) => (
          <li key={code}>
            <span className="num dim">{index + 1}</span><span>{say(code)}</span>
            <span className="row">
              <button type="button" className="btn quiet small" disabled={index === 0} aria-label={`${t('catalogue.layer.earlier')} ${code}`} onClick={() => moved(index, index - 1)}>↑</button>
              <button type="button" className="btn quiet small" disabled={index === flow.length - 1} aria-label={`${t('catalogue.layer.later')} ${code}`} onClick={() => moved(index, index + 1)}>↓</button>
              <button type="button" className="btn quiet small" aria-label={`${t('catalogue.remove')} ${code}`} onClick={() => onChange(flow.filter((one) => one !== code))}>✕</button>
            </span>
          </li>
        ))}
      </ol>
      <div className="rowline"><SelectInput label={t('catalogue.layer.addToFlow')} placeholder={t('catalogue.layer.addToFlow')} clearable value={adding} options={rest} onChange={setAdding} /><Button small disabled={adding === undefined} onClick={() => { if (adding !== undefined) onChange([...flow, adding]); setAdding(undefined); }}>{t('catalogue.layer.addAtEnd')}</Button></div>
    </div>
  );
}

interface MilestonesProps {
  readonly milestones: readonly Milestone[];
  readonly names: FrameView['names'];
  readonly wrong: Wrong;
  readonly onChange: (milestones: Milestone[]) => void;
}

export function MilestonesEditor({ milestones, names, wrong, onChange }: MilestonesProps) {
  const t = useT('approvals');
  const put = (code: string, change: Partial<Milestone>): void => onChange(milestones.map((one) => (one.code === code ? { ...one, ...change } : one)));
  return (
    <div className="editparts">
      {milestones.map((one, index) => (
        <div key={one.code} className="editpart">
          <div className="fields of2">
            <Line label={`${one.code} ${t('catalogue.field.nameZh')}`} fault={wrong(`milestones.${String(index)}.name.zh`)}>{(id, bad) => <TextInput id={id} {...bad} maxLength={300} value={one.name.zh} onChange={(zh) => put(one.code, { name: { ...one.name, zh: zh ?? '' } })} />}</Line>
            <Line label={t('catalogue.field.nameEn')} fault={wrong(`milestones.${String(index)}.name.en`)}>{(id, bad) => <TextInput id={id} {...bad} maxLength={400} value={one.name.en} onChange={(en) => put(one.code, { name: { ...one.name, en: en ?? '' } })} />}</Line>
          </div>
          <div className="trackcols">
            {TRACKS.map((track) => (
              <div key={track}>
                <p className="two small">{t(`catalogue.tracks.${track}`)}{t('colon')}{t('catalogue.afterTitle')}</p>
                <AftersEditor after={one.after[track]} code={one.code} names={names} path={`milestones.${one.code}.after.${track}`} wrong={wrong} onChange={(after: After[]) => put(one.code, { after: { ...one.after, [track]: after } })} />
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
