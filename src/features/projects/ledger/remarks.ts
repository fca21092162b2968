// Finds facts that someone wrote into a free text: 2023年3月开工，6月完成基础；专员01；土地未批. They are offered to a person one by one
// and never applied by themselves: a sentence may speak of something else.
import { parseMoney } from '../../../kernel/money.ts';
import { narrow } from '../../../kernel/text.ts';
import { parseWhen, type When } from '../../../kernel/when.ts';
import type { Target } from './fields.ts';
import type { Fact } from './shape.ts';

export interface FactContext {
  readonly column: number;
  /** Year in which 6月 stands, until the text names another. */
  readonly year: number | null;
  /** Day that parts done from planned. */
  readonly today: string;
}

const EVENTS: readonly (readonly [RegExp, Target, Target])[] = [
  [/开工|动工|开建/, 'plannedStart', 'actualStart'],
  [/达效|达产/, 'plannedEffect', 'actualEffect'],
  [/投产|投用|投运|投入使用|试生产/, 'plannedProduction', 'actualProduction'],
  [/竣工|完工|全面建成|(?<!未)建成/, 'plannedCompletion', 'actualCompletion'],
];
const TIME = new RegExp(String.raw`(?:20\d{2}|\d{2}(?=年))?(?:年|\.)?(?:\d{1,2}月(?:份)?(?:\d{1,2}日|上旬|中旬|下旬|底|初|末|中)?|年?底|年?末|年?初|(?<=年)(?:上半年|下半年|第?[一二三四]季度))|20\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?|20\d{2}年`);
const PLAN = /计划|预计|拟|力争|将|确保|争取|目标|前(?:开工|动工|竣工|完工|建成|投产|完成)|底前|月前/;
const FACTOR = /土地|用地|供地|林地|征地|征迁|拆迁|环境容量|能耗|用能|用电|电力|供电|用水|供水|用气|天然气|蒸汽|资金|资本金|融资|设备款|用工|招工/;
const LACK = /未|没有|缺|不足|待|需|尚|困难|紧张|滞后|受阻/;
const TROUBLE = /停工|受阻|纠纷|滞后|未通|未到位|困难|投诉|信访|更换|缓慢/;

/** Facts are looked for at the beginning of a long text. */
const LONGEST = 2000;

export function factsIn(text: string, context: FactContext): Fact[] {
  const facts: Fact[] = [];
  let year = context.year;
  for (const clause of narrow(text.slice(0, LONGEST)).split(/[,;。!\n]|；|，/)) {
    const said = clause.trim();
    if (said === '') continue;
    const named = /(20\d{2})年?/.exec(said);
    if (named !== null) year = Number(named[1]);
    facts.push(...clauseFacts(said, { ...context, year }));
  }
  return facts;
}

function clauseFacts(said: string, context: FactContext): Fact[] {
  const make = (field: Target, parts: Partial<Pick<Fact, 'when' | 'fen' | 'value'>>): Fact => ({ field, text: said, when: null, fen: null, value: null, column: context.column, ...parts });
  const commissioner = /(?:项目)?专员[:：]?([^\d\s:：、]{2,4}(?=$|\d{6,})|\d{1,3})/.exec(said);
  if (commissioner?.[1] !== undefined) return [make('commissioner', { value: /^\d/.test(commissioner[1]) ? `专员${commissioner[1]}` : commissioner[1] })];
  const money = /(总投资|年度计划|计划投资|本年完成|今年完成|累计完成)(?:投资)?(?:为|约|额)?([\d.,]+(?:千|百|十)?(?:亿|万)?元)/.exec(said);
  if (money?.[2] !== undefined) {
    const amount = parseMoney(money[2], null);
    const field: Target = money[1] === '总投资' ? 'totalFen' : money[1] === '年度计划' || money[1] === '计划投资' ? 'planFen' : money[1] === '累计完成' ? 'accumulatedFen' : 'yearDoneFen';
    if (amount.ok) return [make(field, { fen: amount.fen })];
  }
  const when = timeIn(said, context.year);
  if (when !== null) {
    const event = EVENTS.find(([pattern]) => pattern.test(said));
    if (event !== undefined) {
      const planned = PLAN.test(said) || when.from > context.today;
      return [make(planned ? event[1] : event[2], { when })];
    }
    if (/完成|封顶|安装|施工|通过|办结|取得|到货|进场/.test(said)) return [make('progress', { when, value: said })];
  }
  if (FACTOR.test(said) && LACK.test(said)) return [make('factorNeeds', { value: said })];
  if (TROUBLE.test(said)) return [make('problems', { value: said })];
  return [];
}

function timeIn(said: string, year: number | null): When | null {
  const found = TIME.exec(said);
  if (found === null) return null;
  const read = parseWhen(found[0], { year });
  return read.ok && read.when.kind !== 'year' ? read.when : read.ok && /年/.test(found[0]) ? read.when : null;
}
