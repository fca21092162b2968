// What 100 % would need: the problems that stand between the rate and 100 %, by why, with the first of them.
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { listProblems } from '../../pool/contract.ts';
import type { Line } from '../contract.ts';
import { FEW, hrefOf, type Looked } from './say.ts';

const SHOWN = 8;

export function Missing({ line, looked }: { readonly line: Line; readonly looked: Looked }) {
  const t = useT('rates');
  const format = useFormat();
  const figure = line.figures.find((one) => one.code === 'resolution');
  const satisfied = line.figures.find((one) => one.code === 'satisfaction');
  const miss = figure === undefined ? 0 : figure.base - figure.hit;
  const unhappy = satisfied === undefined ? 0 : satisfied.base - satisfied.hit;
  const silent = satisfied?.apart.find((one) => one.code === 'no_answer')?.hit ?? 0;
  const read = useRead(listProblems, { figure: 'resolution', part: 'miss', limit: SHOWN, ...(looked.at === undefined ? {} : { figureAt: looked.at }), ...(looked.since === undefined ? {} : { since: looked.since }), ...(looked.until === undefined ? {} : { until: looked.until }), ...(looked.by === 'ended' ? { by: 'ended' as const } : {}) }, { when: miss > 0 });
  if (figure === undefined || satisfied === undefined || figure.base === 0) return null;
  const beside = (code: string): number => figure.beside.find((one) => one.code === code)?.hit ?? 0;
  return (
    <Section title={t('full.title')} hint={miss === 0 ? undefined : <Go href={hrefOf('resolution', 'miss', looked)}>{t('full.all', { count: miss })}</Go>}>
      <div className="card pad ratefull">
        <p>{miss === 0 ? t(figure.base < FEW ? 'full.noneFew' : 'full.none', { count: figure.base }) : t('full.need', { count: miss })}{miss > 0 && <> {(['overdue', 'again', 'closed'] as const).filter((code) => beside(code) > 0).map((code, index) => <span key={code}>{index > 0 && t('full.comma')}<Go href={hrefOf('resolution', `beside.${code}`, looked)}>{t(`full.${code}`, { count: beside(code) })}</Go></span>)}{t('full.stop')}</>}</p>
        <p>{unhappy === 0 ? t(satisfied.base === 0 ? 'full.nobody' : satisfied.base < FEW ? 'full.satisfiedFew' : 'full.satisfied', { count: satisfied.base }) : <Go href={hrefOf('satisfaction', 'miss', looked)}>{t('full.unhappy', { count: unhappy })}</Go>} {silent > 0 && <Go href={hrefOf('satisfaction', 'apart.no_answer', looked)}>{t('full.silent', { count: silent })}</Go>}</p>
        {read.error !== undefined && <Problem small error={read.error} onRetry={read.again} />}
        {read.data !== undefined && miss > 0 && (
          <ul className="ratemiss">
            {read.data.items.map((one) => (
              <li key={one.id}>
                <State tone={one.overdue ? 'bad' : one.state === 'closed' ? 'off' : 'warn'} word={t(one.overdue ? 'full.isOverdue' : one.state === 'closed' ? 'full.isClosed' : 'full.isAgain')} />
                <Go href={`/problems/${one.id}`}>{one.title}</Go>
                <span className="two small">{one.number} · {one.ownerName}{one.solveDueAt === null || one.state === 'closed' ? '' : ` · ${t('full.due', { at: format.instant(one.solveDueAt) })}`}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}
