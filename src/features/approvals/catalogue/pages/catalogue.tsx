// 审批事项目录: every approval by stage with its limits, where they come from and whether they were read in the law. Found by word, department
// and track; all of it stands in the address.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { STAGES, type Item } from '../shape.ts';
import { getCatalogue } from '../contract.ts';
import { sayDepartment } from './department.ts';
import { FromTag, LimitText, type Ground } from './marks.tsx';
import { pick, placesOf, readsOf } from './words.ts';
import './catalogue.css';

const AddItem = lazy(async () => ({ default: (await import('./adding.tsx')).AddItem }));

type Row = OutputOf<typeof getCatalogue>['items'][number];

const START = { q: '', department: '', track: 'all', read: '', day: '' } as const;
type Wanted = { readonly q: string; readonly department: string; readonly track: string; readonly read: string; readonly day: string };
const KNOWN = ['verify', 'sourced', 'law', 'checked'] as const;

export function CataloguePage() {
  const t = useT('approvals');
  const { today, can } = useSession();
  const [adding, setAdding] = useState(false);
  const [wanted, set] = useUrlState<Wanted>(START);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(wanted.day) ? wanted.day : today;
  const read = useRead(getCatalogue, { day }, { keep: true });
  const { data } = read;
  if (data === undefined) return read.error === undefined ? <Loading kind="table" lines={12} /> : <Problem error={read.error} onRetry={read.again} />;
  const shown = data.items.filter((one) => fits(one.item, wanted));
  const base = can('approvals.change_catalogue') ? data.layers.find((one) => one.kind === 'base') : undefined;
  const verify = data.items.filter((one) => readsOf(one.item).includes('verify')).length;
  return (
    <>
      <PageHead
        title={t('catalogue.title')}
        small={t('catalogue.count', { count: data.items.length })}
        actions={<>{base !== undefined && <Button onClick={() => setAdding(true)}>{t('catalogue.add')}</Button>}<Button href="/approvals/layers">{t('catalogue.toLayers')}</Button></>}
      />
      <LayersLine layers={data.layers} />
      <p className="two small catalogsay">{t('catalogue.say')} <button type="button" className="linklike" onClick={() => set({ read: 'verify' })}>{t('catalogue.verifyCount', { count: verify })}</button></p>
      <Filters wanted={wanted} set={set} items={data.items} today={today} />
      {shown.length === 0 && <Empty title={t('catalogue.nothing')} hint={t('catalogue.nothingHint')}><Button onClick={() => set({ ...START, day: wanted.day })}>{t('catalogue.clear')}</Button></Empty>}
      {STAGES.map((stage) => <StageTable key={stage} stage={stage} rows={shown.filter((one) => one.item.stage === stage)} ground={data} search={wanted.day === '' ? '' : `?day=${day}`} />)}
      {adding && base !== undefined && <Suspense fallback={null}><AddItem layer={base} taken={data.items.map((one) => one.item.code)} onClose={() => setAdding(false)} /></Suspense>}
    </>
  );
}

function fits({ code, name, departments, tracks, ...item }: Item, { q, department, track, read }: Wanted): boolean {
  const words = q.trim().toLowerCase();
  if (words !== '' && !`${code} ${name.zh} ${name.en}`.toLowerCase().includes(words)) return false;
  if (department !== '' && departments.lead !== department && !departments.with.includes(department)) return false;
  if ((track === 'enterprise' || track === 'government') && tracks[track] === undefined) return false;
  return read === '' || placesOf({ code, name, departments, tracks, ...item }).some((one) => (read === 'checked' ? one.checked !== undefined : one.read === read));
}

export function LayersLine({ layers }: { readonly layers: Ground['layers'] }) {
  const t = useT('approvals');
  const lang = useLang();
  return (
    <p className="layersline">
      {layers.map((one) => (
        <span key={one.code} className={one.laid && one.inForce !== null ? 'layerchip on' : 'layerchip'}>
          {pick(one.name, lang)} <small>{one.inForce === null ? '' : one.inForce.label} {t(one.laid && one.inForce !== null ? 'catalogue.laid' : 'catalogue.notLaid')}</small>
        </span>
      ))}
    </p>
  );
}

interface FiltersProps {
  readonly wanted: Wanted;
  readonly set: (change: Partial<Wanted>) => void;
  readonly items: readonly Row[];
  readonly today: string;
}

function Filters({ wanted, set, items, today }: FiltersProps) {
  const t = useT('approvals');
  const departments = [...new Set(items.flatMap(({ item }) => [item.departments.lead, ...item.departments.with]))];
  const tracks = ['all', 'enterprise', 'government'].map((one) => ({ value: one, label: t(`catalogue.tracks.${one}`) }));
  return (
    <div className="catalogfilters noprint">
      <TextInput type="search" label={t('catalogue.search')} placeholder={t('catalogue.search')} value={wanted.q} onChange={(q) => set({ q: q ?? '' })} />
      <SelectInput label={t('catalogue.department')} placeholder={t('catalogue.anyDepartment')} clearable value={wanted.department === '' ? undefined : wanted.department} options={departments.map((one) => ({ value: one, label: sayDepartment(one, t) }))} onChange={(department) => set({ department: department ?? '' })} />
      <ChoiceInput label={t('catalogue.track')} value={wanted.track} options={tracks} onChange={(track) => set({ track: track ?? 'all' })} />
      <SelectInput label={t('catalogue.field.read')} placeholder={t('catalogue.anyRead')} clearable value={wanted.read === '' ? undefined : wanted.read} options={KNOWN.map((one) => ({ value: one, label: t(one === 'checked' ? 'catalogue.readChecked' : `catalogue.read.${one}`) }))} onChange={(read) => set({ read: read ?? '' })} />
      <span className="row onday"><span className="two">{t('catalogue.on')}</span> <DayInput label={t('catalogue.on')} today={today} value={wanted.day === '' ? today : wanted.day} onChange={(day) => set({ day: day === undefined || day === today ? '' : day })} /></span>
    </div>
  );
}

function StageTable({ stage, rows, ground, search }: { readonly stage: (typeof STAGES)[number]; readonly rows: readonly Row[]; readonly ground: Ground; readonly search: string }) {
  const t = useT('approvals');
  if (rows.length === 0) return null;
  return (
    <Section title={`${stage} ${t(`stage.${stage}`)}`} hint={t('catalogue.count', { count: rows.length })}>
      <div className="card">
        <table className="plain catalogtable">
          <thead><tr>{(['code', 'name', 'department', 'statutory', 'promised', 'marks'] as const).map((one) => <th key={one} scope="col">{t(`catalogue.col.${one}`)}</th>)}</tr></thead>
          <tbody>{rows.map((one) => <ItemRow key={one.item.code} row={one} ground={ground} search={search} />)}</tbody>
        </table>
      </div>
    </Section>
  );
}

function ItemRow({ row: { item, from }, ground, search }: { readonly row: Row; readonly ground: Ground; readonly search: string }) {
  const t = useT('approvals');
  const lang = useLang();
  const tracks = (['enterprise', 'government'] as const).filter((track) => item.tracks[track] !== undefined);
  return (
    <tr>
      <td className="two">{item.code}</td>
      <td>
        <Go href={`/approvals/catalogue/${item.code}${search}`}>{pick(item.name, lang)}</Go>
        {tracks.length === 1 && <span className="tag">{t(`catalogue.tracks.${tracks.join()}`)}</span>}
      </td>
      <td>{sayDepartment(item.departments.lead, t)}{item.departments.with.length > 0 && <span className="dim small withothers" title={item.departments.with.map((one) => sayDepartment(one, t)).join(t('list'))}>{t('catalogue.with', { count: item.departments.with.length })}</span>}</td>
      {(['statutory', 'promised'] as const).map((kind) => (
        <td key={kind} data-label={t(`catalogue.col.${kind}`)}>
          {item[kind].length === 0 ? <span className="dim">{t('catalogue.noLimit')}</span> : item[kind].map((one, i) => <LimitText key={i} limit={one} sources={ground.sources} brief />)}
          <FromTag code={from[kind]} layers={ground.layers} />
        </td>
      ))}
      <td data-label={t('catalogue.col.marks')}><Marks item={item} /><Open item={item} /></td>
    </tr>
  );
}

/** What of it is still to be verified, where the columns do not show it. */
function Open({ item }: { readonly item: Item }) {
  const t = useT('approvals');
  const fields = [...new Set(placesOf(item).filter((one) => one.read === 'verify').map((one) => one.field))];
  return fields.length === 0 ? null : <p className="small openmark">{t('catalogue.read.verify')}{t('colon')}{fields.map((field) => t(`catalogue.field.${field}`)).join(t('list'))}</p>;
}

function Marks({ item }: { readonly item: Item }) {
  const t = useT('approvals');
  const marks = [
    ...(item.simulatable === 'yes' ? ['simulated'] : item.simulatable === 'staged' ? ['staged'] : []),
    ...(item.promise === 'yes' ? ['promise'] : item.promise === 'listed' ? ['listed'] : []),
    ...(item.deferrable ? ['deferrable'] : []), ...(item.silentConsent ? ['silent'] : []), ...(item.regional === null ? [] : ['regional']),
  ].map((one) => t(`catalogue.mark.${one}`));
  const said = [...marks, ...item.gates.map((one) => t(`catalogue.gate.${one}`))];
  return said.length === 0 ? <span className="dim">—</span> : <span className="small two">{said.join(t('list'))}</span>;
}
