// The rates at a glance: each with its numerator and denominator, what stands beside it and what was left out, and the tiers that settled.
import type { ReactNode } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Bars } from '../../../../web/parts/bars.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Tip } from '../../../../web/parts/tip.tsx';
import type { Defined, Figure, Line } from '../contract.ts';
import { FEW, hrefOf, timeSay, type Looked } from './say.ts';

interface Props { readonly line: Line; readonly definitions: readonly Defined[]; readonly looked: Looked }

export function Tiles({ line, definitions, looked }: Props) {
  return (
    <div className="ratetiles">
      {definitions.map((one) => {
        const figure = line.figures.find((each) => each.code === one.code);
        return figure === undefined ? null : <Tile key={one.code} figure={figure} definition={one} looked={looked} />;
      })}
    </div>
  );
}

function Tile({ figure, definition, looked }: { readonly figure: Figure; readonly definition: Defined; readonly looked: Looked }) {
  const t = useT('rates');
  const lang = useLang();
  const word = lang === 'en' ? definition.en : definition.zh;
  const say = lang === 'en' ? definition.sayEn : definition.sayZh;
  return (
    <section className={`card pad ratetile of-${definition.form}`}>
      <h2><Tip text={`${say} ${t('version', { count: definition.version })}`}>{word}</Tip></h2>
      {definition.form === 'share' && <Share figure={figure} looked={looked} />}
      {definition.form === 'time' && <Time figure={figure} looked={looked} />}
      {definition.form === 'spread' && <Spread figure={figure} looked={looked} />}
    </section>
  );
}

function Share({ figure, looked }: { readonly figure: Figure; readonly looked: Looked }) {
  const t = useT('rates');
  const format = useFormat();
  const { code, hit, base, bp } = figure;
  return (
    <>
      <p className="ratenumber"><b>{bp === null ? '—' : format.percentBp(bp)}</b></p>
      <p className="rateraw"><Number href={hrefOf(code, 'hit', looked)}>{format.count(hit)}</Number> / <Number href={hrefOf(code, 'base', looked)}>{format.count(base)}</Number>{base > 0 && base < FEW && <span className="tag">{t('few', { count: base })}</span>}</p>
      <Beside figure={figure} looked={looked} />
    </>
  );
}

function Beside({ figure, looked }: { readonly figure: Figure; readonly looked: Looked }) {
  const t = useT('rates');
  const format = useFormat();
  const lines = [
    ...figure.beside.map((one) => ({ id: one.code, word: t(`beside.${one.code}`), count: one.hit, of: one.base === figure.base ? undefined : `/ ${format.count(one.base)}${one.bp === null ? '' : ` · ${format.percentBp(one.bp)}`}`, href: hrefOf(figure.code, `beside.${one.code}`, looked) })),
    ...figure.apart.map((one) => ({ id: `apart-${one.code}`, word: t(`apart.${one.code}`), count: one.hit, of: undefined, href: hrefOf(figure.code, `apart.${one.code}`, looked) })),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className="ratebeside">
      {lines.map((one) => <li key={one.id}><span>{one.word}</span><span className="num">{one.count === 0 ? '0' : <Number href={one.href}>{format.count(one.count)}</Number>} {one.of}</span></li>)}
    </ul>
  );
}

function Time({ figure, looked }: { readonly figure: Figure; readonly looked: Looked }) {
  const t = useT('rates');
  const format = useFormat();
  return (
    <>
      <p className="ratenumber"><b>{timeSay(t, format, figure.p50)}</b><span className="two">{t('time.p50')}</span></p>
      <p className="rateraw">{t('time.p90', { time: timeSay(t, format, figure.p90) })}</p>
      <ul className="ratebeside">
        <li><span>{t('time.plain')}</span><span className="num">{timeSay(t, format, figure.p50Plain)} / {timeSay(t, format, figure.p90Plain)}</span></li>
        <li><span>{t('time.of')}</span><span className="num"><Number href={hrefOf(figure.code, 'base', looked)}>{format.count(figure.base)}</Number></span></li>
        {figure.beside.map((one) => <li key={one.code}><span>{t(`beside.${one.code}`)}</span><span className="num">{one.hit === 0 ? '0' : <Number href={hrefOf(figure.code, `beside.${one.code}`, looked)}>{format.count(one.hit)}</Number>}</span></li>)}
      </ul>
    </>
  );
}

function Spread({ figure, looked }: { readonly figure: Figure; readonly looked: Looked }) {
  const t = useT('rates');
  const format = useFormat();
  return (
    <>
      <Bars lines={figure.beside.map((one) => ({ id: one.code, label: t(`tier.${one.code.slice(-1)}`), share: figure.base === 0 ? 0 : one.hit / figure.base, text: `${format.count(one.hit)}${one.bp === null ? '' : ` · ${format.percentBp(one.bp)}`}`, href: hrefOf(figure.code, `beside.${one.code}`, looked) }))} />
      <p className="two small">{t('tiersSum', { count: figure.base })}</p>
    </>
  );
}

function Number({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return <Go href={href}>{children}</Go>;
}
