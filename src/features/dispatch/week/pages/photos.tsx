// Photos of the site: taken with the phone's camera or chosen, shown at once, kept as they are (time and place stand in their bytes).
import { useEffect, useMemo } from 'react';
import { useT } from '../../../../web/i18n.ts';
import type { Photo } from '../../../../web/offline/outbox.ts';

const MOST = 9;

export function Photos({ photos, onChange }: { readonly photos: readonly Photo[]; readonly onChange: (photos: readonly Photo[]) => void }) {
  const t = useT('week');
  const shown = useMemo(() => photos.map((photo) => ({ photo, url: URL.createObjectURL(photo.blob) })), [photos]);
  useEffect(() => () => shown.forEach(({ url }) => URL.revokeObjectURL(url)), [shown]);
  const take = async (files: FileList | null): Promise<void> => {
    const taken = await Promise.all(Array.from(files ?? []).filter((file) => file.type.startsWith('image/')).map(copied));
    if (taken.length > 0) onChange([...photos, ...taken].slice(0, MOST));
  };
  return (
    <div className="weekphotos">
      {shown.map(({ photo, url }, i) => (
        <figure key={url}>
          <img src={url} alt={photo.name} />
          <button type="button" aria-label={t('one.removePhoto', { name: photo.name })} onClick={() => onChange(photos.filter((_, at) => at !== i))}>×</button>
        </figure>
      ))}
      {photos.length < MOST && (
        <label className="weekshot">
          <input className="hidden" type="file" accept="image/*" capture="environment" multiple onChange={(event) => { void take(event.currentTarget.files); event.currentTarget.value = ''; }} />
          <span>{t('one.photo')}</span>
        </label>
      )}
    </div>
  );
}

/** The bytes themselves: a file that is only pointed to may be gone when it is sent. */
async function copied(file: File): Promise<Photo> {
  return { name: file.name === '' ? 'photo.jpg' : file.name.slice(-200), blob: new Blob([await file.arrayBuffer()], { type: file.type }) };
}
