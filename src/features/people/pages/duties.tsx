// The department map: for each duty the one body that answers for it. Approvals, problems and clocks are sent by it.
import { useState } from 'react';
import { useRead, useRun } from '../../../web/client.ts';
import { useT } from '../../../web/i18n.ts';
import { OrgPicker } from '../../../web/inputs/people.tsx';
import { Button } from '../../../web/parts/button.tsx';
import { Loading } from '../../../web/parts/loading.tsx';
import { PageHead } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Scroll } from '../../../web/parts/scroll.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import { useSession } from '../../../web/session.tsx';
import type { OutputOf } from '../../../kernel/contract.ts';
import { editDepartmentMap, getDepartmentMap } from '../duties/contract.ts';
import './people.css';

type DepartmentMap = OutputOf<typeof getDepartmentMap>;

export function DutiesPage() {
  const read = useRead(getDepartmentMap, {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={12} /> : <Problem error={read.error} onRetry={read.again} />;
  return <Duties key={read.data.version} map={read.data} onStale={read.again} />;
}

function Duties({ map, onStale }: { readonly map: DepartmentMap; readonly onStale: () => void }) {
  const t = useT('people');
  const { can } = useSession();
  const manage = can('people.manage');
  const [draft, setDraft] = useState<Readonly<Record<string, { readonly id: string | null; readonly name: string | undefined }>>>({});
  const save = useRun(editDepartmentMap, { touches: ['people.'], onDone: () => toast({ text: t('saved') }) });
  const changed = Object.entries(draft);
  const open = map.items.filter((item) => item.organisationId === null).length;
  return (
    <>
      <PageHead title={t('duties.title')} small={open === 0 ? t('duties.allGiven') : t('duties.open', { count: open })} actions={manage && changed.length > 0 && (
        <>
          <Button onClick={() => setDraft({})}>{t('duties.discard')}</Button>
          <Button kind="main" busy={save.running} onClick={() => save.go({ items: changed.map(([duty, one]) => ({ duty, organisationId: one.id })) }, { version: map.version })}>{t('duties.save', { count: changed.length })}</Button>
        </>
      )} />
      <p className="pagesay">{t('duties.say')}</p>
      {save.error !== undefined && <Problem small error={save.error} {...(save.error.status === 412 ? { onRetry: onStale } : {})} />}
      <Scroll label={t('duties.title')}>
        <table className="plain dutytable">
          <thead><tr><th>{t('duties.duty')}</th><th>{t('duties.body')}</th></tr></thead>
          <tbody>
            {map.items.map((item) => {
              const mine = draft[item.duty];
              const id = mine === undefined ? item.organisationId : mine.id;
              const name = mine === undefined ? item.organisationName : mine.name;
              return (
                <tr key={item.duty}>
                  <td>{t(`duty.${item.duty}`)}</td>
                  <td>
                    {manage ? (
                      <div className="dutypick">
                        <OrgPicker value={id ?? undefined} shown={name ?? ''} kinds={['zone', 'department', 'town', 'park', 'other']} label={t('duties.pick', { duty: t(`duty.${item.duty}`), name: name ?? t('duties.nobody') })} placeholder={t('duties.nobody')} onChange={(value) => setDraft((all) => ({ ...all, [item.duty]: { id: value ?? null, name: all[item.duty]?.name } }))} onOption={(option) => setDraft((all) => ({ ...all, [item.duty]: { id: option?.value ?? null, name: option?.label } }))} />
                      </div>
                    ) : (name ?? <span className="dim">{t('duties.nobody')}</span>)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
