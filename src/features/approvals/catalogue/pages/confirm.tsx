// A value of an item is marked as looked up: nothing is marked without an article and the words of the text or a link to them.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { confirmBasis, type LayerLine } from '../contract.ts';
import { pick, type Place, type Whole } from './words.ts';

export interface ConfirmProps {
  readonly whole: Whole;
  readonly place: Place;
  readonly layer: LayerLine | undefined;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

const OTHER = 'other';

export function ConfirmDialog({ whole, place, layer, onAgain, onClose }: ConfirmProps) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const { today, user } = useSession();
  const [source, setSource] = useState<string | undefined>(place.basis?.source);
  const [name, setName] = useState({ zh: '', en: '' });
  const [article, setArticle] = useState<string | undefined>(place.basis?.article);
  const [kind, setKind] = useState<'law' | 'sourced'>('law');
  const [quote, setQuote] = useState<string | undefined>(undefined);
  const [link, setLink] = useState<string | undefined>(undefined);
  const run = useRun(confirmBasis, { onDone: () => { toast({ text: t('catalogue.confirm.done') }); onClose(); } });
  const words = (quote?.trim().length ?? 0) >= 2 || (link?.trim().length ?? 0) > 0;
  const badLink = link !== undefined && link.trim() !== '' && !/^https?:\/\/[^\s]{3,500}$/.test(link.trim());
  const named = source !== OTHER || name.zh.trim() !== '';
  const ready = layer !== undefined && source !== undefined && named && words && !badLink && (kind === 'sourced' || (article?.trim() ?? '') !== '');
  const send = (): void => {
    if (layer === undefined || source === undefined) return;
    const key = source === OTHER ? freeKey(whole.sources.map((one) => one.key)) : source;
    const known = source === OTHER ? { key, name: { zh: name.zh.trim(), en: name.en.trim() === '' ? name.zh.trim() : name.en.trim() } } : whole.sources.find((one) => one.key === source);
    run.go({
      layer: layer.code, fromDay: today, code: whole.item.code, place: place.place, source: key, read: kind,
      ...(article === undefined || article.trim() === '' ? {} : { article: article.trim() }), ...(quote === undefined || quote.trim() === '' ? {} : { quote: quote.trim() }), ...(link === undefined || link.trim() === '' ? {} : { link: link.trim() }),
      ...(known === undefined ? {} : { sources: [known] }),
    }, { version: layer.version });
  };
  return (
    <Dialog open onClose={onClose} title={t('catalogue.confirm.dialog', { what: `${whole.item.code} ${t(`catalogue.field.${place.field}`)}` })} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={run.running} onClick={send}>{t('catalogue.confirm.save')}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('catalogue.confirm.say', { who: user.name, day: format.day(today), layer: layer === undefined ? '' : pick(layer.name, lang) })}</p>
        <Line label={t('catalogue.field.read')}>{(id) => <ChoiceInput id={id} label={t('catalogue.field.read')} value={kind} options={(['law', 'sourced'] as const).map((one) => ({ value: one, label: t(`catalogue.confirm.${one}`) }))} onChange={(next) => setKind(next === 'sourced' ? 'sourced' : 'law')} />}</Line>
        <div className="fields of2">
          <Line label={t('catalogue.field.source')}>{(id) => <SelectInput id={id} value={source} options={[...whole.sources.map((one) => ({ value: one.key, label: pick(one.name, lang) })), { value: OTHER, label: t('catalogue.confirm.other') }]} onChange={setSource} />}</Line>
          <Line label={t('catalogue.field.article')} optional={kind === 'sourced'} hint={t('catalogue.confirm.articleHint')}>{(id) => <TextInput id={id} maxLength={20} value={article} onChange={setArticle} />}</Line>
          {source === OTHER && <Line label={t('catalogue.field.nameZh')}>{(id) => <TextInput id={id} maxLength={300} value={name.zh} onChange={(zh) => setName({ ...name, zh: zh ?? '' })} />}</Line>}
          {source === OTHER && <Line label={t('catalogue.field.nameEn')} optional>{(id) => <TextInput id={id} maxLength={400} value={name.en} onChange={(en) => setName({ ...name, en: en ?? '' })} />}</Line>}
        </div>
        <Line label={t('catalogue.confirm.quote')} hint={t('catalogue.confirm.quoteHint')}>{(id) => <TextArea id={id} rows={4} maxLength={1000} value={quote} onChange={setQuote} />}</Line>
        <Line label={t('catalogue.confirm.link')} optional fault={badLink ? t('catalogue.confirm.badLink') : undefined}>{(id, bad) => <TextInput id={id} {...bad} maxLength={500} placeholder="https://" value={link} onChange={setLink} />}</Line>
        {run.error !== undefined && <Problem small error={run.error} {...(run.error.status === 412 ? { onRetry: () => { run.reset(); onAgain(); } } : {})} />}
      </div>
    </Dialog>
  );
}

function freeKey(taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`own_${String(n)}`)) n += 1;
  return `own_${String(n)}`;
}
