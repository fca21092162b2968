// The materials of an application as a checklist: those that the catalogue lists, each with its file, and others by a name of their own. None
// must be there; what is missing is the department's to say.
import { useLang, useT } from '../../../../web/i18n.ts';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import type { StoredFile } from '../../../../web/upload.ts';
import { pick, type One } from './say.ts';

export interface Attached {
  readonly name: string;
  readonly file: StoredFile;
  /** One that the catalogue lists: its name stands. */
  readonly listed: boolean;
}

const MOST = 30;

export function MaterialsInput({ listed, value, onChange }: { readonly listed: One['listed']; readonly value: readonly Attached[]; readonly onChange: (next: (before: readonly Attached[]) => readonly Attached[]) => void }) {
  const t = useT('cases');
  const lang = useLang();
  const lines = [...listed.main.map((name) => ({ name, main: true })), ...listed.secondary.map((name) => ({ name, main: false }))];
  const add = (name: string, file: StoredFile, isListed: boolean): void => onChange((before) => (before.length < MOST ? [...before, { name, file, listed: isListed }] : before));
  const drop = (one: Attached): void => onChange((before) => before.filter((other) => other !== one));
  const full = value.length >= MOST;
  return (
    <fieldset className="materials">
      <legend>{t('materials.title')} <span className="dim">{t('materials.optional')}</span></legend>
      {lines.length === 0 && <p className="hint">{t('materials.none')}</p>}
      <ul>
        {lines.map(({ name, main }) => {
          const files = value.filter((one) => one.listed && one.name === name.zh);
          return (
            <li key={name.zh}>
              <span className="materialname"><i aria-hidden className={files.length > 0 ? 'there' : ''}>{files.length > 0 ? '✓' : ''}</i>{pick(name, lang)}<span className="tag">{t(main ? 'materials.main' : 'materials.secondary')}</span></span>
              {files.length === 0 ? <FileDrop accept={ACCEPT} disabled={full} onStored={(file) => add(name.zh, file, true)} say={t('materials.choose')} hint="" /> : files.map((one) => <Sent key={one.file.id} one={one} onDrop={() => drop(one)} />)}
            </li>
          );
        })}
        {value.map((one, nth) => !one.listed && (
          <li key={`${one.file.id} ${String(nth)}`}>
            <TextInput id={`material-${String(nth)}`} label={t('materials.name')} value={one.name} maxLength={300} onChange={(name) => onChange((before) => before.map((other) => (other === one ? { ...one, name: name ?? '' } : other)))} />
            <Sent one={one} onDrop={() => drop(one)} />
          </li>
        ))}
      </ul>
      {full ? <p className="hint">{t('materials.full', { count: MOST })}</p> : <FileDrop multiple accept={ACCEPT} onStored={(file) => add(file.name.replace(/\.[^.]{1,5}$/, ''), file, false)} say={t(lines.length === 0 ? 'materials.add' : 'materials.addOther')} hint={t('materials.hint')} />}
    </fieldset>
  );
}

const ACCEPT = '.pdf,.doc,.docx,.xls,.xlsx,.zip,image/*';

/** As the commands take them. */
export function sent(materials: readonly Attached[]): { materials?: { name: string; sha: string }[] } {
  return materials.length === 0 ? {} : { materials: materials.map(({ name, file }) => ({ name: name.trim(), sha: file.id })) };
}

function Sent({ one, onDrop }: { readonly one: Attached; readonly onDrop: () => void }) {
  const t = useT('cases');
  return <span className="row"><span className="filename small">{one.file.name}</span><Button small kind="quiet" onClick={onDrop}>{t('materials.remove')}</Button></span>;
}
