// Two small changes of a record that have a form of their own: the plan of a year, and the codes that other systems give.
import Type from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { editYear, setCodes, type ProjectRecord } from '../contract.ts';
import { MAX_FEN } from '../fields.ts';

interface DialogProps {
  readonly project: ProjectRecord;
  readonly onClose: () => void;
}

const YearValues = Type.Object({
  year: Type.Integer({ minimum: 1990, maximum: 2100 }),
  planFen: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_FEN })),
  target: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
}, { additionalProperties: false });

export function YearDialog({ project, onClose }: DialogProps) {
  const t = useT('projects');
  const format = useFormat();
  const run = useRun(editYear);
  const own = project.years.find((one) => one.year === project.year);
  const form = useForm({
    id: undefined, schema: YearValues, version: project.version,
    start: { year: project.year, ...(own?.planFen === null || own?.planFen === undefined ? {} : { planFen: own.planFen }), ...(own?.target === null || own?.target === undefined ? {} : { target: own.target }) },
    words: { year: { label: t('field.year') }, planFen: { label: t('field.planFen'), show: (value) => format.money(Number(value)).text }, target: { label: t('field.target') }, reason: { label: t('form.reason') } },
    send: async ({ year, planFen, target, reason }, version) => run.run({ id: project.id, year, planFen: planFen ?? null, target: target ?? null, ...(reason === undefined ? {} : { reason }) }, version === undefined ? {} : { version }),
    onDone: onClose,
  });
  return (
    <Dialog open title={t('form.editYear')} onClose={onClose}>
      <Form form={form} submit={t('form.save')} onCancel={onClose}>
        <Field form={form} name="year">{(p) => <NumberInput {...p} digits={0} onChange={(next) => {
          const found = project.years.find((one) => one.year === next);
          form.set('year', next);
          form.set('planFen', found?.planFen ?? undefined);
          form.set('target', found?.target ?? undefined);
        }} />}</Field>
        <Field form={form} name="planFen">{(p) => <MoneyInput {...p} unit="wan" />}</Field>
        <Field form={form} name="target" wide>{(p) => <TextArea {...p} rows={3} />}</Field>
        <Field form={form} name="reason" wide>{(p) => <TextArea {...p} rows={2} />}</Field>
      </Form>
    </Dialog>
  );
}

const CodeValues = Type.Object({ lines: Type.Optional(Type.String({ maxLength: 8000 })) }, { additionalProperties: false });

export function CodesDialog({ project, onClose }: DialogProps) {
  const t = useT('projects');
  const run = useRun(setCodes);
  const form = useForm({
    id: undefined, schema: CodeValues, version: project.version, start: { lines: project.externalCodes.map((one) => `${one.system} ${one.code}`).join('\n') },
    words: { lines: { label: t('field.externalCodes'), hint: t('form.codesHint') } },
    check: (values): Readonly<Record<string, string>> => (codesIn(values.lines ?? '') === undefined ? { lines: t('form.codesFault') } : {}),
    send: async ({ lines }, version) => run.run({ id: project.id, externalCodes: codesIn(lines ?? '') ?? [] }, version === undefined ? {} : { version }),
    onDone: onClose,
  });
  return (
    <Dialog open title={t('form.editCodes')} onClose={onClose}>
      <Form form={form} submit={t('form.save')} onCancel={onClose}>
        <Field form={form} name="lines" wide>{(p) => <TextArea {...p} rows={5} />}</Field>
      </Form>
    </Dialog>
  );
}

/** A line each: the system's name, a space, its code. Undefined where a line has only one of them. */
function codesIn(text: string): { system: string; code: string }[] | undefined {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const codes = lines.flatMap((line) => {
    const [, system, code] = /^(\S+)[\s:：]+(.+)$/.exec(line) ?? [];
    return system === undefined || code === undefined ? [] : [{ system: system.slice(0, 60), code: code.trim().slice(0, 120) }];
  });
  return codes.length === lines.length ? codes : undefined;
}
