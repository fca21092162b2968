// 会议纪要: the draft as blocks that are edited beside each other, saved, issued; the versions that went out, and corrections with their reason.
import { useEffect, useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { correctMinutes, draftMinutes, issueMinutes, readMinutes, writeMinutes } from '../contract.ts';
import type { MinutesBlock } from '../blocks.ts';
import '../../meetings/pages/meetings.css';

type One = OutputOf<typeof readMinutes>;

export function MinutesPage() {
  const { id = '' } = usePath();
  const read = useRead(readMinutes, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Shown one={read.data} />;
}

function Shown({ one }: { readonly one: One }) {
  const t = useT('minutes');
  const [blocks, setBlocks] = useState<readonly MinutesBlock[]>(one.blocks);
  const [touched, setTouched] = useState(false);
  useEffect(() => { if (!touched) setBlocks(one.blocks); }, [one.blocks, touched]);
  const change = (index: number, block: MinutesBlock | undefined): void => { setTouched(true); setBlocks((before) => before.flatMap((each, i) => (i !== index ? [each] : block === undefined ? [] : [block]))); };
  const insert = (index: number): void => { setTouched(true); setBlocks((before) => [...before.slice(0, index + 1), { kind: 'paragraph', text: '' }, ...before.slice(index + 1)]); };
  return (
    <Record crumbs={[{ label: t('meetings'), href: '/meetings' }, { label: t('meeting'), href: `/meetings/${one.id}` }, { label: t('title') }]} title={one.title} state={<State tone={one.state === 'issued' ? 'ok' : 'warn'} word={t(`state.${one.state}`)} />} {...(one.reason === null ? {} : { say: t('reasonIs', { reason: one.reason }) })}
      actions={<Actions one={one} blocks={blocks} touched={touched} onSaved={() => setTouched(false)} t={t} />} side={<Versions one={one} />}>
      {blocks.length === 0 ? <div className="card"><Empty title={t('none')} hint={t('noneHint')} /></div> : (
        <section className="card pad minutespage stack">
          {blocks.map((block, index) => <Block key={index} block={block} editable={one.can.draft} onChange={(next) => change(index, next)} onInsert={() => insert(index)} t={t} />)}
        </section>
      )}
    </Record>
  );
}

function Actions({ one, blocks, touched, onSaved, t }: { readonly one: One; readonly blocks: readonly MinutesBlock[]; readonly touched: boolean; readonly onSaved: () => void; readonly t: T }) {
  const file = useDownload();
  const touches = ['dispatch.'];
  const write = useRun(writeMinutes, { touches, onDone: () => { onSaved(); toast({ text: t('saved') }); } });
  const again = useRun(draftMinutes, { touches, onDone: onSaved });
  const issue = useRun(issueMinutes, { touches, onDone: (done) => toast({ text: t('issued', { count: done.slips.length }) }) });
  const correct = useRun(correctMinutes, { touches });
  const error = write.error ?? again.error ?? issue.error ?? correct.error;
  const version = one.version;
  const send = (): void => void confirm({ title: t('issue.title'), text: t('issue.text', { count: one.waiting }), act: t('issue.act') }).then((answer) => { if (answer !== undefined) issue.go({ id: one.id }, { version }); });
  return (
    <>
      <Button onClick={() => file.start('dispatch.minutes_paper', { id: one.id, format: 'docx' })}>{t('docx')}</Button>
      <Button onClick={() => file.start('dispatch.minutes_paper', { id: one.id, format: 'pdf' })}>{t('pdf')}</Button>
      {one.can.draft && one.versions.length === 0 && <Button busy={again.running} onClick={() => void confirm({ title: t('again.title'), text: t('again.text'), act: t('again.act') }).then((answer) => { if (answer !== undefined) again.go({ id: one.id }, { version }); })}>{t('again.act')}</Button>}
      {one.can.draft && <Button busy={write.running} disabled={!touched && one.state === 'draft'} onClick={() => write.go({ id: one.id, blocks: [...blocks] }, { version })}>{t('save')}</Button>}
      {one.can.draft && <Button kind="main" busy={issue.running} disabled={touched || one.state !== 'draft'} onClick={send}>{t('issue.act')}</Button>}
      {one.can.correct && <Button busy={correct.running} onClick={() => void confirm({ title: t('correct.title'), text: t('correct.text'), act: t('correct.act'), reason: t('correct.reason') }).then((reason) => { if (reason !== undefined) correct.go({ id: one.id, reason }, { version }); })}>{t('correct.act')}</Button>}
      {error !== undefined && <Problem small error={error} />}
    </>
  );
}

function Block({ block, editable, onChange, onInsert, t }: { readonly block: MinutesBlock; readonly editable: boolean; readonly onChange: (block: MinutesBlock | undefined) => void; readonly onInsert: () => void; readonly t: T }) {
  if (!editable) return <Plain block={block} t={t} />;
  const rows = (text: string): number => Math.max(1, Math.min(10, Math.ceil(text.length / 46) + text.split('\n').length - 1));
  return (
    <div className={`minutesblock${block.kind === 'heading' ? ` heading${block.level}` : block.kind === 'fact' ? ' heading3' : ''}`}>
      <span className="row dim small">{t(block.kind === 'heading' ? `block.heading${block.level}` : `block.${block.kind}`)}<span className="row push"><Button small kind="quiet" onClick={onInsert}>{t('block.insert')}</Button>{block.kind !== 'table' && <Button small kind="quiet" onClick={() => onChange(undefined)}>{t('block.remove')}</Button>}</span></span>
      {block.kind === 'fact' && <TextInput label={t('block.label')} value={block.label} maxLength={40} onChange={(label) => onChange({ ...block, label: label ?? '' })} />}
      {block.kind === 'heading' && <TextInput label={t(`block.heading${block.level}`)} value={block.text} maxLength={500} onChange={(text) => onChange({ ...block, text: text ?? ' ' })} />}
      {block.kind === 'heading' && block.body !== undefined && <TextArea label={t('block.body')} rows={rows(block.body)} value={block.body} maxLength={6000} onChange={(body) => onChange({ ...block, body: body ?? '' })} />}
      {(block.kind === 'fact' || block.kind === 'paragraph' || block.kind === 'requirement' || block.kind === 'distribution') && <TextArea label={t(`block.${block.kind}`)} rows={rows(block.text)} value={block.text} maxLength={6000} onChange={(text) => onChange({ ...block, text: text ?? '' })} />}
      {block.kind === 'table' && <Plain block={block} t={t} />}
    </div>
  );
}

function Plain({ block, t }: { readonly block: MinutesBlock; readonly t: T }) {
  if (block.kind === 'fact') return <p><b>{block.label}</b>{t('colon')}{block.text}</p>;
  if (block.kind === 'heading') return block.level === 1 ? <h2>{block.text}</h2> : <p><b>{block.text}</b>{block.body}</p>;
  if (block.kind === 'distribution') return <p className="two">{t('block.distribution')}{t('colon')}{block.text.split('\n').join(t('web:listComma'))}</p>;
  if (block.kind !== 'table') return <p>{block.text}</p>;
  return <Scroll label={t('block.table')}><table className="plain minutestable"><tbody>{block.rows.map((row) => <tr key={row.join('|')}>{row.map((cell, i) => <td key={i}>{cell}</td>)}</tr>)}</tbody></table></Scroll>;
}

function Versions({ one }: { readonly one: One }) {
  const t = useT('minutes');
  const format = useFormat();
  const file = useDownload();
  return (
    <Section title={t('versions')}>
      <ul className="card attendance">
        {one.versions.length === 0 && <li className="dim">{t('noVersions')}</li>}
        {one.versions.map((each) => (
          <li key={each.number}><span><b>{t('version', { number: each.number })}</b> <span className="dim small">{format.day(each.issuedDay)} {each.issuedBy}</span>{each.reason !== null && <span className="two small"> {each.reason}</span>}<span className="dim small" title={each.pdf}> SHA-256 {each.pdf.slice(0, 12)}…</span></span><span className="row"><Button small onClick={() => file.start('dispatch.minutes_paper', { id: one.id, number: each.number, format: 'docx' })}>{t('docx')}</Button><Button small onClick={() => file.start('dispatch.minutes_paper', { id: one.id, number: each.number, format: 'pdf' })}>{t('pdf')}</Button></span></li>
        ))}
      </ul>
    </Section>
  );
}
