// A worked example of each kind of official document, with the content that its office would put in it: for the tests of the writers, and to
// copy from. Pure: records in, document out.
import type { CellContent, FormRow, OfficialDocument } from '../../platform/documents/model.ts';

const ORGANISATION = '济源产城融合示范区管理委员会';
const OFFICE = '济源示范区重点项目建设指挥部办公室';
const MADE = new Date('2023-06-30T10:30:00+08:00');

export interface SampleItem {
  readonly project: string;
  readonly status: string;
  readonly problem: string;
  readonly decision: string;
  readonly lead: string;
  readonly co: readonly string[];
  readonly deadline: string;
}

const ITEMS: readonly SampleItem[] = [
  { project: '纳米材料产业园二期', status: '项目总投资12.6亿元，年度计划投资4.2亿元，1至6月完成投资2.31亿元，占年度计划的55.0%，快于时序进度5个百分点。主体厂房封顶，设备基础施工完成80%。', problem: '厂区北侧10千伏架空线路尚未迁改，影响三号车间吊装。', decision: '供电部门7月10日前完成停电方案审批并组织施工，企业同步办理临时用电手续；施工期间由项目专员每日到场协调。', lead: '供电公司', co: ['工业和科技创新委员会', '克井镇'], deadline: '2023年7月20日' },
  { project: '环城北路改造提升工程', status: '全长6.8公里，累计完成投资1.05亿元，路基工程完成72%，雨污管网完成61%。', problem: '沿线3户房屋征收补偿协议未签订，长约210米的路段不能连续施工。', decision: '由天坛街道办事处牵头，自然资源和规划局、司法局配合，一户一策做好解释工作，7月15日前签订协议；确有争议的，依法按程序处理。', lead: '天坛街道办事处', co: ['自然资源和规划局', '司法局'], deadline: '2023年7月15日' },
  { project: '年产10万吨再生铅综合利用项目', status: '完成备案、环评报告书编制，能评报告已受理。', problem: '环评批复所需的区域削减源尚未落实。', decision: '生态环境局7月5日前提出区域削减方案，与企业签订替代协议；批复前不得开工建设。', lead: '生态环境局', co: ['发展改革和统计局'], deadline: '2023年7月5日' },
  { project: '小浪底北岸灌区配套工程', status: '干渠衬砌完成38公里，支渠完成65%，累计完成投资3.4亿元。', problem: '汛期即将到来，两处渡槽临时支护需加固。', decision: '水利局会同应急管理局6月底前完成安全检查，形成隐患清单并逐项销号。', lead: '水利局', co: ['应急管理局'], deadline: '2023年6月30日' },
  { project: 'ABC Precision Components（欧企）精密部件项目', status: '签约后注册公司已设立，到位外资800万美元，一期厂房租赁协议已签订。', problem: '进口设备的通关与免税证明办理时间不确定。', decision: '商务局提供“一对一”服务，协调海关7月底前办结免税确认；企业按 EN ISO 13849-1:2015 提交设备清单。', lead: '商务局', co: ['行政审批和政务信息管理局'], deadline: '2023年7月31日' },
];

/** As many items as are wanted, for measuring. */
export function sampleItems(count: number): SampleItem[] {
  return Array.from({ length: count }, (_none, at) => {
    const item = ITEMS[at % ITEMS.length];
    if (item === undefined) throw new Error('no items');
    return at < ITEMS.length ? item : { ...item, project: `${item.project}（${at + 1}号地块）` };
  });
}

/** 纪要: 第N次（年度第M次）; fulfilment first, then each project, then general requirements. */
export function minutes(items: readonly SampleItem[] = ITEMS): OfficialDocument {
  return {
    about: { title: '第72次（2023年第26次）重点项目调度会议纪要', organisation: OFFICE, made: MADE },
    head: { kind: 'masthead', name: '重点项目调度会议纪要', issue: '第72期', issuer: OFFICE, day: '2023-06-30' },
    title: ['第72次（2023年第26次）', '重点项目调度会议纪要'],
    blocks: [
      { kind: 'facts', items: [
        { label: '时间', text: '2023年6月29日（星期四）7:30' },
        { label: '地点', text: '示范区管委会三楼第二会议室' },
        { label: '主持', text: '张振中' },
        { label: '出席', text: '李㛃、王𬭎、赵䶮、卢国胜、孙建国；发展改革和统计局、工业和科技创新委员会、自然资源和规划局、生态环境局、住房和城乡建设局、行政审批和政务信息管理局、供电公司、各镇（街道）主要负责同志' },
        { label: '缺席', text: '马志远（请假，由副局长周敏代）' },
        { label: '记录', text: '项目办  陈思' },
      ] },
      { kind: 'paragraph', text: '6月29日，示范区召开第72次重点项目调度会，听取上次会议议定事项落实情况，逐项研究推进中的问题。现将会议议定事项纪要如下：' },
      { kind: 'heading', level: 1, text: '上次会议议定事项落实情况' },
      { kind: 'paragraph', text: '第71次会议议定事项18项，已办结15项，按时办结率83.3%；逾期2项，未到期1项。逾期事项由项目办下达督办单，在本次会议上说明原因：' },
      { kind: 'table', size: 'normal', columns: [{ title: '序号', width: 6, align: 'centre' }, { title: '议定事项', width: 33 }, { title: '牵头单位', width: 16, align: 'centre' }, { title: '完成时限', width: 21, align: 'centre' }, { title: '落实情况', width: 24 }],
        rows: [
          ['1', '完成玉川产业集聚区污水管网接驳', '住房和城乡建设局', '2023年6月20日', '6月18日通水，已销号'],
          ['2', '解决钢产品深加工园用地指标120亩', '自然资源和规划局', '2023年6月25日', '已报省厅，逾期4天；预计7月8日批复'],
          ['3', '白银及伴生稀贵金属项目银企对接', '金融工作局', '2023年6月28日', '授信2.8亿元，首笔5000万元到账'],
        ] },
      { kind: 'heading', level: 1, text: '议定事项' },
      ...items.flatMap((item): OfficialDocument['blocks'] => [
        { kind: 'heading', level: 2, text: item.project },
        { kind: 'heading', level: 3, text: '进展情况。', body: item.status },
        { kind: 'heading', level: 3, text: '存在问题。', body: item.problem },
        { kind: 'heading', level: 3, text: '会议议定。', body: item.decision },
        { kind: 'paragraph', text: [{ text: '牵头单位：', face: 'kai' }, { text: `${item.lead}；` }, { text: '配合单位：', face: 'kai' }, { text: `${item.co.join('、')}；` }, { text: '完成时限：', face: 'kai' }, { text: `${item.deadline}。` }] },
      ]),
      { kind: 'heading', level: 1, text: '有关要求' },
      { kind: 'list', mark: 'bracket', items: ['牵头单位接到交办单后1个工作日内签收，主要负责同志亲自研究、亲自推动。', '项目专员每周到现场不少于两次，发现问题当日录入、当日上报。', '项目办按时限核查，逾期事项下达督办单，两次逾期予以通报。'] },
    ],
    foot: { distribution: ['管委会领导', '各镇人民政府、街道办事处', '管委会有关部门', '驻济有关单位'], issuer: OFFICE, day: '2023-06-30', printed: 60 },
  };
}

const label = (text: string, more: { columns?: number; rows?: number } = {}): CellContent => ({ text, label: true, ...more });
const value = (text: string, columns = 1): CellContent => ({ text, columns });

interface Slip {
  /** Lines for what was done. */
  readonly room: number;
  readonly title: string;
  readonly extra: readonly FormRow[];
  readonly copies: readonly string[];
}

/** 交办单 */
export function assignmentSlip(): OfficialDocument {
  return slip({ title: '重点项目调度会议定事项交办单', room: 3, extra: [], copies: ['工业和科技创新委员会', '克井镇人民政府'] });
}

/** 督办单 */
export function supervisionSlip(): OfficialDocument {
  return slip({
    title: '重点项目调度会议定事项督办单', room: 1,
    extra: [{ cells: [label('超期天数'), value('6天（截至7月26日）'), label('第几次督办'), value('第2次')] }, { cells: [label('督办意见'), value('请接单后1个工作日内书面说明逾期原因，3个工作日内办结；再次逾期的，提请调度会研究并予以通报。', 3)] }],
    copies: ['示范区纪检监察工委', '管委会督查室'],
  });
}

function slip({ title, extra, copies, room }: Slip): OfficialDocument {
  return {
    about: { title, organisation: OFFICE, made: MADE },
    title: [title],
    blocks: [
      { kind: 'form', size: 'normal', widths: [17, 33, 17, 33], rows: [
        { cells: [label('编号'), value('济项办交〔2023〕72-1号'), label('来源'), value('第72次（2023年第26次）重点项目调度会')] },
        { cells: [label('项目'), value('纳米材料产业园二期', 3)] },
        { cells: [label('事项内容'), value('厂区北侧10千伏架空线路尚未迁改，影响三号车间吊装，请协调完成迁改。', 3)] },
        { cells: [label('办理要求'), value('7月10日前完成停电方案审批并组织施工；企业同步办理临时用电手续；销号标准：线路迁改完成并送电，三号车间具备吊装条件。', 3)] },
        { cells: [label('牵头单位'), value('供电公司'), label('配合单位'), value('工业和科技创新委员会、克井镇人民政府')] },
        { cells: [label('完成时限'), value('2023年7月20日'), label('签收'), value('供电公司  周  敏\n2023年6月30日16时20分')] },
        ...extra,
        { cells: [label('办理情况'), value('', 3)], lines: room },
        { cells: [label('佐证'), value('停电批复、竣工照片、送电记录（附后）', 3)], lines: 1 },
        { cells: [label('企业（项目单位）意见'), value('□满意  □基本满意  □不满意\n签字：                    年   月   日', 3)] },
        { cells: [label('项目办审核'), value('□同意销号  □退回重办\n审核人：                  年   月   日', 3)] },
        { cells: [label('销号时间'), value(''), label('延期申请'), value('□无  □有，延至    月    日')] },
      ] },
    ],
    foot: { copies, issuer: OFFICE, day: '2023-06-30' },
  };
}

/** 通报, with a red head. */
export function bulletin(): OfficialDocument {
  const title = '关于重点项目调度会议定事项逾期办理情况的通报';
  return {
    about: { title, organisation: ORGANISATION, made: MADE },
    head: { kind: 'letterhead', issuer: `${ORGANISATION}文件`, number: { code: '济管', year: 2023, number: 12 } },
    title: ['关于重点项目调度会议定事项', '逾期办理情况的通报'],
    addressee: '各镇人民政府、街道办事处，管委会有关部门，驻济有关单位：',
    blocks: [
      { kind: 'paragraph', text: '今年以来，示范区召开重点项目调度会26次，交办事项483项，按时办结471项，按时办结率97.5%。但仍有个别单位重视不够、推动不力，议定事项两次逾期。为严肃纪律，推动落实，现将有关情况通报如下：' },
      { kind: 'heading', level: 1, text: '基本情况' },
      { kind: 'paragraph', text: '截至2023年6月30日，逾期未办结事项12项，其中两次以上逾期3项，涉及3个单位：' },
      { kind: 'table', unit: '天', columns: [{ title: '序号', width: 8, align: 'centre' }, { title: '牵头单位', width: 24, align: 'centre' }, { title: '事项', width: 44 }, { title: '超期', width: 10, align: 'right' }, { title: '督办次数', width: 14, align: 'centre' }], rows: [['1', '供电公司', '纳米材料产业园二期10千伏线路迁改', '6', '2'], ['2', '自然资源和规划局', '钢产品深加工园用地指标', '14', '2'], ['3', '天坛街道办事处', '环城北路征收补偿协议', '21', '3']] },
      { kind: 'heading', level: 1, text: '主要问题' },
      { kind: 'heading', level: 2, text: '责任落实不到位' },
      { kind: 'paragraph', text: '有的单位签收后未明确具体责任人，以“正在协调”代替办理结果。' },
      { kind: 'heading', level: 2, text: '反馈不及时' },
      { kind: 'paragraph', text: '有的单位到期后才提出延期，未说明原因和采取的措施。' },
      { kind: 'heading', level: 1, text: '有关要求' },
      { kind: 'paragraph', text: '各单位要举一反三，对照交办单逐项清零。请上述3个单位于7月5日前将整改情况报项目办。' },
      { kind: 'attachments', items: ['逾期事项明细表', '2023年上半年各单位按时办结率排名'] },
      { kind: 'signature', organisations: [ORGANISATION], day: '2023-06-30' },
      { kind: 'note', text: '联系人：陈思，联系电话：0391-6600110' },
      { kind: 'annex', number: 1, title: '逾期事项明细表', orientation: 'landscape' },
      ledger(34),
    ],
    foot: { copies: ['示范区党工委办公室', '纪检监察工委', '各人民团体'], issuer: `${ORGANISATION}办公室`, day: '2023-07-01' },
  };
}

function ledger(rows: number): OfficialDocument['blocks'][number] {
  const columns = [['序号', 5], ['编号', 13], ['来源', 13], ['项目', 18], ['事项内容', 30], ['牵头单位', 14], ['完成时限', 14], ['超期天数', 8], ['办理情况', 24]] as const;
  return {
    kind: 'table', size: 'small', columns: columns.map(([title, width]) => ({ title, width, align: width < 10 ? 'centre' : 'left' })),
    rows: sampleItems(rows).map((item, at) => [String(at + 1), `济项办交〔2023〕${at + 1}号`, `第${60 + (at % 12)}次调度会`, item.project, item.problem, item.lead, item.deadline, String(at % 21), item.decision]),
  };
}

/** 提醒函 */
export function reminder(): OfficialDocument {
  return {
    about: { title: '关于加快办理第72次调度会议定事项的提醒函', organisation: OFFICE, made: MADE },
    head: { kind: 'letter', issuer: OFFICE, number: { code: '济项办函', year: 2023, number: 8 } },
    title: ['关于加快办理第72次调度会议定事项的提醒函'],
    addressee: '供电公司：',
    blocks: [
      { kind: 'paragraph', text: '第72次重点项目调度会交办你单位牵头的“纳米材料产业园二期10千伏线路迁改”事项，完成时限为2023年7月20日，距到期还有3个工作日，目前尚未报送办理情况。' },
      { kind: 'paragraph', text: '请抓紧办理，于7月18日前报送进展；确需延期的，请在到期前说明原因并提出申请。' },
      { kind: 'signature', organisations: [OFFICE], day: '2023-07-17' },
      { kind: 'note', text: '联系人：陈思，联系电话：0391-6600110' },
    ],
  };
}

/** 议程材料: the order of the day, then a page for each item. */
export function pack(): OfficialDocument {
  const items = sampleItems(5);
  return {
    about: { title: '第73次（2023年第27次）重点项目调度会议材料', organisation: OFFICE, made: MADE },
    title: ['第73次（2023年第27次）', '重点项目调度会议材料'],
    blocks: [
      { kind: 'facts', items: [{ label: '时间', text: '2023年7月6日（星期四）7:30' }, { label: '地点', text: '示范区管委会三楼第二会议室' }, { label: '主持', text: '张振中' }] },
      { kind: 'heading', level: 1, text: '第72次会议议定事项落实情况' },
      { kind: 'paragraph', text: '议定事项5项，到期3项，办结2项，按时办结率66.7%（2/3）。' },
      { kind: 'heading', level: 1, text: '提请会议研究的事项' },
      { kind: 'table', columns: [{ title: '序号', width: 8, align: 'centre' }, { title: '项目', width: 34 }, { title: '提请研究的问题', width: 38 }, { title: '汇报单位', width: 20, align: 'centre' }], rows: items.map((item, at) => [String(at + 1), item.project, item.problem, item.lead]) },
      ...items.flatMap((item, at): OfficialDocument['blocks'] => [
        { kind: 'annex', number: at + 1, title: item.project },
        { kind: 'heading', level: 1, text: '进展情况', plain: true },
        { kind: 'paragraph', text: item.status },
        { kind: 'heading', level: 1, text: '存在问题', plain: true },
        { kind: 'paragraph', text: item.problem },
        { kind: 'heading', level: 1, text: '建议', plain: true },
        { kind: 'paragraph', text: [{ text: item.decision }, { text: `（${item.lead}牵头，${item.co.join('、')}配合）`, face: 'kai' }] },
      ]),
    ],
  };
}

/** 简报 */
export function briefing(): OfficialDocument {
  return {
    about: { title: '重点项目建设工作简报第12期', organisation: OFFICE, made: MADE },
    head: { kind: 'masthead', name: '重点项目建设工作简报', issue: '第12期', issuer: OFFICE, day: '2023-06-30' },
    title: ['上半年重点项目建设提速增效'],
    blocks: [
      { kind: 'paragraph', text: [{ text: '按：', face: 'hei' }, { text: '上半年，示范区182个重点项目完成投资213.4亿元，占年度计划的57.6%。现将有关做法刊发，供学习借鉴。', face: 'kai' }] },
      { kind: 'heading', level: 1, text: '主要做法' },
      { kind: 'paragraph', text: '坚持周调度、早餐会、现场会，累计召开调度会72次，解决难题483个。' },
    ],
    foot: { distribution: ['管委会领导', '各成员单位'], issuer: OFFICE, day: '2023-06-30', printed: 80 },
  };
}

export const SAMPLES = { minutes, assignmentSlip, supervisionSlip, bulletin, reminder, pack, briefing };
