// /service/complain: without an account, without a name. The browser makes the code and does a little work; the code is shown once and is all that leads back.
import { useState } from 'react';
import { EntryPage } from '../../../../web/account/entry.tsx';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { complain, complaintState, publicKinds } from '../contract.ts';
import { sha256, WORK_BITS, workOf, zeroBits } from '../work.ts';
import { stateTone } from './say.ts';
import './desk.css';

const TABS = ['write', 'look'] as const;

export function ComplainPage() {
  const t = useT('service');
  const [tab, setTab] = useState<(typeof TABS)[number]>('write');
  return (
    <EntryPage title={t('complain.title')} say={t('complain.say')}>
      <Tabs label={t('complain.title')} tabs={TABS.map((id) => ({ id, label: t(`complain.${id}`) }))} here={tab} onGo={(id) => setTab(TABS.find((one) => one === id) ?? 'write')} />
      {tab === 'write' ? <Write /> : <Look />}
    </EntryPage>
  );
}

const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LETTERS_COUNT = 20;
const GROUP = 5;
const LEAST = 10;
const STRIDE = 2000;

/** A hundred bits of chance, in letters that nobody mixes up. */
function newCode(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(LETTERS_COUNT)), (byte) => LETTERS[byte % LETTERS.length] ?? '2').join('');
}

const grouped = (code: string): string => code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? code;

/** Looks for the number without holding the page still. */
async function worked(code: string): Promise<number> {
  for (let nonce = 0; ; nonce++) {
    if (zeroBits(sha256(workOf(code, nonce))) >= WORK_BITS) return nonce;
    if (nonce % STRIDE === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function Write() {
  const t = useT('service');
  const lang = useLang();
  const kinds = useRead(publicKinds, {});
  const [code, setCode] = useState(newCode);
  const [text, setText] = useState<string | undefined>(undefined);
  const [about, setAbout] = useState<string | undefined>(undefined);
  const [kind, setKind] = useState<string | undefined>(undefined);
  const [working, setWorking] = useState(false);
  const [tried, setTried] = useState(false);
  const [number, setNumber] = useState<string | undefined>(undefined);
  const run = useRun(complain, { onDone: (done) => setNumber(done.number) });
  const short = (text ?? '').trim().length < LEAST;
  const send = async () => {
    setTried(true);
    if (short) return;
    setWorking(true);
    const nonce = await worked(code);
    setWorking(false);
    run.go({ code, nonce, text: text ?? '', ...(about === undefined ? {} : { about }), ...(kind === undefined ? {} : { kind }) });
  };
  if (number !== undefined) {
    return (
      <div className="filing" role="status">
        <p>{t('complain.done')}</p>
        <p className="filednumber">{number}</p>
        <p>{t('complain.code')}</p>
        <p className="codebox">{grouped(code)}</p>
        <p className="tone-warn">{t('complain.keep')}</p>
        <div><Button onClick={() => { setNumber(undefined); setText(undefined); setAbout(undefined); setTried(false); setCode(newCode()); }}>{t('complain.another')}</Button></div>
      </div>
    );
  }
  return (
    <form className="filing" noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <label className="filinglabel"><span>{t('complain.text')}</span><TextArea id="complaint" rows={6} maxLength={2000} invalid={tried && short} value={text} placeholder={t('complain.textHint')} onChange={setText} />{tried && short && <span className="filingfault" role="alert">{t('complain.short', { count: LEAST })}</span>}</label>
      <label className="filinglabel"><span>{t('complain.about')}</span><TextInput id="about" maxLength={100} value={about} onChange={setAbout} /></label>
      <label className="filinglabel" htmlFor="complaint-kind"><span>{t('complain.kind')}</span><SelectInput id="complaint-kind" clearable value={kind} onChange={setKind} options={(kinds.data?.items ?? []).map((one) => ({ value: one.code, label: lang === 'en' ? one.en : one.zh }))} /></label>
      <p className="two small">{t('complain.promise')}</p>
      {run.error !== undefined && <Problem small error={run.error} />}
      <Button kind="main" type="submit" busy={working || run.running}>{t(working ? 'complain.working' : 'complain.send')}</Button>
    </form>
  );
}

function Look() {
  const t = useT('service');
  const format = useFormat();
  const [text, setText] = useState<string | undefined>(undefined);
  const [asked, setAsked] = useState('');
  const read = useRead(complaintState, { code: asked }, { when: asked !== '' });
  const clean = (text ?? '').toUpperCase().replace(/[^2-9A-HJ-NP-Z]/g, '');
  const shown = read.data;
  return (
    <div className="filing">
      <form className="filing" onSubmit={(event) => { event.preventDefault(); setAsked(clean); }}>
        <label className="filinglabel"><span>{t('complain.yourCode')}</span><TextInput id="code" maxLength={40} value={text} onChange={setText} /></label>
        <Button kind="main" type="submit" disabled={clean.length !== LETTERS_COUNT} busy={read.loading && asked !== ''}>{t('complain.show')}</Button>
      </form>
      {read.error !== undefined && <Problem small error={read.error} />}
      {shown !== undefined && !shown.known && <p role="status">{t('complain.unknown')}</p>}
      {shown?.known === true && (
        <section className="card pad" role="status">
          <p className="filinghead"><b>{shown.number}</b><State tone={stateTone(shown.state ?? '')} word={t(`problems:state.${shown.state ?? 'received'}`)} /></p>
          <h2>{shown.title}</h2>
          <p className="two">{t('requests.owner', { owner: shown.ownerName ?? '—' })}{shown.solveDueAt === null ? '' : ` · ${t('requests.promised', { at: format.instant(shown.solveDueAt) })}`}</p>
          <ul className="opensteps">{shown.answers.map((one, at) => <li key={at}><span className="two small">{format.instant(one.at)} · {one.ownerName} · {t(`complain.step.${one.kind}`)}</span>{one.text !== null && <p>{one.text}</p>}</li>)}</ul>
        </section>
      )}
    </div>
  );
}
