// The taxonomy of problems: names in both languages, the duty whose department usually answers, the words by which a kind is suggested. A kind that is borne
// by problems is retired, never taken away.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { DUTIES } from '../../../people/duties/rules.ts';
import type { Kind } from '../../pool/kinds.ts';
import { changeKinds, getKinds } from '../contract.ts';
import './policies.css';

export function KindsPage() {
  const read = useRead(getKinds, {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={12} /> : <Problem error={read.error} onRetry={read.again} />;
  return <Kinds key={read.data.version} kinds={read.data.kinds} version={read.data.version} />;
}

const CODE = /^[a-z][a-z0-9_]{0,39}$/;
const MOST = 100;
const MOST_WORDS = 60;
const LONGEST_WORD = 20;

function wordsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).map((word) => word.trim().slice(0, LONGEST_WORD)).filter((word) => word !== ''))].slice(0, MOST_WORDS);
}

interface Draft extends Kind { readonly text: string; readonly fresh: boolean }

function Kinds({ kinds, version }: { readonly kinds: readonly Kind[]; readonly version: number }) {
  const t = useT('policies');
  const { can } = useSession();
  const off = !can('problems.keep_policies');
  const start = kinds.map((kind): Draft => ({ ...kind, text: kind.words.join(t('web:listComma')), fresh: false }));
  const [draft, setDraft] = useState<readonly Draft[]>(start);
  const save = useRun(changeKinds, { touches: ['problems.'], onDone: () => toast({ text: t('kindsSaved') }) });
  const set = (index: number, part: Partial<Draft>): void => setDraft(draft.map((one, i) => (i === index ? { ...one, ...part } : one)));
  const codes = draft.map((one) => one.code);
  const bad = (one: Draft): boolean => !CODE.test(one.code) || codes.filter((code) => code === one.code).length > 1;
  const faulty = draft.some((one) => bad(one) || one.zh.trim() === '' || one.en.trim() === '');
  const dirty = JSON.stringify(draft) !== JSON.stringify(start);
  const keep = async (): Promise<void> => {
    const reason = await confirm({ title: t('kindsTitle'), text: t('kindsKeep'), act: t('save'), reason: t('reason') });
    if (reason === undefined) return;
    save.go({ kinds: draft.map(({ text, fresh: _fresh, ...kind }) => ({ ...kind, zh: kind.zh.trim(), en: kind.en.trim(), words: wordsIn(text) })), reason }, { version });
  };
  return (
    <>
      <PageHead title={t('kindsTitle')} crumbs={<Crumbs crumbs={[{ label: t('title'), href: '/admin/problem-clocks' }, { label: t('kindsTitle') }]} />} small={t('kindsCount', { count: draft.filter((one) => one.retired !== true).length })} actions={!off && dirty && <>
        <Button onClick={() => setDraft(start)}>{t('discard')}</Button>
        <Button kind="main" disabled={faulty} busy={save.running} onClick={() => void keep()}>{t('save')}</Button>
      </>} />
      <p className="policysay">{t('kindsSay')}</p>
      {save.error !== undefined && <Problem small error={save.error} />}
      <Scroll label={t('kindsTitle')}>
        <table className="plain kindtable">
          <thead><tr><th>{t('nameZh')}</th><th>{t('nameEn')}</th><th>{t('code')}</th><th>{t('duty')}</th><th>{t('words')}</th><th>{t('offered')}</th></tr></thead>
          <tbody>
            {draft.map((one, index) => (
              <tr key={index} className={one.retired === true ? 'dim' : undefined}>
                <td data-col={t('nameZh')}>{off ? one.zh : <TextInput label={t('nameZh')} value={one.zh} maxLength={40} invalid={one.zh.trim() === ''} onChange={(zh) => set(index, { zh: zh ?? '' })} />}</td>
                <td data-col={t('nameEn')}>{off ? one.en : <TextInput label={t('nameEn')} value={one.en} maxLength={60} invalid={one.en.trim() === ''} onChange={(en) => set(index, { en: en ?? '' })} />}</td>
                <td data-col={t('code')}>{off || !one.fresh ? <span className="two">{one.code}</span> : <TextInput label={t('code')} value={one.code} maxLength={40} invalid={bad(one)} onChange={(code) => set(index, { code: code ?? '' })} />}</td>
                <td className="kindduty" data-col={t('duty')}>{off ? t(`people:duty.${one.duty}`) : <SelectInput label={t('duty')} value={one.duty} options={DUTIES.map((duty) => ({ value: duty, label: t(`people:duty.${duty}`) }))} onChange={(duty) => set(index, { duty: duty ?? one.duty })} />}</td>
                <td className="kindwords" data-col={t('words')}>{off ? one.text : <TextInput label={t('words')} value={one.text} onChange={(text) => set(index, { text: text ?? '' })} />}</td>
                <td data-col={t('offered')}><label className="check"><input type="checkbox" disabled={off} aria-label={t('offered')} checked={one.retired !== true} onChange={(event) => set(index, { retired: !event.target.checked })} /></label></td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {!off && draft.length < MOST && <p className="kindadd"><Button onClick={() => setDraft([...draft, { code: '', zh: '', en: '', duty: DUTIES[0] ?? '', words: [], text: '', fresh: true }])}>{t('addKindNew')}</Button></p>}
    </>
  );
}
