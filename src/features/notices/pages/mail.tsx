// The mail server: shown where the operator set it, entered here where not; a test with the server's real words.
import { useState } from 'react';
import Type from 'typebox';
import { useRead, useRun } from '../../../web/client.ts';
import { Field, Form } from '../../../web/form/form.tsx';
import { useForm } from '../../../web/form/state.ts';
import { useFormat } from '../../../web/format.ts';
import { useT } from '../../../web/i18n.ts';
import { ChoiceInput } from '../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../web/inputs/number.tsx';
import { TextInput } from '../../../web/inputs/text.tsx';
import { Facts } from '../../../web/parts/facts.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { Section } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import type { OutputOf } from '../../../kernel/contract.ts';
import { getMail, setMail, testMailServer } from '../delivery/contract.ts';
import { Email } from '../../people/fields.ts';
import { sayError } from './say.ts';

type Mail = OutputOf<typeof getMail>;

export function MailTab() {
  const t = useT('mailing');
  const format = useFormat();
  const read = useRead(getMail, {});
  if (read.data === undefined) return read.error === undefined ? <Loading lines={6} /> : <Problem error={read.error} onRetry={read.again} />;
  const { data } = read;
  return (
    <div className="stack noticeform">
      {data.outage !== null && <p className="notice tone-bad" role="alert">{t('outbox.outage', { since: format.instant(data.outage.since), until: format.instant(data.outage.until), reason: sayError(t, data.outage.error) })}</p>}
      {data.byOperator ? (
        <div className="card pad">
          <p className="noticesay">{t('mailserver.byOperator')}</p>
          <Facts facts={[{ label: t('mailserver.host'), value: `${data.host}:${String(data.port)}` }, { label: t('mailserver.tls'), value: t(`tls.${data.tls}`) }, { label: t('mailserver.user'), value: data.user === '' ? '—' : data.user }, { label: t('mailserver.from'), value: data.from }, { label: t('mailserver.site'), value: data.publicUrl === '' ? t('mailserver.noSite') : data.publicUrl }]} />
        </div>
      ) : <div className="card pad"><Server key={data.version} mail={data} /></div>}
      {data.host !== '' && <Section title={t('mailserver.test')} hint={t('mailserver.testHint')}><div className="card pad"><Trial /></div></Section>}
    </div>
  );
}

const TLS = ['tls', 'starttls', 'none'] as const;
const Values = Type.Object({
  host: Type.Optional(Type.String({ maxLength: 253 })), port: Type.Integer({ minimum: 1, maximum: 65_535 }), tls: Type.String(), user: Type.Optional(Type.String({ maxLength: 200 })), password: Type.Optional(Type.String({ maxLength: 500 })),
  from: Type.Optional(Type.String({ maxLength: 254 })), publicUrl: Type.Optional(Type.String({ maxLength: 300 })),
});

function Server({ mail }: { readonly mail: Mail }) {
  const t = useT('mailing');
  const save = useRun(setMail, { touches: ['notices'] });
  const form = useForm({
    id: undefined, schema: Values, version: mail.version,
    start: { port: mail.port, tls: mail.tls, ...(mail.host === '' ? {} : { host: mail.host }), ...(mail.user === '' ? {} : { user: mail.user }), ...(mail.from === '' ? {} : { from: mail.from }), ...(mail.publicUrl === '' ? {} : { publicUrl: mail.publicUrl }) },
    words: {
      host: { label: t('mailserver.host'), hint: t('mailserver.hostHint') }, port: { label: t('mailserver.port') }, tls: { label: t('mailserver.tls') }, user: { label: t('mailserver.user') },
      password: { label: t('mailserver.password'), hint: mail.hasPassword ? t('mailserver.passwordKept') : t('mailserver.passwordHint') }, from: { label: t('mailserver.from') },
      publicUrl: { label: t('mailserver.site'), hint: mail.publicByOperator ? t('mailserver.siteByOperator') : t('mailserver.siteHint') },
    },
    send: async (values, version) => save.run({
      host: values.host ?? '', port: values.port, tls: TLS.find((one) => one === values.tls) ?? 'tls', user: values.user ?? '', from: values.from ?? '', publicUrl: values.publicUrl ?? '',
      ...(values.password === undefined || values.password === '' ? {} : { password: values.password }),
    }, { version: Number(version) }),
    onDone: () => toast({ text: t('mailserver.saved') }),
  });
  const choices = TLS.filter((one) => one !== 'none' || mail.plainAllowed || mail.tls === 'none');
  return (
    <Form form={form} submit={t('web:save')} columns={2}>
      <Field form={form} name="host">{(p) => <TextInput {...p} placeholder="smtp.example.gov.cn" />}</Field>
      <Field form={form} name="port">{(p) => <NumberInput {...p} />}</Field>
      <Field form={form} name="tls" wide>{(p) => <ChoiceInput {...p} options={choices.map((one) => ({ value: one, label: t(`tls.${one}`) }))} />}</Field>
      <Field form={form} name="user">{(p) => <TextInput {...p} autoComplete="off" />}</Field>
      <Field form={form} name="password">{(p) => <TextInput {...p} type="password" autoComplete="new-password" />}</Field>
      <Field form={form} name="from">{(p) => <TextInput {...p} placeholder="office@example.gov.cn" />}</Field>
      <Field form={form} name="publicUrl">{(p) => <TextInput {...p} disabled={mail.publicByOperator} placeholder="https://projects.example.gov.cn" />}</Field>
    </Form>
  );
}

function Trial() {
  const t = useT('mailing');
  const [done, setDone] = useState<{ readonly to: string; readonly error: string | null } | undefined>(undefined);
  const trial = useRun(testMailServer, { touches: [] });
  const form = useForm({
    id: undefined, schema: Type.Object({ to: Email }), start: {}, words: { to: { label: t('mailserver.testTo') } },
    send: async (values) => setDone({ to: values.to, error: (await trial.run(values)).error }),
  });
  return (
    <>
      <Form form={form} submit={t('mailserver.send')}><Field form={form} name="to">{(p) => <TextInput {...p} type="email" />}</Field></Form>
      {done !== undefined && done.error !== null && <p className="notice tone-bad" role="alert">{t('own.testFailed', { reason: sayError(t, done.error) })}</p>}
      {done?.error === null && <p className="notice tone-ok" role="status">{t('own.testSent', { email: done.to })}</p>}
    </>
  );
}

