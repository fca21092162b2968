// One problem of a filing: a sentence, the kind that its words suggest, the few fields of that kind, and answers that may settle it before it is one.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { useDebounced } from '../../../people/pages/wait.ts';
import { suggested } from '../../../problems/pool/kinds.ts';
import { kindName, type KindOut } from '../../../problems/pool/pages/say.ts';
import { settleWithAnswer, suggestAnswers } from '../../knowledge/contract.ts';
import { fieldsOf, templateTitle } from '../templates.ts';

export interface Draft {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly kind: string | undefined;
  /** The kind was chosen by hand and follows the words no longer. */
  readonly chosen: boolean;
  readonly urgent: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

export const emptyDraft = (): Draft => ({ key: newId(), title: '', text: '', kind: undefined, chosen: false, urgent: false, fields: {} });

/** The draft with the kind that its words suggest, until one is chosen by hand; words that suggest nothing leave it as it was. */
export function followed(draft: Draft, kinds: readonly KindOut[]): Draft {
  const best = draft.chosen ? undefined : suggested(kinds, `${draft.title} ${draft.text}`)[0]?.code;
  return best === undefined || best === draft.kind ? draft : { ...draft, kind: best };
}

interface Props {
  readonly draft: Draft;
  readonly nth: number;
  readonly kinds: readonly KindOut[];
  readonly faults: Readonly<Record<string, string>>;
  /** Told as a change of what is there by then: two keys of one moment both count. */
  readonly onChange: (change: (draft: Draft) => Draft) => void;
  readonly onRemove?: (() => void) | undefined;
}

const LEAST = 4;

export function ItemFields({ draft, nth, kinds, faults, onChange, onRemove }: Props) {
  const t = useT('service');
  const lang = useLang();
  const id = `item${nth}`;
  const set = (part: Partial<Draft>) => onChange((now) => ({ ...now, ...part }));
  const fault = (name: string) => faults[name] !== undefined && <span className="filingfault" id={`${id}-${name}-fault`}>{faults[name]}</span>;
  const title = draft.kind === undefined ? undefined : templateTitle(draft.kind);
  return (
    <section className="card pad filingitem" aria-label={t('file.nth', { nth })}>
      <div className="filinghead">
        <h2>{t('file.nth', { nth })}</h2>
        {onRemove !== undefined && <span className="push"><Button small kind="quiet" onClick={onRemove}>{t('file.remove')}</Button></span>}
      </div>
      <label className="filinglabel"><span>{t('file.title')}</span><TextInput id={`${id}-title`} value={draft.title} maxLength={200} invalid={faults['title'] !== undefined} placeholder={title === undefined ? t('file.titleHint') : lang === 'en' ? title.en : title.zh} onChange={(value) => set({ title: value ?? '' })} />{fault('title')}</label>
      <Offered text={draft.title} />
      <label className="filinglabel"><span>{t('file.kind')}</span>
        <SelectInput id={`${id}-kind`} value={draft.kind} invalid={faults['kind'] !== undefined} onChange={(kind) => set({ kind, chosen: true, fields: {} })} options={kinds.filter((one) => !one.retired).map((one) => ({ value: one.code, label: kindName(one, lang) ?? one.code }))} />{fault('kind')}
      </label>
      {draft.kind !== undefined && fieldsOf(draft.kind).length > 0 && (
        <div className="filinggrid">
          {fieldsOf(draft.kind).map((field) => {
            const fill = (value: string | undefined) => onChange((now) => ({ ...now, fields: { ...now.fields, [field.code]: value ?? '' } }));
            const label = lang === 'en' ? field.en : field.zh;
            return field.options === undefined
              ? <label key={field.code} className="filinglabel"><span>{label}</span><TextInput id={`${id}-${field.code}`} value={draft.fields[field.code] ?? ''} maxLength={200} onChange={fill} /></label>
              : <div key={field.code} className="filinglabel wide"><span>{label}</span><ChoiceInput label={label} value={draft.fields[field.code]} onChange={fill} options={field.options.map(([code = '', zh = '', en = '']) => ({ value: code, label: lang === 'en' ? en : zh }))} /></div>;
          })}
        </div>
      )}
      <label className="filinglabel"><span>{t('file.text')}</span><TextArea id={`${id}-text`} rows={2} maxLength={3000} value={draft.text} onChange={(value) => set({ text: value ?? '' })} /></label>
      <label className="check"><input type="checkbox" checked={draft.urgent} onChange={(event) => set({ urgent: event.target.checked })} /><span>{t('file.urgent')}</span></label>
    </section>
  );
}

/** What holds already, before it becomes a problem; "this answered me" counts for the answer. */
function Offered({ text }: { readonly text: string }) {
  const t = useT('service');
  const asked = (useDebounced(text) ?? '').trim();
  const found = useRead(suggestAnswers, { q: asked, limit: 2 }, { when: asked.length >= LEAST, keep: true });
  const [settled, setSettled] = useState<readonly string[]>([]);
  const settle = useRun(settleWithAnswer, { touches: [] });
  if (asked.length < LEAST || found.data === undefined || found.data.items.length === 0) return null;
  return (
    <div className="filinganswers">
      <b className="small">{t('file.answers')}</b>
      <ul>
        {found.data.items.map((one) => (
          <li key={one.id}>
            <a href={`/service/answers/${one.id}`} target="_blank" rel="noreferrer">{one.question}</a>
            <span className="push">
              {settled.includes(one.id) ? <span className="tone-ok small">{t('file.settled')}</span> : <Button small busy={settle.running} onClick={() => { settle.go({ id: newId(), answerId: one.id }); setSettled([...settled, one.id]); }}>{t('file.settles')}</Button>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
