// 难题办理率 in short, beside the list of the first page: each rate with its numerator and denominator, which open the very problems. Shows nothing where there are none.
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Tip } from '../../../../web/parts/tip.tsx';
import { getRatesTotal, type Figure } from '../contract.ts';
import { hrefOf } from './say.ts';
import './rates.css';

const SHOWN = ['resolution', 'satisfaction', 'on_time'] as const;
const LINES = 6;
/** Everything, as it is now: as the page of rates begins. */
const LOOKED = {};

export function RatesBeside() {
  const t = useT('rates');
  const lang = useLang();
  const { data, error } = useRead(getRatesTotal, {}, { calm: true });
  if (data === undefined) return error === undefined ? <Loading lines={LINES} /> : null;
  if (data.total.all === 0) return null;
  const over = data.total.figures.find((one) => one.code === 'resolution')?.beside.find((one) => one.code === 'overdue');
  return (
    <Section title={t('title')} actions={<Go href="/problems/rates" className="small">{t('open')}</Go>}>
      <ul className="card pad ratesbeside">
        {SHOWN.map((code) => {
          const [figure, definition] = [data.total.figures.find((one) => one.code === code), data.definitions.find((one) => one.code === code)];
          return figure === undefined || definition === undefined ? null : <Rate key={code} figure={figure} word={lang === 'en' ? definition.en : definition.zh} say={lang === 'en' ? definition.sayEn : definition.sayZh} />;
        })}
        {over !== undefined && over.hit > 0 && <li><span>{t('beside.overdue')}</span><Go className="tone-bad" href={hrefOf('resolution', 'beside.overdue', LOOKED)}>{t('count', { count: over.hit })}</Go></li>}
      </ul>
    </Section>
  );
}

function Rate({ figure: { code, hit, base, bp, beside }, word, say }: { readonly figure: Figure; readonly word: string; readonly say: string }) {
  const t = useT('rates');
  const format = useFormat();
  const response = beside.find((one) => one.code === 'response');
  return (
    <li>
      <span><Tip text={say}>{word}</Tip></span>
      <span className="num"><b>{bp === null ? '—' : format.percentBp(bp)}</b> <Go href={hrefOf(code, 'hit', LOOKED)}>{format.count(hit)}</Go> / <Go href={hrefOf(code, 'base', LOOKED)}>{format.count(base)}</Go></span>
      {response !== undefined && <small className="two">{t('beside.response')} {format.count(response.hit)} / {format.count(response.base)}</small>}
    </li>
  );
}
