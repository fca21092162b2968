// The sign-in page. Never tells whether a name exists; in the demonstration zone one press signs in as a role.
import { useState } from 'react';
import Type from 'typebox';
import { queries, useRead, useRun } from '../client.ts';
import { Field, Form } from '../form/form.tsx';
import { useForm } from '../form/state.ts';
import type { OutputOf } from '../../kernel/contract.ts';
import { safeBack } from '../gone.ts';
import { useT } from '../i18n.ts';
import { OptionList } from '../inputs/select.tsx';
import { TextInput } from '../inputs/text.tsx';
import { demoSignIn, listDemoSignIns, signIn } from '../../features/people/signin/contract.ts';
import { Go } from '../parts/go.tsx';
import { Loading } from '../parts/loading.tsx';
import { Popover } from '../parts/popover.tsx';
import { Problem } from '../parts/problem.tsx';
import { useGo } from '../router.tsx';
import { EntryPage } from './entry.tsx';

const Entry = Type.Object({ login: Type.String({ minLength: 1, maxLength: 100 }), password: Type.String({ minLength: 1, maxLength: 200 }) });

export function SignInPage() {
  const t = useT('web');
  const go = useGo();
  const enter = useRun(signIn, { touches: [] });
  const demo = useRead(listDemoSignIns, {});
  const proceed = (mustChange: boolean): void => {
    // Another person's answers must not stay in the cache.
    queries.clear();
    go(mustChange ? '/password' : safeBack(new URLSearchParams(window.location.search).get('back')), { replace: true });
  };
  const form = useForm({
    id: undefined,
    schema: Entry,
    start: {},
    words: { login: { label: t('account.login') }, password: { label: t('account.password') } },
    send: async (values) => enter.run(values),
    onDone: (output) => proceed(output.mustChangePassword),
  });
  const people = demo.data?.items ?? [];
  return (
    <EntryPage title={t('account.signIn')} say={t('account.say')} both={people.length > 0} beside={demo.loading ? <Loading lines={4} /> : people.length > 0 && <DemoPeople people={people} onIn={proceed} />}>
      <Form form={form} submit={t('account.signIn')}>
        <Field form={form} name="login" hint={undefined}>{(p) => <TextInput {...p} autoComplete="username" autoFocus />}</Field>
        <Field form={form} name="password">{(p) => <TextInput {...p} type="password" autoComplete="current-password" />}</Field>
      </Form>
      <p className="dim small">{t('account.forgotten')}</p>
      <p className="small"><Go href="/service/public">{t('account.counter')}</Go> · <Go href="/service/complain">{t('account.complain')}</Go></p>
    </EntryPage>
  );
}

/** One press for each role of the demonstration zone. */
function DemoPeople({ people, onIn }: { readonly people: readonly Person[]; readonly onIn: (mustChange: boolean) => void }) {
  const t = useT('web');
  const [as, setAs] = useState<string | undefined>(undefined);
  const enterAs = useRun(demoSignIn, { touches: [] });
  const enter = (userId: string): void => {
    setAs(userId);
    enterAs.run({ userId }).then(() => onIn(false), () => undefined);
  };
  return (
    <section className="entrydemo" aria-labelledby="demo">
      <h2 id="demo">{t('account.demo')}</h2>
      <p className="two small">{t('account.demoSay')}</p>
      {enterAs.error !== undefined && <Problem small error={enterAs.error} />}
      <ul>
        {byRole(people).map(({ first, rest }) => (
          <li key={first.userId}>
            <button type="button" disabled={enterAs.running} aria-busy={as === first.userId && enterAs.running} onClick={() => enter(first.userId)}>
              <b>{first.roleName}</b>
              <span>{first.name} · {first.orgName}</span>
            </button>
            {rest.length > 0 && (
              <Popover label={t('account.others', { count: rest.length })} align="end" width={280} trigger={(trigger) => <button type="button" className="entryothers" aria-label={`${first.roleName}: ${t('account.others', { count: rest.length })}`} {...trigger}>+{rest.length}</button>}>
                {() => <OptionList options={rest.map((person) => ({ value: person.userId, label: person.name, hint: person.orgName }))} chosen={[]} onChoose={enter} />}
              </Popover>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Person = OutputOf<typeof listDemoSignIns>['items'][number];

/** One press for each role; the others of the role behind a number. */
function byRole(people: readonly Person[]): readonly { readonly first: Person; readonly rest: readonly Person[] }[] {
  const roles = new Map<string, Person[]>();
  for (const person of people) roles.set(person.role, [...(roles.get(person.role) ?? []), person]);
  return [...roles.values()].flatMap(([first, ...rest]) => (first === undefined ? [] : [{ first, rest }]));
}
