// Tokens for machines: which program acts as whom, until when, when it last did; made here, shown once, ended here.
import { useState } from 'react';
import Type from 'typebox';
import { useRead, useRun } from '../../../web/client.ts';
import { Field, Form } from '../../../web/form/form.tsx';
import { useForm } from '../../../web/form/state.ts';
import { useFormat } from '../../../web/format.ts';
import { useT } from '../../../web/i18n.ts';
import { newId } from '../../../web/ids.ts';
import { NumberInput } from '../../../web/inputs/number.tsx';
import { UserPicker } from '../../../web/inputs/people.tsx';
import { TextInput } from '../../../web/inputs/text.tsx';
import { Button } from '../../../web/parts/button.tsx';
import { confirm } from '../../../web/parts/confirm.tsx';
import { Drawer } from '../../../web/parts/dialog.tsx';
import { Empty } from '../../../web/parts/empty.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { PageHead } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Scroll } from '../../../web/parts/scroll.tsx';
import { State } from '../../../web/parts/state.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import { createToken, endToken, listTokens } from '../tokens/contract.ts';
import { SecretDialog, type Shown } from './secret.tsx';
import './people.css';

export function TokensPage() {
  const t = useT('people');
  const format = useFormat();
  const read = useRead(listTokens, {});
  const [creating, setCreating] = useState(false);
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  const end = useRun(endToken, { touches: ['people.tokens'], onDone: () => toast({ text: t('tokens.ended') }) });
  const items = read.data?.items ?? [];
  const ask = async (id: string, name: string): Promise<void> => {
    if ((await confirm({ title: t('tokens.endTitle', { name }), text: t('tokens.endSay'), act: t('tokens.end'), danger: true })) !== undefined) end.go({ id });
  };
  return (
    <>
      <PageHead title={t('tokens.title')} {...(read.data === undefined ? {} : { small: t('tokens.count', { count: items.filter((one) => one.live).length }) })} actions={<Button kind="main" onClick={() => setCreating(true)}>{t('tokens.new')}</Button>} />
      <p className="pagesay">{t('tokens.say')}</p>
      {read.error !== undefined && <Problem error={read.error} onRetry={read.again} />}
      {end.error !== undefined && <Problem small error={end.error} />}
      {read.loading && <Loading kind="table" lines={4} />}
      {read.data !== undefined && items.length === 0 && <div className="card"><Empty title={t('tokens.none')} hint={t('tokens.noneHint')} /></div>}
      {items.length > 0 && (
        <Scroll label={t('tokens.title')}>
          <table className="plain tokentable">
            <thead><tr><th>{t('tokens.name')}</th><th>{t('tokens.actsAs')}</th><th>{t('tokens.made')}</th><th>{t('tokens.until')}</th><th>{t('tokens.used')}</th><th>{t('field.state')}</th><th /></tr></thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.id}>
                  <td>{one.name}</td>
                  <td data-label={t('tokens.actsAs')}>{one.userName} <span className="dim small">{one.login}</span></td>
                  <td className="two" data-label={t('tokens.made')}>{format.instant(one.createdAt)} · {one.createdBy}</td>
                  <td className="two" data-label={t('tokens.until')}>{format.instant(one.expiresAt)}</td>
                  <td className="two" data-label={t('tokens.used')}>{one.lastUsedAt === null ? t('tokens.never') : format.instant(one.lastUsedAt)}</td>
                  <td><State tone={one.live ? 'ok' : 'off'} word={t(one.live ? 'tokens.live' : one.endedAt === null ? 'tokens.expired' : 'tokens.over')} /></td>
                  <td className="num">{one.live && <Button small busy={end.running} onClick={() => void ask(one.id, one.name)}>{t('tokens.end')}</Button>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {creating && <NewToken onClose={() => setCreating(false)} onShown={(secret) => { setCreating(false); setShown(secret); }} />}
      <SecretDialog shown={shown} onClose={() => setShown(undefined)} />
    </>
  );
}

const Values = Type.Object({ name: Type.String({ minLength: 1, maxLength: 80 }), userId: Type.String(), days: Type.Integer({ minimum: 1, maximum: 366 }) });
const USUAL_DAYS = 180;

function NewToken({ onClose, onShown }: { readonly onClose: () => void; readonly onShown: (shown: Shown) => void }) {
  const t = useT('people');
  const create = useRun(createToken, { touches: ['people.tokens'] });
  const [id] = useState(newId);
  const form = useForm({
    id: undefined,
    schema: Values,
    start: { days: USUAL_DAYS },
    words: { name: { label: t('tokens.name'), hint: t('tokens.nameHint') }, userId: { label: t('tokens.actsAs'), hint: t('tokens.actsHint') }, days: { label: t('tokens.days') } },
    send: async (values) => create.run({ id, ...values }),
    onDone: (output) => onShown({ title: t('tokens.created'), say: t('tokens.createdSay'), secret: output.token ?? '' }),
  });
  return (
    <Drawer open onClose={onClose} title={t('tokens.new')}>
      <Form form={form} submit={t('tokens.create')} onCancel={onClose}>
        <Field form={form} name="name">{(p) => <TextInput {...p} autoFocus />}</Field>
        <Field form={form} name="userId">{(p) => <UserPicker {...p} clearable={false} />}</Field>
        <Field form={form} name="days">{(p) => <NumberInput {...p} unit={t('tokens.daysUnit')} />}</Field>
      </Form>
    </Drawer>
  );
}
