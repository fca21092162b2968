// 子项: the parts of a project and their sum set against it. The sum is for comparison: it is never added to the project.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useFormat } from '../../../../web/format.ts';
import { newId } from '../../../../web/ids.ts';
import { useT } from '../../../../web/i18n.ts';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tip } from '../../../../web/parts/tip.tsx';
import { useSession } from '../../../../web/session.tsx';
import Type from 'typebox';
import { addPackage, type ProjectRecord } from '../contract.ts';
import { FIELD_SCHEMAS, MAX_FEN } from '../fields.ts';
import { stateOf } from './say.ts';

const Values = Type.Object({
  name: FIELD_SCHEMAS.name,
  totalFen: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_FEN })),
  builderName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  content: Type.Optional(Type.String({ minLength: 1, maxLength: 8000 })),
}, { additionalProperties: false });

export function Packages({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const format = useFormat();
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const add = can('projects.edit') ? <Button small onClick={() => setAdding(true)}>{t('packages.add')}</Button> : undefined;
  const unit = t('list.unit', { unit: format.unitName('yi') });
  const money = (fen: number | null): string => format.money(fen, 'yi').number;
  const sum = (of: (one: ProjectRecord['packages'][number]) => number | null): number => project.packages.reduce((total, one) => total + (of(one) ?? 0), 0);
  return (
    <Section title={t('tab.packages')} hint={t('packages.hint')} {...(add === undefined ? {} : { actions: add })}>
      {project.packages.length === 0 ? <div className="card"><Empty title={t('packages.empty')} hint={t('packages.emptyHint')} /></div> : (
        <Scroll label={t('tab.packages')}>
          <table className="plain">
            <thead><tr><th>{t('field.light')}</th><th>{t('field.package')}</th><th>{t('field.stage')}</th><th className="num">{t('field.totalFen')}{unit}</th><th className="num">{t('field.planShort')}{unit}</th><th className="num">{t('field.doneFen')}{unit}</th></tr></thead>
            <tbody>{project.packages.map((one) => (
              <tr key={one.id}><td><State {...stateOf(one, t)} /></td><td><Go href={`/projects/${one.id}`}>{one.name}</Go></td><td className="two">{t(`stage.${one.stage}`)}</td>
                <td className="num">{money(one.totalFen)}</td><td className="num">{money(one.planFen)}</td><td className="num">{money(one.doneFen)}</td></tr>
            ))}</tbody>
            <tfoot>
              <tr><td /><td><Tip text={t('definition.packages.text')}>{t('definition.packages.name')}</Tip></td><td /><td className="num">{money(sum((one) => one.totalFen))}</td><td className="num">{money(sum((one) => one.planFen))}</td><td className="num">{money(sum((one) => one.doneFen))}</td></tr>
              <tr><td /><td>{t('packages.whole')}</td><td /><td className="num">{money(project.totalFen)}</td><td className="num">{money(project.planFen)}</td><td className="num">{money(project.doneFen)}</td></tr>
            </tfoot>
          </table>
        </Scroll>
      )}
      {adding && <AddDialog project={project} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function AddDialog({ project, onClose }: { readonly project: ProjectRecord; readonly onClose: () => void }) {
  const t = useT('projects');
  const format = useFormat();
  const run = useRun(addPackage);
  const [packageId] = useState(newId);
  const form = useForm({
    id: undefined, schema: Values, start: {}, version: project.version,
    words: { name: { label: t('field.name') }, totalFen: { label: t('field.totalFen'), show: (value) => format.money(Number(value)).text }, builderName: { label: t('field.builderName') }, content: { label: t('field.content') } },
    send: async (values, version) => run.run({ ...values, id: project.id, packageId }, version === undefined ? {} : { version }), onDone: onClose,
  });
  return (
    <Dialog open title={t('packages.add')} onClose={onClose}>
      <Form form={form} submit={t('packages.add')} onCancel={onClose}>
        <Field form={form} name="name" wide>{(p) => <TextInput {...p} autoFocus />}</Field>
        <Field form={form} name="totalFen">{(p) => <MoneyInput {...p} unit="wan" />}</Field>
        <Field form={form} name="builderName">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="content" wide>{(p) => <TextArea {...p} rows={3} />}</Field>
      </Form>
    </Dialog>
  );
}
