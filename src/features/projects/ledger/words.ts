// The words by which headings are recognised: which field a heading speaks of, and how surely. Rules are tried in order on the
// whole path of a column (投资情况/总投资), folded, without units, years written as #年. The first that fits best wins.
import { folded } from '../../../kernel/text.ts';
import type { Target } from './fields.ts';

export interface Word {
  readonly field: Target;
  /** The path as a whole, or its last element, is one of these. */
  readonly exact?: readonly string[];
  /** Found anywhere in the path. */
  readonly part?: RegExp;
  readonly not?: RegExp;
  /** Confidence of `part`; `exact` always counts 0.97. */
  readonly score?: number;
}

const PLANNED = '计划|预计|拟|目标|planned|plan';
const ACTUAL = '实际|已|actual';

export const WORDS: readonly Word[] = [
  // What we compute ourselves, and what an office keeps for its own sorting.
  { field: 'skip', part: /(?:完成|投资|计划)率|时序|占比|比例|百分点|增速|排名|排序|名次|辅助列|勿删|差额|完成%|%$|rate$|\(系统\)$/, score: 0.93, not: /费率|利率/ },
  { field: 'seq', exact: ['序号', '序', 'no', 'no.', '#', '项目序号', 'seq', 'serial'] },
  { field: 'externalCodes', exact: ['编号', '项目编号', '编码', 'id', 'projectid', 'external id', '重点项目编号', '省重点项目编号', '市重点项目编号', '库编号', '入库编号', '统计编码'], part: /编号$|编码$|库代码$|externalid|(?:^|\/)id$|projectno/, score: 0.85, not: /行业|产业/ },
  { field: 'industryCode', exact: ['行业代码', '国民经济行业代码', 'industrycode'], part: /行业代码|国民经济行业/, score: 0.9 },
  { field: 'code', exact: ['项目代码', '投资项目代码', '国家代码', '项目统一代码', '统一代码', '项目赋码', '备案代码', '代码', 'projectcode', 'nationalcode', 'code'], part: /项目代码|国家.*代码|统一代码|赋码|审批监管.*代码/, score: 0.92 },
  { field: 'name', exact: ['项目名称', '项目', '名称', '工程名称', '重点项目名称', '建设项目名称', 'projectname', 'project', 'name', 'projecttitle', 'title'], part: /项目名称|工程名称|projectname/, score: 0.93 },
  { field: 'listYear', exact: ['列入年份', '名单年份', '年份', '入选年度', 'listyear', 'year'] , part: /列入年|名单年/, score: 0.85 },
  { field: 'batch', exact: ['批次', '名单批次', '项目批次', 'batch'], part: /批次/, score: 0.88 },
  { field: 'level', exact: ['级别', '项目级别', '层级', '项目层级', '重点级别', '省市级别', 'level'], part: /级别|层级/, score: 0.85 },
  { field: 'light', exact: ['红黄绿', '红黄绿灯', '亮灯', '亮灯情况', '预警', '预警等级', '灯', '三色灯', 'light', 'rag'], part: /红黄绿|亮灯|三色|预警/, score: 0.88 },
  { field: 'inStatistics', exact: ['是否入统', '是否纳统', '是否入库', '入统情况', '纳统情况', '入库纳统', '是否入库纳统', '是否统计入库', 'instatistics'], part: /是否.{0,4}(?:入统|纳统|入库|统计)|(?:入统|纳统|入库纳统)(?:情况|与否|状态)?$/, not: /投资|累计|完成|额|时间/, score: 0.88 },
  { field: 'statYearFen', exact: ['入统投资', '纳统投资', '统计投资', '入库投资'], part: /(?:入统|纳统|统计|入库).{0,8}(?:投资|累计|完成|额)|统计口径/, not: /时间|率/, score: 0.86 },

  // Money: the more exact before the less.
  { field: 'planFen', exact: ['年度计划投资', '年度投资计划', '年计划投资', '本年计划投资', '今年计划投资', '当年计划投资', '年度计划', '#年计划', '#年计划投资', '#年度计划投资', '#年投资计划', '年度投资目标', 'annualplan', 'plannedinvestment', 'annualbudget'], part: /(?:年度?|本年|今年|当年|全年)(?:计划|投资计划|投资目标|预算)(?:完成)?(?:投资)?|年度投资计划|annual(?:plan|budget)/, not: /时间|开工|竣工|目标任务|进度|建设内容|累计/, score: 0.9 },
  { field: 'accumulatedFen', exact: ['累计完成投资', '开工以来累计完成投资', '截至上年底累计完成投资', '至上年底累计完成投资', '截至#年底累计完成投资', '以前年度完成投资', '上年底累计', 'accumulated', 'priorinvestment'], part: /(?:至|到|截止)?(?:上年度?|去年|#年)(?:年?底|年?末)(?:前)?.{0,4}(?:累计|已)?(?:完成)?|以前年度|开工以来|历年/, not: /计划|时间|目标|开工时间/, score: 0.9 },
  { field: 'monthFen', exact: ['本月完成', '本月完成投资', '当月完成', '当月完成投资', '#月完成', '#月完成投资', '#月份完成投资', '#月投资', 'thismonth', 'month'], part: /(?:本月|当月|(?<!-)#月份?)(?:实际)?(?:完成|投资)/, not: /计划|累计|至|目标|时间/, score: 0.9 },
  { field: 'yearDoneFen', exact: ['年初累计', '年初以来累计', '年初以来累计完成投资', '本年累计', '本年完成投资', '本年累计完成投资', '今年累计完成投资', '年度完成投资', '年度累计', '#月累计', '#-#月累计', '#-#月完成', '#-#月完成投资', '#年完成投资', '#年累计完成投资', '1-本月累计', 'yeartodate', 'ytd'], part: /年初.{0,4}(?:累计|至今)|(?:本年|今年|当年|年度|#年).{0,4}(?:累计|实际)?完成|#-#月.{0,6}(?:累计|完成)?|自年初|yeartodate/, not: /计划|目标|时间|率|入统|统计/, score: 0.87 },
  { field: 'totalFen', exact: ['总投资', '投资总额', '计划总投资', '项目总投资', '总投资额', '估算总投资', '概算总投资', '投资规模', '投资额', '总概算', 'totalinvestment', 'totalcost', 'budget', 'capex', 'cost', 'totalprojectcost', 'finalforecastcost', 'ffc'], part: /总投资|投资总额|总概算|投资估算|totalinvest|totalcost|forecastcost/, not: /率|完成|其中/, score: 0.9 },
  { field: 'landMu', exact: ['占地', '占地面积', '用地面积', '土地面积', '占地亩', '用地规模', 'landarea', 'area'], part: /占地|用地面积|用地规模|土地面积|landarea/, not: /要素|手续|是否|情况|需求/, score: 0.88 },

  // Times: event first, then planned or actual by another word of the path.
  ...times('plannedStart', 'actualStart', '开工|动工|开建|start(?:date)?$|constructionstart'),
  ...times('plannedEffect', 'actualEffect', '达效|达产'),
  ...times('plannedProduction', 'actualProduction', '投产|投用|投运|交付|投入使用|production'),
  ...times('plannedCompletion', 'actualCompletion', '竣工|完工|建成|完成时间|completion|finish(?:date)?$'),

  { field: 'target', exact: ['年度目标', '年度建设目标', '年度形象进度', '形象进度目标', '年度形象进度目标', '年度建设内容', '年度建设任务', '目标任务', '#年建设目标', '#年目标', '#年建设内容', 'target'], part: /年.{0,4}(?:目标|建设任务|建设内容|形象进度)|进度目标|目标进度/, not: /投资目标/, score: 0.87 },
  { field: 'progress', exact: ['形象进度', '目前进展', '进展情况', '项目进展', '工程进度', '工程进展', '建设进度', '当前进度', '当前进展', '目前形象进度', '项目进度', '推进情况', '建设情况', 'progress', 'status'], part: /形象进度|进展|当前进度|目前进度|工程进度|推进情况/, score: 0.84 },
  { field: 'content', exact: ['主要建设内容及规模', '建设内容及规模', '建设内容', '建设规模', '主要建设内容', '项目概况', '建设规模及内容', '建设规模及主要内容', 'description', 'scope', 'content'], part: /建设内容|建设规模|项目概况|主要内容/, score: 0.9 },
  { field: 'commissioner', exact: ['项目专员', '专员', '服务专员', '首席服务员', '首席服务官', '项目专员/姓名', 'commissioner'], part: /专员|首席服务/, not: /电话|联系|手机/, score: 0.9 },
  { field: 'phone', exact: ['电话', '联系电话', '手机', '联系方式', '专员电话', 'phone', 'tel'], part: /电话|手机|联系方式|phone/, score: 0.88 },
  { field: 'leader', exact: ['分包领导', '包联领导', '包保领导', '联系领导', '挂包领导', '牵头领导', '责任领导', '县级领导', '领导', 'leader'], part: /领导/, not: /小组|批示/, score: 0.88 },
  { field: 'responsiblePerson', exact: ['责任人', '负责人', '项目负责人', '具体责任人', '单位责任人', 'owner', 'responsible', 'projectmanager'], part: /责任人|负责人|projectmanager/, score: 0.86 },
  { field: 'builder', exact: ['建设单位', '项目单位', '业主', '业主单位', '项目业主', '项目法人', '建设主体', '实施主体', '实施单位', '企业名称', '投资主体', '投资方', '申报单位', 'builder', 'company', 'developer'], part: /建设单位|项目单位|项目法人|业主|实施单位|企业名称|建设主体|投资主体/, not: /所属|地址/, score: 0.9 },
  { field: 'problems', exact: ['存在问题', '存在的问题', '存在的主要问题', '主要问题', '存在困难', '问题', '困难和问题', '存在困难和问题', 'problems', 'issues'], part: /存在.{0,4}(?:问题|困难)|主要问题/, score: 0.88 },
  { field: 'factorNeeds', exact: ['要素需求', '要素保障需求', '要素保障', '要素保障情况', '需要保障的要素', 'factorneeds'], part: /要素/, score: 0.86 },
  { field: 'custom', part: /需.{0,2}协调|手续|审批|备案|环评|能评|施工许可|选址|立项/, score: 0.7 },
  { field: 'responsibleOrg', exact: ['责任单位', '牵头单位', '主管单位', '责任部门', '主管部门', '行业主管部门', '牵头部门', '包保单位', '责任主体', 'department', 'ownergroup', 'responsibleunit'], part: /责任单位|责任部门|主管部门|主管单位|牵头单位|牵头部门|ownergroup/, score: 0.88 },
  { field: 'nature', exact: ['性质', '建设性质', '项目性质', '项目状态', 'nature'], part: /性质/, score: 0.86 },
  { field: 'chainLink', exact: ['产业链', '所属产业链', '产业链环节', '行业', '所属行业', '产业链(行业)', 'chain', 'industry'], part: /产业链|所属行业/, score: 0.86 },
  { field: 'category', exact: ['类别', '项目类别', '分类', '项目分类', '项目类型', '类型', '产业类别', '所属类别', '领域', '所属领域', 'category', 'type', 'sector'], part: /类别|类型|分类|领域|deliveryprogram|programme?$/, score: 0.82 },
  { field: 'town', exact: ['镇', '镇街', '乡镇', '街道', '所属镇', '镇(街道)', '所在镇', '属地', '所在乡镇', '所属乡镇', '建设地点/镇(街道)', '镇办', '县区', '所在县区', '辖区', 'town', 'township', 'district'], part: /乡镇|镇街|镇\(街道\)|镇办|属地|所在(?:镇|县|区)/, score: 0.88 },
  { field: 'park', exact: ['开发区', '园区', '所属园区', '所在园区', '产业园', '产业集聚区', '建设地点/开发区', 'park'], part: /开发区|园区|集聚区/, not: /建设内容/, score: 0.84 },
  { field: 'place', exact: ['建设地点', '项目地点', '建设地址', '地点', '位置', '项目地址', '项目选址', '建设位置', 'place', 'location', 'site', 'address'], part: /建设地点|建设地址|项目地址|建设位置/, score: 0.85 },
  { field: 'remarks', exact: ['备注', '说明', '备注说明', '其他', 'remark', 'remarks', 'note', 'notes', 'comment'], part: /备注|remark/, score: 0.93 },
];

/** 开工时间 with 计划 or 实际 anywhere in the path; with neither it could be both, and the values decide. */
function times(planned: Target, actual: Target, event: string): Word[] {
  const money = /投资|金额|个数|项目数|率|面积|手续|\(万元\)|是否/;
  return [
    { field: actual, part: new RegExp(`(?:${ACTUAL}).*(?:${event})|(?:${event}).*(?:${ACTUAL})`), not: money, score: 0.92 },
    { field: planned, part: new RegExp(`(?:${PLANNED}).*(?:${event})|(?:${event}).*(?:${PLANNED})`), not: money, score: 0.92 },
    { field: planned, part: new RegExp(event), not: money, score: 0.62 },
    { field: actual, part: new RegExp(event), not: money, score: 0.55 },
  ];
}

export interface Match {
  readonly field: Target;
  readonly score: number;
  readonly exact: boolean;
}

/** Every field that a path could mean, best first. */
export function matches(path: readonly string[]): readonly Match[] {
  const elements = path.map(bare);
  const whole = elements.join('/');
  const known = MEMORY.get(whole);
  if (known !== undefined) return known;
  const leaf = elements[elements.length - 1] ?? '';
  const found = new Map<Target, Match>();
  for (const word of WORDS) {
    const exact = leaf !== '' && (word.exact?.some((text) => text === leaf || text === whole) ?? false);
    const part = !exact && whole.length <= 60 && word.part?.test(whole) === true && word.not?.test(whole) !== true;
    if (!exact && !part) continue;
    // The deeper the path, the less an upper heading alone says about its columns.
    const inLeaf = exact || (word.part?.test(leaf) ?? false);
    const score = exact ? 0.97 : (word.score ?? 0.8) - (inLeaf || elements.length === 1 ? 0 : 0.04);
    const before = found.get(word.field);
    if (before === undefined || before.score < score) found.set(word.field, { field: word.field, score, exact });
  }
  const list = [...found.values()].sort((a, b) => b.score - a.score);
  if (MEMORY.size < 5000) MEMORY.set(whole, list);
  return list;
}

/** Fixed by the rules above, so remembering is safe; bounded, because headings come from files. */
const MEMORY = new Map<string, readonly Match[]>();

/** Folded, without units, notes and signs, years as #年, months as #月. */
export function bare(text: string): string {
  return folded(text)
    .replace(/[(][^()]*(?:元|亩|万|亿|%|百分点|个|㎡|平方米|公顷|yuan|million|cny|rmb|单位|下同|含|不含)[^()]*[)]/g, '')
    .replace(/[,，:：;；*＊_]|\.$/g, '')
    .replace(/(?:19|20)\d{2}年?(?=度|计划|完成|底|末|投资|建设|目标|年|月|$)/g, '#年').replace(/#年年/g, '#年').replace(/^#年$/, '#年')
    .replace(/\d{1,2}[-~至—]\d{1,2}月/g, '#-#月').replace(/\d{1,2}月/g, '#月');
}

const EXACT: ReadonlySet<string> = new Set(WORDS.flatMap((word) => word.exact ?? []));

/** Word for word a heading that we know: a quick look. */
export function isHeadingWord(text: string): boolean {
  return text.length <= 20 && EXACT.has(folded(text));
}

/** A cell that could only be a heading: how surely (0 … 1). */
export function headingScore(text: string): number {
  if (text === '' || text.length > 40) return 0;
  const best = matches([text])[0];
  return best === undefined ? 0 : best.exact ? 1 : best.score * 0.8;
}
