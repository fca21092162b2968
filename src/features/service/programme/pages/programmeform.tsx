// The form of a programme: its name, when quarter reports are due, the names of its actions.
import { useState } from 'react';
import Type from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { ACTIONS } from '../../pages/names.ts';
import { createProgramme, editProgramme } from '../contract.ts';
import type { Programme } from './programme.tsx';

const { id: _id, year: _year, ...fields } = createProgramme.input.properties;
const Values = Type.Object(fields);
const DUE_DAYS = 10;

export function ProgrammeForm({ year, programme, onClose }: { readonly year: number; readonly programme: Programme | undefined; readonly onClose: () => void }) {
  const t = useT('programme');
  const [id] = useState(() => programme?.programme?.id ?? newId());
  const create = useRun(createProgramme);
  const edit = useRun(editProgramme);
  const known = programme?.programme ?? undefined;
  const form = useForm({
    id: undefined, schema: Values, version: known?.version,
    start: known === undefined ? { dueDays: DUE_DAYS, actions: ACTIONS.map((one) => ({ ...one })) } : { nameZh: known.nameZh, nameEn: known.nameEn, dueDays: known.dueDays, actions: programme?.actions.map(({ code, zh, en }) => ({ code, zh, en })) ?? [] },
    words: { nameZh: { label: t('field.nameZh') }, nameEn: { label: t('field.nameEn') }, dueDays: { label: t('field.dueDays') }, actions: { label: t('field.actions') } },
    send: async (values, version) => (known === undefined ? create.run({ id, year, ...values }) : edit.run({ id, ...values }, version === undefined ? {} : { version })),
    onDone: () => { toast({ text: t('measure.saved') }); onClose(); },
  });
  return (
    <Dialog open size="middle" onClose={onClose} title={t(known === undefined ? 'create' : 'edit', { year })}>
      <Form form={form} submit={t('web:save')} columns={2} onCancel={onClose}>
        <Field form={form} name="nameZh">{(p) => <TextInput {...p} maxLength={200} />}</Field>
        <Field form={form} name="nameEn">{(p) => <TextInput {...p} maxLength={200} />}</Field>
        <Field form={form} name="dueDays">{(p) => <NumberInput {...p} digits={0} />}</Field>
        <Field form={form} name="actions" wide>{(p) => (
          <div className="stack">
            {(p.value ?? []).map((one, at) => (
              <div key={one.code} className="actionrow">
                <span className="dim small">{at + 1}</span>
                {(['zh', 'en'] as const).map((lang) => <TextInput key={lang} label={t(`field.${lang}`)} maxLength={100} value={one[lang]} onChange={(text) => p.onChange((p.value ?? []).map((other) => (other.code === one.code ? { ...other, [lang]: text ?? '' } : other)))} />)}
              </div>
            ))}
          </div>
        )}</Field>
      </Form>
    </Dialog>
  );
}
