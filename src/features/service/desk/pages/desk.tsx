// /service/desk: whoever has the line. The caller first, his history beside the form, below what waits: to sign, to hand out. All of it by the keyboard.
import { useEffect, useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useDebounced } from '../../../people/pages/wait.ts';
import { deskDay, findCallers, type Filed } from '../contract.ts';
import { CallerSide } from './caller.tsx';
import { FiledNote, FilingForm } from './filing.tsx';
import { Queue } from './queue.tsx';
import { DeskFigures, DutyLine } from './strip.tsx';
import './desk.css';

interface Caller { readonly id: string; readonly name: string; readonly contact: { readonly name: string | null; readonly phone: string | null } }

export function DeskPage() {
  const t = useT('intake');
  const day = useRead(deskDay, {}, { everySeconds: 60 });
  const [{ call }, set] = useUrlState({ call: false });
  if (day.data === undefined) return day.error === undefined ? <Loading kind="record" /> : <Problem error={day.error} onRetry={day.again} />;
  return (
    <>
      <PageHead title={t('title')} actions={<Button kind={call ? 'plain' : 'main'} onClick={() => set({ call: !call })}>{t(call ? 'hangUp' : 'take')}</Button>} />
      <DutyLine duty={day.data.duty} />
      {call ? <Call /> : (
        <>
          <DeskFigures day={day.data} />
          <Queue />
        </>
      )}
    </>
  );
}

function Call() {
  const [caller, setCaller] = useState<Caller | undefined>(undefined);
  const [filed, setFiled] = useState<Filed | undefined>(undefined);
  // Whoever has chosen the caller types on at once.
  useEffect(() => { if (caller !== undefined) document.getElementById('item1-title')?.focus(); }, [caller]);
  const again = () => { setFiled(undefined); setCaller(undefined); };
  return (
    <div className="deskcols">
      <div className="stack">
        <Who caller={caller} onChoose={setCaller} />
        {filed !== undefined ? <FiledNote filed={filed} onAgain={again} /> : <FilingForm key={caller?.id ?? ''} channel="phone" needsWhom enterprise={caller} contact={caller?.contact} onDone={setFiled} />}
      </div>
      <CallerSide enterpriseId={caller?.id} />
    </div>
  );
}

/** By name, initials or number; Enter takes the first of what is found for all that is typed, also when that is still on its way. */
function Who({ caller, onChoose }: { readonly caller: Caller | undefined; readonly onChoose: (caller: Caller | undefined) => void }) {
  const t = useT('intake');
  const [text, setText] = useState<string | undefined>(undefined);
  // The operator types while the telephone still rings.
  useEffect(() => { if (caller === undefined) document.getElementById('caller')?.focus(); }, [caller]);
  const q = (useDebounced(text) ?? '').trim();
  const found = useRead(findCallers, { q }, { when: q.length >= 2, keep: true });
  const items = q.length >= 2 ? (found.data?.items ?? []) : [];
  // What is shown may still be the answer to fewer letters.
  const settled = (text ?? '').trim() === q && found.data !== undefined && !found.refreshing;
  const [entered, setEntered] = useState(false);
  const choose = (one: (typeof items)[number]) => { onChoose({ id: one.enterpriseId, name: one.name, contact: { name: one.contactName, phone: one.contactPhone } }); setText(undefined); };
  useEffect(() => {
    if (!entered || !settled) return;
    setEntered(false);
    const [first] = items;
    if (first !== undefined) choose(first);
  }, [entered, settled]); // eslint-disable-line react-hooks/exhaustive-deps
  if (caller !== undefined) return <div className="card pad filinghead"><b>{caller.name}</b><span className="two">{caller.contact.name} {caller.contact.phone}</span><span className="push"><Button small onClick={() => onChoose(undefined)}>{t('other')}</Button></span></div>;
  return (
    <Section title={t('who')} hint={t('whoHint')}>
      <form onSubmit={(event) => { event.preventDefault(); setEntered(true); }}>
        <TextInput id="caller" label={t('who')} type="search" maxLength={60} value={text} placeholder={t('whoPlaceholder')} onChange={(value) => { setEntered(false); setText(value); }} />
      </form>
      {q.length >= 2 && found.data !== undefined && items.length === 0 && <p className="two small">{t('whoNone')}</p>}
      <ul className="callers">{items.map((one) => <li key={one.enterpriseId}><Button kind="quiet" onClick={() => choose(one)}>{one.name}{one.contactName === null ? '' : ` · ${one.contactName}`}{one.contactPhone === null ? '' : ` ${one.contactPhone}`}</Button></li>)}</ul>
    </Section>
  );
}
