// One question with its input, where its answer comes from, and "not known" as an answer like any other.
import { useFormat } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { ChoiceInput, ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import type { Question } from '../contract.ts';
import { factNamed } from '../facts.ts';
import type { Answer, Draft } from './facts.tsx';

interface AskedProps {
  readonly question: Question;
  readonly draft: Draft;
  readonly fault: string | undefined;
  /** What is typed is no number. */
  readonly unread: boolean;
  readonly disabled: boolean;
  /** NaN: what was typed is no number; undefined takes back what was answered on this page. */
  readonly onAnswer: (name: string, value: Answer | undefined) => void;
}

const UNSURE = '?';

export function Asked({ question, draft, fault, unread, disabled, onAnswer }: AskedProps) {
  const t = useT('approvals');
  const format = useFormat();
  const { name } = question;
  const touched = Object.hasOwn(draft, name);
  const most = factNamed(name)?.most ?? 0;
  const value: Answer = unread ? Number.NaN : touched ? (draft[name] ?? null) : question.value;
  const unsure = touched ? value === null : question.source === 'unsure';
  const label = t(`fact.${name}.label`);
  const help = t(`fact.${name}.help`);
  return (
    <div className={`apquestion${touched ? ' touched' : ''}`}>
      <div>
        <p className="aplabel">{label}{question.settles.length > 0 && !touched && <span className="tag">{t('planning.settles', { count: question.settles.length })}</span>}</p>
        {help !== label && <p className="small dim">{help}</p>}
      </div>
      <div className="apanswer">
        <Input question={question} value={value} unsure={unsure} disabled={disabled} label={label} fault={fault} onAnswer={(next) => onAnswer(name, next)} />
        <p className="small apsource">
          {fault !== undefined ? <span className="tone-bad" role="alert">{t(`fact_fault.${fault}`, { fact: label, most: question.type === 'money' ? format.money(most).text : format.count(most) })}</span> : <Source question={question} touched={touched} />}
          {(touched || unread) && <button type="button" className="btn quiet small" onClick={() => onAnswer(name, undefined)}>{t('planning.takeBack')}</button>}
        </p>
      </div>
    </div>
  );
}

function Source({ question, touched }: { readonly question: Question; readonly touched: boolean }) {
  const t = useT('approvals');
  if (touched) return <span className="tone-warn">{t('planning.source.draft')}</span>;
  return question.source === 'given' ? null : <span className="dim">{t(`planning.source.${question.source}`)}</span>;
}

interface InputProps {
  readonly question: Question;
  readonly value: Answer;
  readonly unsure: boolean;
  readonly disabled: boolean;
  readonly label: string;
  readonly fault: string | undefined;
  readonly onAnswer: (value: Answer | undefined) => void;
}

function Input({ question, value, unsure, disabled, label, fault, onAnswer }: InputProps) {
  const t = useT('approvals');
  const { type, name, unit } = question;
  if (type === 'flag' || type === 'choice') {
    const shown = unsure ? UNSURE : typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : undefined;
    return <ChoiceInput label={label} disabled={disabled} value={shown} options={choices(question, t)} onChange={(next) => onAnswer(next === UNSURE ? null : type === 'flag' ? next === 'true' : next)} />;
  }
  if (type === 'list') {
    const chosen = typeof value === 'object' && value !== null ? value : [];
    const none = !unsure && typeof value === 'object' && value !== null && value.length === 0;
    return (
      <span className="row">
        <ChoicesInput label={label} disabled={disabled} value={chosen} options={question.choices.map((one) => ({ value: one, label: t(`fact.${name}.choice.${one}`) }))} onChange={(next) => onAnswer([...(next ?? [])])} />
        <Chip on={none} disabled={disabled} onClick={() => onAnswer([])}>{t('planning.nothing')}</Chip>
        <Chip on={unsure} disabled={disabled} onClick={() => onAnswer(null)}>{t('planning.unsure')}</Chip>
      </span>
    );
  }
  const number = typeof value === 'number' ? value : undefined;
  const props = { label, disabled, value: number, invalid: fault !== undefined, onChange: onAnswer };
  return (
    <span className="row apnumber">
      {type === 'money' ? <MoneyInput {...props} unit="wan" /> : <NumberInput {...props} {...(unit === null ? {} : { unit: t(`unit.${unit}`), unitWords: t(`unit_words.${unit}`).split(' ') })} />}
      <Chip on={unsure} disabled={disabled} onClick={() => onAnswer(null)}>{t('planning.unsure')}</Chip>
    </span>
  );
}

function choices({ type, name, choices: words }: Question, t: T): { value: string; label: string }[] {
  const known = type === 'flag' ? ['true', 'false'].map((value) => ({ value, label: t(`value.${value}`) })) : words.map((value) => ({ value, label: t(`fact.${name}.choice.${value}`) }));
  return [...known, { value: UNSURE, label: t('planning.unsure') }];
}

function Chip({ on, disabled, onClick, children }: { readonly on: boolean; readonly disabled: boolean; readonly onClick: () => void; readonly children: string }) {
  return <button type="button" className={`apchip${on ? ' on' : ''}`} aria-pressed={on} disabled={disabled} onClick={onClick}>{children}</button>;
}
