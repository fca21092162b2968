// Mending a remark of one's own; the earlier words stay.
import Type from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useT } from '../../../../web/i18n.ts';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { correctNote } from '../../week/contract.ts';
import type { Entry } from './diary.tsx';

const Values = Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000 }) }, { additionalProperties: false });

export function NoteDialog({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }) {
  const t = useT('ledgers');
  const mend = useRun(correctNote, { touches: ['dispatch.'] });
  const form = useForm({
    id: undefined, schema: Values, start: { text: entry.words['text'] ?? '' }, version: entry.version ?? 1, words: { text: { label: t('diary.text') } },
    send: (values, version) => mend.run({ id: entry.id, ...values }, version === undefined ? {} : { version }), onDone: onClose,
  });
  return <Dialog open title={t('diary.mend')} onClose={onClose}><Form form={form} submit={t('web:save')} onCancel={onClose}><Field form={form} name="text" wide>{(p) => <TextArea {...p} rows={4} />}</Field></Form></Dialog>;
}
