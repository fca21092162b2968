// 接收方式: one's own address, which topics by mail at once or in a digest, quiet hours, and a test.
import { useState } from 'react';
import Type, { type Static } from 'typebox';
import { useRead, useRun } from '../../../web/client.ts';
import { Field, FieldGroup, Form } from '../../../web/form/form.tsx';
import { useForm } from '../../../web/form/state.ts';
import { useT } from '../../../web/i18n.ts';
import { CheckInput, ChoiceInput } from '../../../web/inputs/choice.tsx';
import { SelectInput } from '../../../web/inputs/select.tsx';
import { TextInput } from '../../../web/inputs/text.tsx';
import { Button } from '../../../web/parts/button.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { PageHead } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import type { OutputOf } from '../../../kernel/contract.ts';
import { askAddress } from '../addresses/contract.ts';
import { Email } from '../../people/fields.ts';
import { TOPICS } from '../fields.ts';
import { getPreferences, MODES, setPreferences, testOwnMail } from '../preferences/contract.ts';
import { sayError, timeOptions } from './say.ts';
import './notices.css';

type Preferences = OutputOf<typeof getPreferences>;

export function PreferencesPage() {
  const t = useT('mailing');
  const read = useRead(getPreferences, {});
  return (
    <>
      <PageHead title={t('own.title')} small={t('own.small')} />
      <p className="noticesay">{t('own.say')}</p>
      {read.error !== undefined && <Problem error={read.error} onRetry={read.again} />}
      {read.loading && <Loading lines={6} />}
      {read.data !== undefined && <Own key={read.data.version} own={read.data} />}
    </>
  );
}

const Values = Type.Object({
  email: Type.Optional(Email), topics: Type.Record(Type.String(), Type.String()), digest: Type.String(), quiet: Type.Boolean(), quietFrom: Type.Optional(Type.String()), quietTo: Type.Optional(Type.String()), language: Type.String(),
});

const QUIET_FROM = 22 * 60;
const QUIET_TO = 7 * 60;

function startOf(own: Preferences): Static<typeof Values> {
  return {
    ...(own.email === null ? {} : { email: own.email }), topics: Object.fromEntries(own.topics.map((one) => [one.topic, one.mode])), digest: String(own.digestMinute), quiet: own.quietFrom !== null,
    quietFrom: String(own.quietFrom ?? QUIET_FROM), quietTo: String(own.quietTo ?? QUIET_TO), language: own.language,
  };
}

function inputOf(values: Static<typeof Values>) {
  return {
    email: values.email ?? null, topics: TOPICS.map((topic) => ({ topic, mode: MODES.find((mode) => mode === values.topics[topic]) ?? 'now' })), digestMinute: Number(values.digest),
    quietFrom: values.quiet ? Number(values.quietFrom ?? QUIET_FROM) : null, quietTo: values.quiet ? Number(values.quietTo ?? QUIET_TO) : null, language: values.language === 'en' ? 'en' as const : 'zh-CN' as const,
  };
}

function Own({ own }: { readonly own: Preferences }) {
  const t = useT('mailing');
  const save = useRun(setPreferences, { touches: ['notices'] });
  const asking = useRun(askAddress, { touches: ['notices'], onDone: () => toast({ text: t('own.asked', { email: own.email ?? '' }) }) });
  const [failed, setFailed] = useState<string | null>(null);
  const trial = useRun(testOwnMail, {
    touches: [],
    onDone: (done) => {
      setFailed(done.error);
      if (done.error === null) toast({ text: t('own.testSent', { email: own.email ?? '' }) });
    },
  });
  const form = useForm({
    id: undefined, schema: Values, start: startOf(own), version: own.version,
    words: {
      email: { label: t('own.email'), hint: own.mail ? t('own.emailHint') : t('own.noServer') }, digest: { label: t('own.digest'), hint: t('own.digestHint') }, quietFrom: { label: t('own.from') }, quietTo: { label: t('own.to') },
      language: { label: t('own.language') }, topics: { label: t('own.topics') }, quiet: { label: t('own.quiet') },
    },
    check: (values): Record<string, string> => (values.quiet === true && values.quietFrom === values.quietTo ? { quietTo: t('own.sameHour') } : {}),
    send: async (values, version) => save.run(inputOf(values), { version: Number(version) }),
    onDone: () => toast({ text: t('own.saved') }),
  });
  const { values } = form;
  const topics = values.topics ?? {};
  const error = trial.error;
  return (
    <div className="card pad noticeform">
      {own.email !== null && !own.confirmed && own.refused === null && (
        <p className="notice tone-warn" role="status">
          {t(!own.mail ? 'own.unconfirmedNoServer' : own.site ? 'own.unconfirmed' : 'own.unconfirmedNoSite', { email: own.email })} {own.mail && own.site && <Button small busy={asking.running} onClick={() => asking.go({})}>{t('own.askAgain')}</Button>}
        </p>
      )}
      {asking.error !== undefined && <Problem small error={asking.error} />}
      {own.refused !== null && <p className="notice tone-bad" role="alert">{t('own.refused', { reason: sayError(t, own.refused) })}</p>}
      <Form form={form} submit={t('web:save')} columns={2} foot={own.email !== null && own.confirmed && !form.dirty ? <Button busy={trial.running} onClick={() => trial.go({})}>{t('own.test')}</Button> : undefined}>
        <Field form={form} name="email">{(p) => <TextInput {...p} type="email" placeholder="name@example.gov.cn" />}</Field>
        <Field form={form} name="language">{(p) => <ChoiceInput {...p} options={[{ value: 'zh-CN', label: t('language.zh') }, { value: 'en', label: t('language.en') }]} />}</Field>
        <FieldGroup title={t('own.topics')}>
          <div className="topicmodes">
            {TOPICS.map((topic) => (
              <div key={topic}>
                <span>{t(`notices:topic.${topic}`)}</span>
                <ChoiceInput label={t(`notices:topic.${topic}`)} value={topics[topic] ?? 'now'} onChange={(mode) => form.set('topics', { ...topics, [topic]: mode ?? 'now' })} options={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))} />
              </div>
            ))}
          </div>
        </FieldGroup>
        <Field form={form} name="digest">{(p) => <SelectInput {...p} options={timeOptions(own.digestMinute)} />}</Field>
        <Field form={form} name="quiet">{(p) => <CheckInput {...p}>{t('own.quietSay')}</CheckInput>}</Field>
        {values.quiet === true && <Field form={form} name="quietFrom">{(p) => <SelectInput {...p} options={timeOptions(own.quietFrom ?? undefined)} />}</Field>}
        {values.quiet === true && <Field form={form} name="quietTo">{(p) => <SelectInput {...p} options={timeOptions(own.quietTo ?? undefined)} />}</Field>}
      </Form>
      {error !== undefined && <Problem small error={error} />}
      {failed !== null && <p className="notice tone-bad" role="alert">{t('own.testFailed', { reason: sayError(t, failed) })}</p>}
    </div>
  );
}
