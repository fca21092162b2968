// The definitions 口径: what each rate counts, since when; whoever keeps the rules makes a new version from a day on. What was published stays.
import { useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { keepDefinition, listDefinitions } from '../contract.ts';
import { CONDITIONS } from '../definitions.ts';

type Item = OutputOf<typeof listDefinitions>['items'][number];

export function DefinitionsDialog({ mayEdit, onClose }: { readonly mayEdit: boolean; readonly onClose: () => void }) {
  const t = useT('rates');
  const read = useRead(listDefinitions, {});
  const [editing, setEditing] = useState<Item | undefined>(undefined);
  if (editing !== undefined) return <Edit item={editing} last={Math.max(...(read.data?.items ?? []).filter((one) => one.code === editing.code).map((one) => one.version))} onClose={() => setEditing(undefined)} onDone={() => (setEditing(undefined), read.again())} />;
  return (
    <Dialog open onClose={onClose} size="large" title={t('definitions')} foot={<Button onClick={onClose}>{t('web:close')}</Button>}>
      {read.error !== undefined && <Problem small error={read.error} onRetry={read.again} />}
      {read.data === undefined && read.error === undefined && <Loading lines={6} />}
      <ul className="rateversions">
        {(read.data?.items ?? []).map((one) => <Version key={`${one.code}${one.version}`} one={one} {...(mayEdit && one.current && one.form === 'share' ? { onEdit: () => setEditing(one) } : {})} />)}
      </ul>
    </Dialog>
  );
}

function Version({ one, onEdit }: { readonly one: Item; readonly onEdit?: () => void }) {
  const t = useT('rates');
  const format = useFormat();
  const en = useLang() === 'en';
  const list = (names: readonly string[]): string => (names.length === 0 ? t('condition.everything') : names.map((name) => t(`condition.${name}`)).join(t('full.comma')));
  return (
    <li>
      <div className="row"><b>{en ? one.en : one.zh}</b><span className="tag">{t('version', { count: one.version })}</span>{!one.current && <span className="tag">{one.fromDay === null ? t('former') : t('fromDay', { day: format.day(one.fromDay) })}</span>}{onEdit !== undefined && <Button small onClick={onEdit}>{t('edit.act')}</Button>}</div>
      <p>{en ? one.sayEn : one.sayZh}</p>
      <p className="two small">{t('edit.base')}: {list(one.base)}</p>
      <p className="two small">{t('edit.hit')}: {list(one.hit)}</p>
      {one.byName !== null && <p className="two small">{t('keptBy', { name: one.byName, reason: one.reason ?? '' })}</p>}
    </li>
  );
}

function Edit({ item, last, onClose, onDone }: { readonly item: Item; readonly last: number; readonly onClose: () => void; readonly onDone: () => void }) {
  const t = useT('rates');
  const { today } = useSession();
  const [base, setBase] = useState<readonly string[]>(item.base);
  const [hit, setHit] = useState<readonly string[]>(item.hit);
  const [sayZh, setSayZh] = useState<string | undefined>(item.sayZh);
  const [sayEn, setSayEn] = useState<string | undefined>(item.sayEn);
  const [fromDay, setFromDay] = useState<string | undefined>(today);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const send = useRun(keepDefinition, { onDone, touches: ['problems.'] });
  const options = CONDITIONS.filter((name) => !name.startsWith('tier_')).map((value) => ({ value, label: t(`condition.${value}`) }));
  const known = (names: readonly string[]) => CONDITIONS.filter((name) => names.includes(name));
  const submit = (): void => {
    if (sayZh === undefined || sayEn === undefined || fromDay === undefined || reason === undefined) return;
    const { zh, en, form, beside, apart } = item;
    send.go({ code: item.code, fromDay, reason, body: { zh, en, form, beside, apart, sayZh, sayEn, base: known(base), hit: known(hit) } }, { version: last });
  };
  return (
    <Dialog open onClose={onClose} size="large" title={t('edit.title', { name: t(`figure.${item.code}`) })} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={send.running} disabled={reason === undefined || fromDay === undefined} onClick={submit}>{t('edit.save')}</Button></>}>
      <div className="fields of1">
        <div className="field"><span>{t('edit.base')}</span><ChoicesInput id="base" label={t('edit.base')} value={base} onChange={(names) => setBase(names ?? [])} options={options} /></div>
        <div className="field"><span>{t('edit.hit')}</span><ChoicesInput id="hit" label={t('edit.hit')} value={hit} onChange={(names) => setHit(names ?? [])} options={options} /></div>
        <div className="field"><label htmlFor="sayZh">{t('edit.sayZh')}</label><TextArea id="sayZh" rows={2} maxLength={500} value={sayZh} onChange={setSayZh} /></div>
        <div className="field"><label htmlFor="sayEn">{t('edit.sayEn')}</label><TextArea id="sayEn" rows={2} maxLength={500} value={sayEn} onChange={setSayEn} /></div>
        <div className="field"><label htmlFor="fromDay">{t('edit.from')}</label><DayInput id="fromDay" today={today} min={today} value={fromDay} onChange={setFromDay} /></div>
        <div className="field"><label htmlFor="why">{t('edit.reason')}</label><TextInput id="why" maxLength={500} value={reason} onChange={setReason} /></div>
        {send.error !== undefined && <Problem small error={send.error} />}
      </div>
    </Dialog>
  );
}
