// A published list of items becomes an overlay: what is surely the same item is taken, what is only like one is left to a person.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../platform/root.ts';
import { readWorkbook } from '../../../platform/sheets/read.ts';
import { overlayFrom, readList } from './cataloguefile.ts';
import { faultsOf } from './check.ts';
import { effective } from './effective.ts';
import { NATIONAL, overlayNamed } from './standard.ts';

const about = { code: 'list', version: '1', name: { zh: '演示清单', en: 'Demonstration list' }, from: '2023-01-01' };
const REAL = path.resolve(root, '..', 'shared', 'data', 'real', 'tangshan-2019-items-materials.xlsx');
const HEAD = '序号\t事项名称\t受理部门\t承诺时限\t申请材料';
const list = async (...rows: string[]) => overlayFrom(await readWorkbook({ name: 'list', text: [HEAD, ...rows].join('\n') }), NATIONAL, about);
const said = async (...rows: string[]) => (await list(...rows)).rows.map((one) => `${one.state} ${one.code ?? '-'} ${one.why ?? ''}`.trim());

describe('a list of approval items', () => {
  it('is taken item by item with its days and materials; a row without a name continues the one above', async () => {
    const { overlay, counts } = await list('1\t企业投资项目备案\t甲局\t1\t登记表', '2\t取水许可审批\t乙局\t5\t申请书', '\t\t\t\t论证报告');
    expect(overlay.items['P13']).toMatchObject({ promised: [{ days: 5, unit: 'working', basis: { source: 'list', read: 'sourced' } }], materials: { main: [{ zh: '申请书' }, { zh: '论证报告' }] } });
    expect(counts).toEqual({ matched: 2, doubtful: 0, unmatched: 0, materials: 3 });
    const laid = effective(NATIONAL, [overlay], '2023-06-01');
    expect(faultsOf(laid.catalogue)).toEqual([]);
    expect(laid.originOf('P13', 'promised').code).toBe('list');
  });

  it('is matched through brackets, widths and words that any item may bear', async () => {
    expect(await said('1\t建设用地(含临时用地)规划许可证核发\t\t3\t', '2\t“两高” 项目会商联审\t\t\t')).toEqual(['matched L06', 'matched P08']);
  });

  it('leaves to a person what is only similar, what is nearer elsewhere, and what is unknown', async () => {
    expect(await said('1\t选址意见书\t\t3\t')).toEqual(['doubtful P05 similar']);
    expect(await said('1\t建筑工程施工许可证核发\t\t3\t', '2\t建筑工程施工许可证核发（市政）\t\t3\t')).toEqual(['matched K08', 'doubtful K08 taken']);
    expect(await said('1\t水运工程批准\t\t20\t')).toEqual(['unmatched -']);
    expect((await list('1\t选址意见书\t\t3\t')).overlay.items).toEqual({});
  });

  it('keeps no days that are not a whole number', async () => {
    const { overlay } = await list('1\t取水许可\t甲局\t法定\t');
    expect(overlay.items['P13']?.promised).toBeUndefined();
  });

  it('is refused where no column holds the names', async () => {
    const workbook = await readWorkbook({ name: 'other', text: '甲\t乙\n1\t2' });
    expect(() => readList(workbook)).toThrow('approvals.no_list');
  });
});

// Stands outside the project: where it is not there, this says so by being skipped.
describe.skipIf(!existsSync(REAL))('the real list of Tangshan 2019 (skipped where the shared data is not there)', () => {
  it('has 60 items with 410 materials: 26 matched, 15 doubtful, 19 unmatched, and its days are those of the overlay', async () => {
    const { overlay, rows, counts } = overlayFrom(await readWorkbook({ name: 'list.xlsx', path: REAL }), NATIONAL, about);
    expect([rows.length, counts]).toEqual([60, { matched: 26, doubtful: 15, unmatched: 19, materials: 410 }]);
    const known = overlayNamed('tangshan-2019')?.items ?? {};
    const differ = Object.entries(overlay.items).flatMap(([code, one]) => {
      const [read, kept] = [one.promised?.[0]?.days, known[code]?.promised?.[0]?.days];
      return read === kept ? [] : [`${code} ${String(read)} ${String(kept)}`];
    });
    // The proposal is same day in the flow chart; two acceptances are merged into the joint one.
    expect(differ.toSorted()).toEqual(['P04 3 0', 'Y01 3 0', 'Y02 10 0']);
  });
});
