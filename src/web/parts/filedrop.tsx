// Takes files by drop, choice or camera and sends them with progress. What failed stays and can be sent again; nothing is lost by an error.
import { useId, useRef, useState } from 'react';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import { sendFile, type StoredFile } from '../upload.ts';
import { problemOf } from '../problem.ts';
import { Button } from './button.tsx';
import './files.css';

export interface FileDropProps {
  readonly onStored: (file: StoredFile) => void;
  /** `.xlsx,.csv` or `image/*` */
  readonly accept?: string;
  readonly multiple?: boolean;
  /** Offers the camera on a phone. */
  readonly photos?: boolean;
  readonly maxBytes?: number;
  /** The sentence within: 把台账拖到这里. */
  readonly say?: string;
  readonly hint?: string;
  readonly disabled?: boolean;
  /** Takes the file without sending it. */
  readonly onChosen?: (file: File) => void;
}

interface Sending {
  readonly id: number;
  readonly file: File;
  readonly share: number;
  readonly error?: string;
  readonly stop?: () => void;
}

const MAX_BYTES = 50 * 1_048_576; // the server's own bound is decisive; this only spares the way

export function FileDrop({ onStored, accept, multiple = false, photos = false, maxBytes = MAX_BYTES, say, hint, disabled = false, onChosen }: FileDropProps) {
  const t = useT('web');
  const format = useFormat();
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const last = useRef(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  const update = (which: number, change: Partial<Sending>): void => setSending((all) => all.map((one) => (one.id === which ? { ...one, ...change } : one)));
  const start = (which: number, file: File): void => {
    const controller = new AbortController();
    setSending((all) => [...all.filter((one) => one.id !== which), { id: which, file, share: 0, stop: () => controller.abort() }]);
    sendFile(file, (share) => update(which, { share }), controller.signal).then(
      (stored) => {
        setSending((all) => all.filter((one) => one.id !== which));
        onStored(stored);
      },
      (thrown: unknown) => {
        if (controller.signal.aborted) setSending((all) => all.filter((one) => one.id !== which));
        else update(which, { error: problemOf(thrown).message });
      },
    );
  };
  const take = (files: FileList | null): void => {
    for (const file of Array.from(files ?? []).slice(0, multiple ? 20 : 1)) {
      last.current += 1;
      if (file.size > maxBytes) setSending((all) => [...all, { id: last.current, file, share: 0, error: t('file.tooLarge', { max: format.bytes(maxBytes) }) }]);
      else if (onChosen !== undefined) onChosen(file);
      else start(last.current, file);
    }
    if (input.current !== null) input.current.value = '';
  };

  return (
    <div className="stack" style={{ gap: 8 }}>
      <label
        htmlFor={id}
        className={`filedrop${over ? ' over' : ''}${disabled ? ' off' : ''}`}
        onDragOver={(event) => { event.preventDefault(); setOver(!disabled); }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); if (!disabled) take(event.dataTransfer.files); }}
      >
        <input ref={input} id={id} className="hidden" type="file" accept={accept ?? (photos ? 'image/*' : undefined)} multiple={multiple} disabled={disabled} onChange={(event) => take(event.currentTarget.files)} />
        <b>{say ?? t(photos ? 'file.photo' : 'file.drop')}</b>
        <span>{hint ?? t('file.hint', { max: format.bytes(maxBytes) })}</span>
      </label>
      {sending.map((one) => (
        <div key={one.id} className="sending" role="status">
          <span className="filename">{one.file.name}</span>
          {one.error === undefined ? (
            <>
              <progress value={one.share} max={1} aria-label={one.file.name} />
              <span className="num small">{format.percent(one.share, 0)}</span>
              <Button small kind="quiet" onClick={() => one.stop?.()}>{t('cancel')}</Button>
            </>
          ) : (
            <>
              <span className="tone-bad small">{one.error}</span>
              <Button small kind="quiet" onClick={() => start(one.id, one.file)}>{t('problem.retry')}</Button>
              <Button small kind="quiet" onClick={() => setSending((all) => all.filter((other) => other.id !== one.id))}>{t('remove')}</Button>
            </>
          )}
        </div>
      ))}
    </div>
  );
}
