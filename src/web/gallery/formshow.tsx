// The form of the gallery, with a refusal and a conflict to provoke.
import Type from 'typebox';
import { useUrlState } from '../address.ts';
import { Field, FieldGroup, Form } from '../form/form.tsx';
import { useForm } from '../form/state.ts';
import { useFormat } from '../format.ts';
import { ChoiceInput } from '../inputs/choice.tsx';
import { DayInput } from '../inputs/day.tsx';
import { MoneyInput } from '../inputs/money.tsx';
import { MonthInput } from '../inputs/month.tsx';
import { NumberInput } from '../inputs/number.tsx';
import { SelectInput } from '../inputs/select.tsx';
import { TextArea, TextInput } from '../inputs/text.tsx';
import { FileDrop } from '../parts/filedrop.tsx';
import { PageHead, Section } from '../parts/page.tsx';
import { toast } from '../parts/toast.tsx';
import { ProblemError } from '../problem.ts';
import { TODAY } from './sample.ts';

const Values = Type.Object({
  name: Type.String({ minLength: 2, maxLength: 60 }),
  totalFen: Type.Integer({ minimum: 0 }),
  landMu: Type.Optional(Type.Number({ minimum: 0 })),
  town: Type.String({ minLength: 1 }),
  nature: Type.Union([Type.Literal('new'), Type.Literal('carried')]),
  startDay: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  month: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}$' })),
  content: Type.Optional(Type.String({ maxLength: 40 })),
});

export function FormShow() {
  const f = useFormat();
  const [{ as }] = useUrlState({ as: '' });
  const form = useForm({
    id: 'gallery',
    schema: Values,
    start: { name: '金马苯加氢', totalFen: 80_000_000_000, town: '克井镇', nature: 'new', startDay: '2023-08-08' },
    version: 3,
    words: {
      name: { label: '项目名称' }, totalFen: { label: '总投资', show: (value) => f.money(Number(value)).text }, landMu: { label: '用地' }, town: { label: '镇、园区' },
      nature: { label: '性质' }, startDay: { label: '计划开工', show: (value) => f.day(String(value)) }, month: { label: '报告月份' }, content: { label: '建设内容', hint: '写清规模和主要设备，40 字以内。' },
    },
    send: async () => {
      if (as === 'conflict') throw new ProblemError({ code: 'platform.stale_version', status: 412, title: '这条记录已被别人修改', current: { name: '金马苯加氢（一期）', totalFen: 82_000_000_000, town: '克井镇', nature: 'new', startDay: '2023-08-31', version: 4 } });
      if (as === 'refused') throw new ProblemError({ code: 'projects.gate_missing', status: 422, title: '没有办成', detail: '开工还缺 2 项条件：施工许可证、带时间地点的现场照片。', errors: [{ path: 'startDay', message: '计划开工日不在已锁定的期间内' }] });
      return Promise.resolve('ok');
    },
    onDone: () => toast({ text: '已保存', undo: () => undefined }),
  });
  return (
    <>
      <PageHead title="编辑项目" small="金马苯加氢" />
      <div className="cols">
        <div className="card pad" style={{ padding: '20px 24px' }}>
          <Form form={form} submit="保存" columns={2} onCancel={() => undefined}>
            <Field form={form} name="name" wide>{(p) => <TextInput {...p} />}</Field>
            <Field form={form} name="totalFen">{(p) => <MoneyInput {...p} unit="yi" />}</Field>
            <Field form={form} name="landMu">{(p) => <NumberInput {...p} unit="亩" />}</Field>
            <Field form={form} name="town">{(p) => <SelectInput {...p} options={['克井镇', '五龙口镇', '思礼镇', '玉泉街道', '承留镇', '轵城镇', '梨林镇', '天坛街道'].map((one) => ({ value: one, label: one }))} />}</Field>
            <Field form={form} name="nature">{(p) => <ChoiceInput {...p} onChange={(value) => p.onChange(value === 'carried' ? 'carried' : 'new')} options={[{ value: 'new', label: '新开工' }, { value: 'carried', label: '续建' }]} />}</Field>
            <FieldGroup title="时间">
              <Field form={form} name="startDay">{(p) => <DayInput {...p} today={TODAY} />}</Field>
              <Field form={form} name="month">{(p) => <MonthInput {...p} today={TODAY} />}</Field>
            </FieldGroup>
            <Field form={form} name="content" wide>{(p) => <TextArea {...p} />}</Field>
          </Form>
        </div>
        <Section title="佐证" hint="照片须带时间和地点"><FileDrop photos multiple onStored={() => undefined} /></Section>
      </div>
    </>
  );
}
