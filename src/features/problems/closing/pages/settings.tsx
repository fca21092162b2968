// 销号与回访 for the office: how long a problem may be opened again, by when a call-back is due, whether figures are public; and beside them what each clock policy
// says of the time to confirm and of the share that is called back. Those are changed where the policy is.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { listPolicies, type PolicyRow } from '../../clocks/contract.ts';
import { sayLimit } from '../../clocks/pages/limits.tsx';
import { getSettings, setSettings, Settings } from '../contract.ts';

export function ClosingSettingsPage() {
  const t = useT('closing');
  const settings = useRead(getSettings, {});
  const policies = useRead(listPolicies, {});
  const error = settings.error ?? policies.error;
  if (settings.data === undefined || policies.data === undefined) {
    return error === undefined ? <Loading kind="record" /> : <Problem error={error} onRetry={() => { settings.again(); policies.again(); }} />;
  }
  return (
    <>
      <PageHead title={t('settings.title')} />
      <Section title={t('settings.zone')} hint={t('settings.zoneSay')}><div className="card pad"><ZoneForm key={settings.data.version} settings={settings.data} /></div></Section>
      <Section title={t('settings.policies')} hint={t('settings.policiesSay')}><Policies items={policies.data.items} /></Section>
    </>
  );
}

function ZoneForm({ settings: { version, ...start } }: { readonly settings: OutputOf<typeof getSettings> }) {
  const t = useT('closing');
  const run = useRun(setSettings, { touches: ['problems.'] });
  const form = useForm({
    id: 'problems.closing', schema: Settings, start, version,
    words: { reopenDays: { label: t('settings.reopenDays'), hint: t('settings.reopenSay') }, callbackDays: { label: t('settings.callbackDays'), hint: t('settings.callbackSay') }, publicFigures: { label: t('settings.public') } },
    send: async (values, of) => run.run(values, of === undefined ? {} : { version: of }),
    onDone: () => toast({ text: t('settings.saved') }),
  });
  return (
    <Form form={form} submit={t('web:save')} columns={2}>
      <Field form={form} name="reopenDays">{(p) => <NumberInput {...p} digits={0} unit={t('settings.days')} />}</Field>
      <Field form={form} name="callbackDays">{(p) => <NumberInput {...p} digits={0} unit={t('settings.workdays')} />}</Field>
      <Field form={form} name="publicFigures" wide>{(p) => <CheckInput {...p}>{t('settings.publicSay')}</CheckInput>}</Field>
    </Form>
  );
}

/** Those by which something is counted: new problems, or open ones. */
function Policies({ items }: { readonly items: readonly PolicyRow[] }) {
  const t = useT('closing');
  const say = useT('policies');
  const lang = useLang();
  const format = useFormat();
  return (
    <Scroll label={t('settings.policies')}>
      <table className="plain">
        <thead><tr><th>{t('settings.policy')}</th><th className="num">{t('settings.confirm')}</th><th className="num">{t('settings.sample')}</th><th className="num">{t('settings.open')}</th></tr></thead>
        <tbody>
          {items.filter((one) => one.current || one.kinds.length > 0 || one.open > 0).map((one) => (
            <tr key={one.code}><td><Go href={`/admin/problem-clocks/${one.code}`}>{lang === 'en' ? one.en : one.zh}</Go></td><td className="num">{sayLimit(one.confirm, say)}</td><td className="num">{format.percentBp(one.sampleBp)}</td><td className="num">{format.count(one.open)}</td></tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
