// The tree of organisations: who is below whom, what each answers for, how many people it has; edited beside the tree.
import { useState } from 'react';
import Type from 'typebox';
import { useReadPages, useRun } from '../../../web/client.ts';
import { useUrlState } from '../../../web/address.ts';
import { Field, Form } from '../../../web/form/form.tsx';
import { useForm } from '../../../web/form/state.ts';
import { useFormat } from '../../../web/format.ts';
import { useLang, useT, type Lang } from '../../../web/i18n.ts';
import { newId } from '../../../web/ids.ts';
import { CheckInput } from '../../../web/inputs/choice.tsx';
import { OrgPicker } from '../../../web/inputs/people.tsx';
import { SelectInput } from '../../../web/inputs/select.tsx';
import { TextInput } from '../../../web/inputs/text.tsx';
import { Button } from '../../../web/parts/button.tsx';
import { confirm } from '../../../web/parts/confirm.tsx';
import { Drawer } from '../../../web/parts/dialog.tsx';
import { Empty } from '../../../web/parts/empty.tsx';
import { Go } from '../../../web/parts/go.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { PageHead } from '../../../web/parts/page.tsx';
import { Pager } from '../../../web/parts/pager.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Scroll } from '../../../web/parts/scroll.tsx';
import { Tabs } from '../../../web/parts/tabs.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import { useSession } from '../../../web/session.tsx';
import type { OutputOf } from '../../../kernel/contract.ts';
import { ORG_KINDS, words, type OrgKind } from '../fields.ts';
import { closeOrganisation, createOrganisation, editOrganisation, listOrganisations, reopenOrganisation } from '../organisations/contract.ts';
import { useDebounced } from './wait.ts';
import './people.css';

type Organisation = OutputOf<typeof listOrganisations>['items'][number];
const BELOW = ORG_KINDS.filter((kind) => kind !== 'zone');
const PAGE = 300;

export function OrganisationsPage() {
  const t = useT('people');
  const format = useFormat();
  const lang = useLang();
  const { can } = useSession();
  const [state, set] = useUrlState({ kind: 'all', q: undefined as string | undefined, closed: false });
  const q = useDebounced(state.q);
  const [open, setOpen] = useState<{ readonly one: Organisation | undefined } | undefined>(undefined);
  const kind = ORG_KINDS.find((one) => one === state.kind);
  const filter = { ...(q === undefined ? {} : { q }), ...(state.closed ? { closed: true } : {}) };
  const list = useReadPages(listOrganisations, { ...filter, ...(kind === undefined ? {} : { kinds: [kind] }), limit: PAGE });
  const counts = list.first?.kinds ?? [];
  const all = counts.reduce((sum, one) => sum + one.count, 0);
  const manage = can('people.manage');
  const searching = q !== undefined;
  return (
    <>
      <PageHead title={t('organisations.title')} {...(list.first === undefined ? {} : { small: t('organisations.count', { count: format.count(all) }) })}
        actions={manage && <Button kind="main" onClick={() => setOpen({ one: undefined })}>{t('organisations.new')}</Button>} />
      <div className="kindtabs">
        <Tabs label={t('organisations.kind')} here={kind ?? 'all'} onGo={(id) => set({ kind: id })}
          tabs={[{ id: 'all', label: t('organisations.all'), count: all }, ...counts.filter((one) => one.kind !== 'zone').map((one) => ({ id: one.kind, label: t(`kind.${one.kind}`), count: one.count }))]} />
      </div>
      <div className="peoplefind">
        <TextInput type="search" label={t('organisations.find')} placeholder={t('organisations.find')} value={state.q} onChange={(value) => set({ q: value })} />
        <CheckInput value={state.closed} onChange={(value) => set({ closed: value ?? false })}>{t('organisations.showClosed')}</CheckInput>
      </div>
      {list.error !== undefined && <Problem error={list.error} onRetry={list.again} />}
      {list.loading && <Loading kind="table" lines={10} />}
      {!list.loading && list.error === undefined && list.items.length === 0 && (
        <div className="card"><Empty title={t(searching ? 'organisations.noneFound' : 'organisations.none')} hint={t('organisations.noneHint')} /></div>
      )}
      {list.items.length > 0 && (
        <Scroll label={t('organisations.title')}>
          <table className="plain orgtree">
            <thead><tr><th>{t('field.name')}</th><th>{t('field.kind')}</th><th>{t('field.duties')}</th><th>{t('field.code')}</th><th className="num">{t('field.people')}</th></tr></thead>
            <tbody>
              {list.items.map((one) => (
                <tr key={one.id} className={one.active ? undefined : 'closed'}>
                  <td className="orgname">
                    <div className="orgline" style={{ paddingLeft: kind === undefined && !searching ? one.depth * 20 : 0 }}>
                      {manage ? <Button kind="quiet" onClick={() => setOpen({ one })}>{nameIn(lang, one)}</Button> : <span>{nameIn(lang, one)}</span>}
                      <span className="dim small">{lang === 'en' && one.nameEn !== null ? one.name : one.shortName}</span>
                      {!one.active && <span className="tag">{t('organisations.closed')}</span>}
                    </div>
                  </td>
                  <td className="two">{t(`kind.${one.kind}`)}</td>
                  <td>{one.duties.map((duty) => <span key={duty} className="tag">{t(`duty.${duty}`)}</span>)}</td>
                  <td className="two">{one.code}</td>
                  <td className="num">{one.users > 0 ? <Go href={`/admin/users?orgId=${one.id}`}>{t('organisations.people', { count: one.users })}</Go> : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {list.items.length > 0 && list.first !== undefined && list.first.total > PAGE && <Pager shown={list.items.length} total={list.first.total} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />}
      {open !== undefined && <OrganisationDrawer key={open.one?.id ?? 'new'} one={open.one} onClose={() => setOpen(undefined)} />}
    </>
  );
}

const Values = Type.Object({
  parentId: Type.String(), kind: words(BELOW), name: Type.String({ minLength: 1, maxLength: 200 }), shortName: Type.Optional(Type.String({ maxLength: 60 })),
  nameEn: Type.Optional(Type.String({ maxLength: 200 })), code: Type.Optional(Type.String({ maxLength: 60 })),
});
function OrganisationDrawer({ one, onClose }: { readonly one: Organisation | undefined; readonly onClose: () => void }) {
  const t = useT('people');
  const create = useRun(createOrganisation, { touches: ['people.'] });
  const edit = useRun(editOrganisation, { touches: ['people.'] });
  const done = (): void => {
    toast({ text: t('saved') });
    onClose();
  };
  const close = useRun(closeOrganisation, { touches: ['people.'], onDone: done });
  const reopen = useRun(reopenOrganisation, { touches: ['people.'], onDone: done });
  const isZone = one?.kind === 'zone';
  const [id] = useState(newId);
  const optional = (text: string | undefined): string | null => text ?? null;
  const form = useForm({
    id: one === undefined ? 'people.create_organisation' : undefined,
    schema: Values,
    start: one === undefined ? {} : {
      // The zone has neither parent nor another kind: its form does not ask and its save does not send them.
      parentId: one.parentId ?? '', kind: one.kind === 'zone' ? 'other' : one.kind, name: one.name, ...(one.shortName === null ? {} : { shortName: one.shortName }),
      ...(one.nameEn === null ? {} : { nameEn: one.nameEn }), ...(one.code === null ? {} : { code: one.code }),
    },
    version: one?.version,
    words: {
      parentId: { label: t('field.parent') }, kind: { label: t('field.kind'), show: (value) => t(`kind.${String(value)}`) }, name: { label: t('field.name') },
      shortName: { label: t('field.shortName'), hint: t('hint.shortName') }, nameEn: { label: t('field.nameEn') }, code: { label: t('field.code'), hint: t('hint.code') },
    },
    send: async (values, version) => {
      const texts = { name: values.name, shortName: optional(values.shortName), nameEn: optional(values.nameEn), code: optional(values.code) };
      const { parentId, kind } = values;
      if (one === undefined) return create.run({ id, parentId, kind, ...texts });
      return edit.run({ id: one.id, ...texts, ...(isZone ? {} : { parentId, kind }) }, version === undefined ? {} : { version });
    },
    onDone: done,
  });
  const ask = async (organisation: Organisation): Promise<void> => {
    const answer = await confirm({ title: t('organisations.closeTitle', { name: organisation.name }), text: t('organisations.closeSay'), act: t('organisations.close'), danger: true });
    if (answer !== undefined) close.go({ id: organisation.id }, { version: organisation.version });
  };
  return (
    <Drawer open onClose={onClose} title={one?.name ?? t('organisations.new')}>
      <Form form={form} submit={t('web:save')} onCancel={onClose} foot={one === undefined || isZone ? undefined : one.active
        ? <Button kind="quiet" busy={close.running} onClick={() => void ask(one)}>{t('organisations.close')}</Button>
        : <Button kind="quiet" busy={reopen.running} onClick={() => reopen.go({ id: one.id }, { version: one.version })}>{t('organisations.reopen')}</Button>}>
        <Field form={form} name="name">{(p) => <TextInput {...p} />}</Field>
        {!isZone && <Field form={form} name="kind">{(p) => <SelectInput {...p} onChange={(value) => p.onChange(kindOf(value))} options={BELOW.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} />}</Field>}
        {!isZone && <Field form={form} name="parentId">{(p) => <OrgPicker {...p} clearable={false} />}</Field>}
        <Field form={form} name="shortName">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="nameEn">{(p) => <TextInput {...p} />}</Field>
        <Field form={form} name="code">{(p) => <TextInput {...p} />}</Field>
      </Form>
      {one !== undefined && one.children > 0 && <p className="two small">{t('organisations.moveSay', { count: one.children })}</p>}
      {close.error !== undefined && <Problem small error={close.error} />}
      {reopen.error !== undefined && <Problem small error={reopen.error} />}
    </Drawer>
  );
}

function nameIn(lang: Lang, one: Pick<Organisation, 'name' | 'nameEn'>): string {
  return lang === 'en' ? (one.nameEn ?? one.name) : one.name;
}

function kindOf(value: string | undefined): Exclude<OrgKind, 'zone'> | undefined {
  return BELOW.find((kind) => kind === value);
}
