// One approval with everything the catalogue says of it, where each value comes from and how it came to be; changed from here, layer by layer.
import { lazy, Suspense, type ReactNode } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Popover } from '../../../../web/parts/popover.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { useGo, usePath } from '../../../../web/path.ts';
import { useSession } from '../../../../web/session.tsx';
import { TRACKS, type Track } from '../shape.ts';
import { getItem, type Field } from '../contract.ts';
import { sayDepartment } from './department.ts';
import { AfterText, ItemLink } from './after.tsx';
import { Confirming } from './confirming.tsx';
import { CheckedText, FromTag, LimitText, OutsideText, Read } from './marks.tsx';
import { VersionItem } from './version.tsx';
import { pick, sayBasis, sayRule, sayValidity, type Whole } from './words.ts';
import './catalogue.css';

const Editing = lazy(async () => ({ default: (await import('./editing.tsx')).Editing }));

export function ItemPage() {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const { code = '' } = usePath();
  const go = useGo();
  const [wanted, set] = useUrlState({ day: '', edit: '' });
  const day = /^\d{4}-\d{2}-\d{2}$/.test(wanted.day) ? wanted.day : today;
  const read = useRead(getItem, { code, day });
  const whole = read.data;
  if (whole === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const layer = can('approvals.change_catalogue') ? whole.layers.find((one) => one.layer.code === wanted.edit && one.item !== null) : undefined;
  const list = wanted.day === '' ? '/approvals/catalogue' : `/approvals/catalogue?day=${day}`;
  return (
    <>
      <PageHead
        crumbs={<Crumbs crumbs={[{ label: t('catalogue.title'), href: list }]} />}
        title={<>{whole.item.code}　{pick(whole.item.name, lang)}</>}
        small={<>{t(`stage.${whole.item.stage}`)}{day === today ? '' : `　${t('catalogue.on')} ${format.day(day)}`}</>}
        actions={can('approvals.change_catalogue') && layer === undefined ? <EditMenu whole={whole} onEdit={(edit) => set({ edit, day: '' }, { push: true })} /> : undefined}
      />
      {layer === undefined ? <View whole={whole} onAgain={read.again} /> : <Suspense fallback={<Loading />}><Editing key={layer.layer.code} whole={whole} view={layer} onDone={() => set({ edit: '' })} onDropped={() => go('/approvals/catalogue')} /></Suspense>}
    </>
  );
}

function EditMenu({ whole, onEdit }: { readonly whole: Whole; readonly onEdit: (layer: string) => void }) {
  const t = useT('approvals');
  const lang = useLang();
  return (
    <Popover label={t('catalogue.editIn')} align="end" trigger={(trigger) => <button type="button" className="btn" {...trigger}>{t('catalogue.edit')}</button>}>
      {(close) => (
        <div className="menu">
          {whole.layers.filter((one) => one.item !== null).map(({ layer }) => (
            <button key={layer.code} type="button" onClick={() => { close(); onEdit(layer.code); }}>
              {pick(layer.name, lang)} <small className="dim">{t(layer.kind === 'base' ? 'catalogue.layers.base' : layer.laid ? 'catalogue.laid' : 'catalogue.notLaid')}</small>
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}

function View({ whole, onAgain }: { readonly whole: Whole; readonly onAgain: () => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const { item } = whole;
  return (
    <div className="cols">
      <div>
        <div className="card pad"><Basics whole={whole} /></div>
        <Section title={t('catalogue.section.limits')}>
          <div className="card pad trackcols">
            {(['statutory', 'promised'] as const).map((kind) => (
              <div key={kind}>
                <h3>{t(`catalogue.field.${kind}`)} <Tag whole={whole} field={kind} /></h3>
                {item[kind].length === 0 ? <p className="dim">{t('catalogue.noLimit')}</p> : item[kind].map((one, i) => <LimitText key={i} limit={one} sources={whole.sources} />)}
              </div>
            ))}
          </div>
        </Section>
        {item.outside.length > 0 && (
          <Section title={t('catalogue.section.outside')} hint={<Tag whole={whole} field="outside" />}>
            <div className="card pad">{item.outside.map((one, i) => <OutsideText key={i} outside={one} sources={whole.sources} />)}</div>
          </Section>
        )}
        <Section title={t('catalogue.section.tracks')} hint={<Tag whole={whole} field="tracks" />}>
          <div className="card pad trackcols">{TRACKS.map((track) => <TrackView key={track} track={track} whole={whole} />)}</div>
        </Section>
        <Followers whole={whole} />
        <Section title={t('catalogue.section.materials')} hint={<Tag whole={whole} field="materials" />}>
          <div className="card pad">
            {item.materials.main.length + item.materials.secondary.length === 0 ? <p className="dim">{t('catalogue.materialsNone')}</p> : (
              <div className="trackcols">
                {(['main', 'secondary'] as const).map((kind) => <div key={kind}><h3>{t(`catalogue.${kind}`)}</h3><ul className="plainlist">{item.materials[kind].map((one, i) => <li key={i}>{lang === 'en' ? (one.en ?? one.zh) : one.zh}</li>)}</ul></div>)}
              </div>
            )}
          </div>
        </Section>
      </div>
      <aside>
        <Confirming whole={whole} onAgain={onAgain} />
        <Section title={t('catalogue.section.layers')}>
          <ul className="card versionlist">
            {whole.layers.map(({ layer, says }) => (
              <li key={layer.code}>
                <p>{pick(layer.name, lang)} <span className="tag">{t(layer.kind === 'base' ? 'catalogue.layers.base' : layer.laid ? 'catalogue.laid' : 'catalogue.notLaid')}</span></p>
                {layer.kind === 'overlay' && <p className="two small">{says.length === 0 ? t('catalogue.saysNothing') : t('catalogue.says', { fields: says.map((one) => t(`catalogue.field.${one}`)).join(t('list')) })}</p>}
              </li>
            ))}
          </ul>
        </Section>
        <Section title={t('catalogue.section.history')}>
          {whole.history.length === 0 ? <p className="dim">{t('catalogue.noHistory')}</p> : <ul className="card versionlist">{whole.history.map((one) => <VersionItem key={`${one.layer}${String(one.number)}`} version={one} layers={whole.layers.map(({ layer }) => layer)} only={item.code} />)}</ul>}
        </Section>
      </aside>
    </div>
  );
}

function Tag({ whole, field }: { readonly whole: Whole; readonly field: Field }) {
  return <FromTag code={whole.from[field]} layers={whole.layers.map(({ layer }) => layer)} />;
}

function Basics({ whole }: { readonly whole: Whole }) {
  const t = useT('approvals');
  const lang = useLang();
  const { item } = whole;
  const tagged = (field: Field, said: ReactNode): ReactNode => <>{said} <Tag whole={whole} field={field} /></>;
  const said = (list: readonly string[]): string => (list.length === 0 ? t('catalogue.none') : list.join(t('list')));
  const promise = item.promiseWhen === null ? t(`catalogue.promise.${item.promise}`) : `${t(`catalogue.promise.${item.promise}`)}${t('colon')}${sayRule(item.promiseWhen, t)}`;
  const regional = whole.regional.find((one) => one.key === item.regional);
  return (
    <Facts facts={[
      { label: t('catalogue.field.lead'), value: tagged('departments', sayDepartment(item.departments.lead, t)) },
      { label: t('catalogue.field.with'), value: said(item.departments.with.map((one) => sayDepartment(one, t))) },
      { label: t('catalogue.field.group'), value: tagged('group', item.group ?? t('catalogue.noGroup')) },
      { label: t('catalogue.field.simulatable'), value: tagged('simulatable', t(`catalogue.simulatable.${item.simulatable}`)) },
      { label: t('catalogue.field.promise'), value: tagged('promise', promise) },
      { label: t('catalogue.field.deferrable'), value: tagged('deferrable', t(item.deferrable ? 'catalogue.yes' : 'catalogue.no')) },
      { label: t('catalogue.field.silentConsent'), value: tagged('silentConsent', t(item.silentConsent ? 'catalogue.yes' : 'catalogue.no')) },
      { label: t('catalogue.field.regional'), value: tagged('regional', regional === undefined ? t('catalogue.noRegional') : pick(regional.name, lang)) },
      { label: t('catalogue.field.validity'), value: tagged('validity', item.validity === null ? t('catalogue.validityNone') : <>{sayValidity(item.validity, t)}{t('comma')}{t(`catalogue.then.${item.validity.then}`)} <Read read={item.validity.basis.read} /> <span className="dim small">{sayBasis(item.validity.basis, whole.sources, t, lang)}</span></>) },
      { label: t('catalogue.field.quota'), value: tagged('quota', item.quota === null ? t('catalogue.noQuota') : t(`catalogue.quota.${item.quota}`)) },
      { label: t('catalogue.field.gates'), value: said(item.gates.map((one) => t(`catalogue.gate.${one}`))), wide: true },
      ...(item.note === null ? [] : [{ label: t('catalogue.field.note'), value: tagged('note', pick(item.note, lang)), wide: true }]),
    ]} />
  );
}

function TrackView({ track, whole }: { readonly track: Track; readonly whole: Whole }) {
  const t = useT('approvals');
  const lang = useLang();
  const use = whole.item.tracks[track];
  return (
    <div>
      <h3>{t(`catalogue.tracks.${track}`)}</h3>
      {use === undefined ? <p className="dim">{t('catalogue.notOnTrack')}</p> : (
        <>
          <p><span className="two">{t('catalogue.need')}{t('colon')}</span>{sayRule(use.need, t)} <Read read={use.needRead} /></p>
          {use.needBasis !== undefined && <p className="dim small">{sayBasis(use.needBasis, whole.sources, t, lang)}</p>}
          <CheckedText checked={use.needBasis?.checked} />
          <p className="two">{t('catalogue.afterTitle')}{t('colon')}{use.after.length === 0 ? t('catalogue.afterNone') : ''}</p>
          <ul className="afterlist">{use.after.map((one, i) => <li key={i}><AfterText after={one} names={whole.names} /></li>)}</ul>
        </>
      )}
    </div>
  );
}

function Followers({ whole }: { readonly whole: Whole }) {
  const t = useT('approvals');
  if (whole.followers.length === 0) return null;
  return (
    <Section title={t('catalogue.section.followers')} hint={t('catalogue.count', { count: whole.followers.length })}>
      <ul className="card pad plainlist">
        {whole.followers.map((one) => <li key={one.code}><ItemLink code={one.code} names={whole.names} />{one.tracks.length === 1 && <span className="tag">{t(`catalogue.tracks.${one.tracks.join()}`)}</span>}</li>)}
      </ul>
    </Section>
  );
}
