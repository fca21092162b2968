// 记一笔: a remark of one's own in the diary, through the same outbox.
import { useState } from 'react';
import { useT } from '../../../../web/i18n.ts';
import { dropDraft, loadDraft, saveDraft } from '../../../../web/form/draft.ts';
import { newId } from '../../../../web/ids.ts';
import { isFull, phoneTime } from '../../../../web/offline/keep.ts';
import { handOver } from '../../../../web/offline/sending.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { toast } from '../../../../web/parts/toast.tsx';

const KEY = 'week:note';

export function NoteBox() {
  const t = useT('week');
  const [text, setText] = useState(() => String(loadDraft(KEY)?.values['text'] ?? ''));
  const [fault, setFault] = useState<string | undefined>(undefined);
  const write = (next: string): void => {
    setText(next);
    saveDraft(KEY, { values: { text: next }, base: {}, version: undefined, at: phoneTime() });
  };
  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    const id = newId();
    try {
      await handOver({ id, command: 'dispatch.add_note', label: text.trim().slice(0, 30), photosAt: 'photos', photos: [], input: { id, text: text.trim() } });
      dropDraft(KEY);
      setText('');
      setFault(undefined);
      toast({ text: t('note.kept') });
    } catch (error) {
      setFault(t(isFull(error) ? 'one.full' : 'one.notKept'));
    }
  };
  return (
    <section className="weeknote">
      <label htmlFor="week-note">{t('note.title')}</label>
      <textarea id="week-note" className="weekinput" rows={2} maxLength={2000} placeholder={t('note.hint')} value={text} onChange={(event) => write(event.target.value)} />
      {fault !== undefined && <p className="tone-bad" role="alert">{fault}</p>}
      <div className="row"><Button small disabled={text.trim() === ''} onClick={() => void send()}>{t('note.keep')}</Button><Go className="push small" href="/ledgers/diary?mine=1">{t('note.diary')}</Go></div>
    </section>
  );
}
