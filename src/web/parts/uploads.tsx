// Stored files as photos and as lines: who, when, how large; a photo opens large. Files are only ever downloaded, never executed.
import { useState } from 'react';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import './files.css';

export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Instant at which it was taken or sent. */
  readonly at?: string;
  readonly who?: string;
  /** 距工地 40 米 */
  readonly place?: string;
}

export function Uploads({ files, today, onRemove }: { readonly files: readonly UploadedFile[]; readonly today: string; readonly onRemove?: (file: UploadedFile) => void }) {
  const t = useT('web');
  const format = useFormat();
  const [open, setOpen] = useState<UploadedFile | undefined>(undefined);
  const photos = files.filter((file) => /^image\/(jpeg|png|webp|gif)$/.test(file.mediaType));
  const others = files.filter((file) => !photos.includes(file));
  const about = (file: UploadedFile): string => [file.who, file.at === undefined ? undefined : format.instant(file.at, today), file.place].filter((one) => one !== undefined).join(' · ');
  return (
    <div className="stack" style={{ gap: 8 }}>
      {photos.length > 0 && (
        <ul className="photos">
          {photos.map((photo) => (
            <li key={photo.id}>
              <button type="button" onClick={() => setOpen(photo)} aria-label={`${photo.name} ${about(photo)}`}>
                <img src={`/api/files/${photo.id}`} alt="" loading="lazy" decoding="async" />
                <span>{photo.at === undefined ? photo.name : format.instant(photo.at, today)}</span>
              </button>
              {onRemove !== undefined && <button type="button" className="photoremove" aria-label={`${t('remove')} ${photo.name}`} onClick={() => onRemove(photo)}>×</button>}
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul className="filelist">
          {others.map((file) => (
            <li key={file.id}>
              <a className="filename" href={`/api/files/${file.id}`} download={file.name}>{file.name}</a>
              <span className="dim small">{format.bytes(file.bytes)}{about(file) === '' ? '' : ` · ${about(file)}`}</span>
              {onRemove !== undefined && <Button small kind="quiet" onClick={() => onRemove(file)}>{t('remove')}</Button>}
            </li>
          ))}
        </ul>
      )}
      <Dialog open={open !== undefined} onClose={() => setOpen(undefined)} title={open?.name ?? ''} size="large" foot={open !== undefined && <span className="two small push">{about(open)}</span>}>
        {open !== undefined && <img className="photolarge" src={`/api/files/${open.id}`} alt={open.name} />}
      </Dialog>
    </div>
  );
}
