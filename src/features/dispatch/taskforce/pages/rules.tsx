// The rules of the week as the office sets them: which levels are key, how often to visit, when the line is due, how many are too many.
import Type from 'typebox';
import { useRead, useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useT } from '../../../../web/i18n.ts';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { MultiSelect, SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { changeWeekRules, readWeekRules, type WeekRules } from '../../week/contract.ts';

export function RulesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT('taskforce');
  const read = useRead(readWeekRules, {});
  return (
    <Dialog open title={t('rules.title')} onClose={onClose}>
      {read.data === undefined ? (read.error === undefined ? <Loading lines={5} /> : <Problem error={read.error} onRetry={read.again} />) : <RulesForm rules={read.data.rules} version={read.data.version} onClose={onClose} />}
    </Dialog>
  );
}

const LEVELS = ['provincial', 'municipal', 'county', 'zone'] as const;
const Values = Type.Object({
  keyLevels: Type.Array(Type.Enum(LEVELS), { minItems: 1, maxItems: 4 }), visitEveryDays: Type.Integer({ minimum: 1, maximum: 366 }), lineWeekday: Type.String(), mostProjects: Type.Integer({ minimum: 1, maximum: 1000 }), reason: Type.String({ minLength: 1, maxLength: 500 }),
}, { additionalProperties: false });

function RulesForm({ rules, version, onClose }: { readonly rules: WeekRules; readonly version: number; readonly onClose: () => void }) {
  const t = useT('taskforce');
  const change = useRun(changeWeekRules, { touches: ['dispatch.'] });
  const form = useForm({
    id: undefined, schema: Values, start: { keyLevels: rules.keyLevels, visitEveryDays: rules.visitEveryDays, lineWeekday: String(rules.lineWeekday), mostProjects: rules.mostProjects }, version,
    words: { keyLevels: { label: t('rules.keyLevels') }, visitEveryDays: { label: t('rules.visitEveryDays') }, lineWeekday: { label: t('rules.lineWeekday') }, mostProjects: { label: t('rules.mostProjects') }, reason: { label: t('reason') } },
    send: ({ reason, lineWeekday, ...values }, upon) => change.run({ rules: { ...rules, ...values, lineWeekday: Number(lineWeekday) }, reason }, upon === undefined ? {} : { version: upon }),
    onDone: () => { toast({ text: t('rules.saved') }); onClose(); },
  });
  return (
    <Form form={form} submit={t('web:save')} onCancel={onClose} columns={2}>
      <Field form={form} name="keyLevels" wide>{(p) => <MultiSelect {...p} value={p.value} onChange={(next) => p.onChange(LEVELS.filter((level) => (next ?? []).includes(level)))} options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))} />}</Field>
      <Field form={form} name="visitEveryDays">{(p) => <NumberInput {...p} unit={t('rules.days')} />}</Field>
      <Field form={form} name="lineWeekday">{(p) => <SelectInput {...p} options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: t(`weekday.${String(day)}`) }))} />}</Field>
      <Field form={form} name="mostProjects">{(p) => <NumberInput {...p} />}</Field>
      <Field form={form} name="reason" wide>{(p) => <TextInput {...p} />}</Field>
    </Form>
  );
}
