// The form of a filing: up to four problems in one turn, project and contact once. The same for an enterprise on its phone and for the desk with it on the line.
import { useState } from 'react';
import { read, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { Picker } from '../../../../web/inputs/picker.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listProjects, searchProjects } from '../../../projects/register/contract.ts';
import { useKinds } from '../../../problems/pool/pages/say.ts';
import { callerProjects, file, MOST_KINDS, type CHANNELS, type Filed } from '../contract.ts';
import { emptyDraft, followed, ItemFields, type Draft } from './item.tsx';
import './desk.css';

interface Props {
  readonly channel: (typeof CHANNELS)[number];
  readonly enterprise?: { readonly id: string; readonly name: string } | undefined;
  /** Somebody else is meant: without him or a project nothing can be filed. */
  readonly needsWhom?: boolean;
  readonly contact?: { readonly name: string | null; readonly phone: string | null } | undefined;
  readonly onDone: (filed: Filed) => void;
}

export function FilingForm({ channel, enterprise, needsWhom = false, contact, onDone }: Props) {
  const t = useT('service');
  const kinds = useKinds(useLang());
  const [written, setDrafts] = useState<readonly Draft[]>(() => [emptyDraft()]);
  const drafts = written.map((one) => followed(one, kinds.all));
  const [project, setProject] = useState<string | undefined>(undefined);
  const [name, setName] = useState<string | undefined>(contact?.name ?? undefined);
  const [phone, setPhone] = useState<string | undefined>(contact?.phone ?? undefined);
  const [email, setEmail] = useState<string | undefined>(undefined);
  const wrongEmail = email !== undefined && !EMAIL.test(email.trim());
  const [id, setId] = useState(newId);
  const [tried, setTried] = useState(false);
  const run = useRun(file, { touches: ['service.', 'problems.', 'projects.today'], onDone: (filed) => { setId(newId()); onDone(filed); } });
  const faults = drafts.map((draft) => ({ ...(draft.title.trim() === '' ? { title: t('web:form.fault.required') } : {}), ...(draft.kind === undefined ? { kind: t('web:form.fault.required') } : {}) }));
  const nobody = needsWhom && enterprise === undefined && project === undefined;
  const send = () => {
    setTried(true);
    if (nobody || wrongEmail || faults.some((one) => Object.keys(one).length > 0)) return;
    run.go({
      id, channel, ...(enterprise === undefined ? {} : { enterpriseId: enterprise.id }), ...(project === undefined ? {} : { projectId: project }), ...(name === undefined ? {} : { contactName: name }), ...(phone === undefined ? {} : { contactPhone: phone }), ...(email === undefined ? {} : { contactEmail: email.trim() }),
      items: drafts.map((draft) => ({
        kind: draft.kind ?? '', title: draft.title, severity: draft.urgent ? 'urgent' as const : 'ordinary' as const, fields: Object.fromEntries(Object.entries(draft.fields).filter(([, value]) => value.trim() !== '')), ...(draft.text.trim() === '' ? {} : { text: draft.text }),
      })),
    });
  };
  return (
    <form
      className="filing" noValidate
      onSubmit={(event) => { event.preventDefault(); send(); }}
      onKeyDown={(event) => { if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); send(); } }}
    >
      {drafts.map((draft, at) => (
        <ItemFields
          key={draft.key} draft={draft} nth={at + 1} kinds={kinds.all} faults={tried ? (faults[at] ?? {}) : {}}
          onChange={(change) => setDrafts((all) => all.map((one) => (one.key === draft.key ? change(followed(one, kinds.all)) : one)))}
          onRemove={drafts.length === 1 ? undefined : () => setDrafts((all) => all.filter((one) => one.key !== draft.key))}
        />
      ))}
      {drafts.length < MOST_KINDS && <div><Button onClick={() => setDrafts((all) => [...all, emptyDraft()])}>{t('file.add', { most: MOST_KINDS })}</Button></div>}
      <section className="card pad filinggrid" aria-label={t('file.more')}>
        <label className="filinglabel wide" htmlFor="filing-project"><span>{t('file.project')}</span><ProjectPicker of={enterprise?.id} value={project} onChange={setProject} /></label>
        <label className="filinglabel"><span>{t('file.contact')}</span><TextInput id="filing-name" maxLength={60} value={name} onChange={setName} /></label>
        <label className="filinglabel"><span>{t('file.phone')}</span><TextInput id="filing-phone" type="tel" maxLength={40} value={phone} onChange={setPhone} /></label>
        <label className="filinglabel wide"><span>{t('file.email')}</span><TextInput id="filing-email" type="email" maxLength={254} invalid={tried && wrongEmail} value={email} onChange={setEmail} />{tried && wrongEmail ? <span className="filingfault" role="alert">{t('file.emailWrong')}</span> : <span className="two small">{t('file.emailSay')}</span>}</label>
      </section>
      {tried && nobody && <p className="filingfault" role="alert">{t('file.nobody')}</p>}
      {run.error !== undefined && <Problem small error={run.error} />}
      <div className="filingend"><Button kind="main" type="submit" busy={run.running}>{t('file.send', { count: drafts.length })}</Button>{needsWhom && <span className="two small">{t('file.keys')}</span>}</div>
    </form>
  );
}

const EMAIL = /^[^\s@<>",;:\\()[\]]+@[^\s@<>",;:\\()[\]]+$/;
const FOUND = 20;

/** At the desk those of the caller; otherwise what one may know. */
function ProjectPicker({ of, value, onChange }: { readonly of: string | undefined; readonly value: string | undefined; readonly onChange: (value: string | undefined) => void }) {
  const { can } = useSession();
  return (
    <Picker
      id="filing-project" value={value} onChange={onChange} name={`service.projects:${of ?? ''}`}
      load={async (q) => {
        if (of !== undefined && can('service.desk')) {
          const { items } = await read(callerProjects, { enterpriseId: of, ...(q === '' ? {} : { q }) });
          return items.map((one) => ({ value: one.id, label: one.name, ...(one.ownerName === null ? {} : { hint: one.ownerName }) }));
        }
        const { items } = q === '' ? await read(listProjects, { limit: FOUND }) : await read(searchProjects, { q, limit: FOUND });
        return items.map((one) => ({ value: one.id, label: one.name, ...(one.townName === null ? {} : { hint: one.townName }) }));
      }}
    />
  );
}

/** What is told at once: the number over all, and of each its own with who has it and by when. */
export function FiledNote({ filed, onAgain }: { readonly filed: Filed; readonly onAgain: () => void }) {
  const t = useT('service');
  const format = useFormat();
  return (
    <section className="card pad" role="status">
      <p>{t('file.done', { count: filed.problems.length })}</p>
      <p className="filednumber">{filed.number}</p>
      <p className="two">{t('file.owner', { owner: filed.ownerName })}</p>
      <ul className="filed">
        {filed.problems.map((one) => (
          <li key={one.id}>
            <span><Go href={`/problems/${one.id}`}>{one.number} {one.title}</Go></span>
            <span className="two small">{t('file.promise', { sign: one.dueAt === null ? '—' : format.instant(one.dueAt), solve: one.solveDueAt === null ? '—' : format.instant(one.solveDueAt) })}</span>
          </li>
        ))}
      </ul>
      <div className="filingend"><Button kind="main" onClick={onAgain}>{t('file.again')}</Button><Button href="/service/requests">{t('file.mine')}</Button></div>
    </section>
  );
}
