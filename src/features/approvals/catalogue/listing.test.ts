// Lists of offices through the thread that reads them: honest ones are matched, files made to harm are refused by name, and the process goes on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../../kernel/refuse.ts';
import * as hostile from '../../../test/hostile/files.ts';
import { namesIn } from './cataloguefile.ts';
import { matchedIn, READING } from './listing.ts';
import { NATIONAL } from './standard.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'yugong-lists-'));
afterAll(() => rmSync(dir, { recursive: true }));

const items = namesIn(NATIONAL);
const of = (text: string) => matchedIn({ fileName: '清单', path: null, text }, items);
let files = 0;
function stored(content: Buffer): string {
  const file = path.join(dir, String(files += 1));
  writeFileSync(file, content);
  return file;
}
const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'ok', (error: unknown) => (error instanceof Refusal ? error.code : String(error)));

describe('a list', () => {
  it('is matched row by row, and its longest names and documents are bounded', async () => {
    const rows = await of(['事项名称\t承诺时限\t申请材料', `企业投资项目备案\t1\t登记表`, ...Array.from({ length: 80 }, (_, i) => `\t\t材料${String(i)}`), `${'很长的名字'.repeat(200)}\t2\t`].join('\n'));
    expect(rows.map((one) => [one.state, one.code, one.listed.materials.length])).toEqual([['matched', 'P02', 60], ['unmatched', null, 0]]);
    expect(rows[1]?.listed.name).toHaveLength(300);
  });

  it('of more items than any office has is refused, and so is a table without names', async () => {
    expect(await codeOf(of(['事项名称\t时限', ...Array.from({ length: 2001 }, (_, i) => `事项${String(i)}\t1`)].join('\n')))).toBe('approvals.list_too_long');
    expect(await codeOf(of('甲\t乙\n1\t2'))).toBe('approvals.no_list');
    expect(await codeOf(of('   '))).toBe('ledger.empty_file');
  });

  it.each([
    ['a bomb', () => hostile.zipBomb(256)], ['a bomb that lies about its size', () => hostile.lyingZipBomb(256)], ['a bomb of entities', hostile.entityBomb], ['an external entity', () => hostile.externalEntity()],
    ['50,000 merged ranges', () => hostile.manyMerges()], ['100,000 entries', () => hostile.manyEntries()], ['a program under another name', hostile.renamedProgram], ['an encrypted workbook', () => hostile.compoundFile('EncryptedPackage')],
    ['an old workbook', () => hostile.compoundFile('Workbook')], ['a PDF', hostile.pdf], ['half a file', () => hostile.truncated(hostile.manyMerges(10))], ['5 MB of spaces', () => hostile.zeros(5)],
  ] satisfies readonly (readonly [string, () => Buffer])[])('that is %s is refused by name while others go on', async (_what, make) => {
    const file = stored(make());
    let turns = 0;
    const timer = setInterval(() => { turns += 1; }, 5);
    const code = await codeOf(matchedIn({ fileName: '清单.xlsx', path: file, text: '' }, items)).finally(() => clearInterval(timer));
    expect(code).toMatch(/^(ledger|approvals)\.[a-z_]+$/);
    expect(turns).toBeGreaterThan(0);
  });

  it('that takes too long or too much is given up, and the next one is read', async () => {
    const text = ['事项名称\t时限', ...Array.from({ length: 1900 }, (_, i) => `${'审批事项许可核准备案'.repeat(28)}${String(i)}\t1`)].join('\n');
    expect(await codeOf(matchedIn({ fileName: '慢', path: null, text }, items, { ...READING, seconds: 0.05 }))).toBe('ledger.took_too_long');
    expect((await of('事项名称\t时限\n企业投资项目备案\t1')).map((one) => one.code)).toEqual(['P02']);
  });
});
