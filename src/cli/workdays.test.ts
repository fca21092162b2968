import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { calendarWith } from '../kernel/workdays.ts';
import { root } from '../platform/root.ts';
import { countRows, type BadRow, type Counted } from './batch.ts';
import { recordsOf } from './records.ts';
import { run } from './workdays.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const calendar = calendarWith();

async function* blocks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function counted(csv: string | Buffer, size = 65_536): Promise<{ text: string; bytes: Buffer; bad: BadRow[]; result: Counted }> {
  const out = new PassThrough();
  const all = buffer(out);
  const bad: BadRow[] = [];
  const result = await countRows(blocks(Buffer.from(csv), size), out, calendar, (row) => bad.push(row));
  out.end();
  const bytes = await all;
  return { text: bytes.toString('utf8'), bytes, bad, result };
}

function yugong(args: readonly string[], input = ''): { out: string; said: string; code: number | null } {
  const run = spawnSync(process.execPath, ['--import', 'tsx', path.join(root, 'src', 'main.ts'), 'workdays', ...args], { cwd: root, encoding: 'utf8', input });
  return { out: run.stdout, said: run.stderr, code: run.status };
}

async function inProcess(args: readonly string[]): Promise<{ out: string; said: string; code: number }> {
  let [out, said] = ['', ''];
  const heard = [vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text)))), vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said += String(text))))];
  try {
    const code = await run(args);
    return { out, said, code };
  } finally {
    for (const spy of heard) spy.mockRestore();
  }
}

describe('a table of starts', () => {
  test('gets deadline and provisional, in order, with the other columns kept', async () => {
    const { text, bad } = await counted('id,start,事项,working_days\n7,2024-02-01,"环评, 报告表",10\n8,2026-12-31,备案,1\n');
    expect(text).toBe('id,start,事项,working_days,deadline,provisional\n7,2024-02-01,"环评, 报告表",10,2024-02-20,false\n8,2026-12-31,备案,1,2027-01-01,true\n');
    expect(bad).toEqual([]);
  });

  test('names every bad row by its line and loses none', async () => {
    const { text, bad, result } = await counted('start,working_days,note\n2024-02-30,1,a\n2024-02-01,-1,"two\nlines"\n2024-02-01,1.5,b\n2024-02-01,2,c\n2024-02-01\n\n2024-02-01,1,d,e\n9999-12-31,9,f\n');
    expect(bad.map((row) => [row.line, row.key])).toEqual([
      [2, 'refusal.not_a_day'], [3, 'refusal.bad_count'], [5, 'refusal.bad_count'], [7, 'column_count'], [9, 'column_count'], [10, 'refusal.out_of_range'],
    ]);
    expect(text).toBe('start,working_days,note,deadline,provisional\n2024-02-30,1,a,,\n2024-02-01,-1,"two\nlines",,\n2024-02-01,1.5,b,,\n2024-02-01,2,c,2024-02-04,false\n2024-02-01,,,,\n\n2024-02-01,1,d,e,,\n9999-12-31,9,f,,\n');
    expect(result).toEqual({ rows: 7, bad: 6, fault: null });
  });

  test('keeps line breaks, a byte order mark, and a last line without a break as they were', async () => {
    const { text } = await counted('\ufeffstart,working_days\r\n2024-02-01,0\r\n2024-02-01,1');
    expect(text).toBe('\ufeffstart,working_days,deadline,provisional\r\n2024-02-01,0,2024-02-01,false\r\n2024-02-01,1,2024-02-02,false');
  });

  test('gives other encodings back byte for byte', async () => {
    const gb = Buffer.concat([Buffer.from('start,working_days,name\n2024-02-01,1,'), Buffer.from([0xbb, 0xb7, 0xc6, 0xc0, 0x0a])]);
    expect((await counted(gb)).bytes.toString('latin1')).toBe(`start,working_days,name,deadline,provisional\n2024-02-01,1,${Buffer.from([0xbb, 0xb7, 0xc6, 0xc0]).toString('latin1')},2024-02-02,false\n`);
  });

  test('a mark that is never closed costs its own line and no other', async () => {
    const { text, bad } = await counted('start,working_days,note\n2024-02-01,1,"open\n2024-02-01,1,fine\n');
    expect(bad).toEqual([{ line: 2, key: 'unclosed_quote', details: {} }]);
    expect(text).toContain('2024-02-01,1,fine,2024-02-02,false\n');
  });

  test.each([['', 'empty_file'], ['day,working_days\n', 'no_column'], ['start,working_days,deadline\n2024-02-01,1,x\n', 'column_taken']])('%j is refused whole: %s', async (csv, key) => {
    const { text, result } = await counted(csv);
    expect([text, result.fault?.key]).toEqual(['', key]);
  });

  test(`is cut into the same records wherever the blocks end (seed ${SEED})`, async () => {
    const cell = fc.oneof(fc.constantFrom('', '1', 'a b', '"q"', '"a,b"', '"x\ny"', '"say ""no"""', '汉字'));
    const table = fc.tuple(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 40 }), fc.boolean());
    await fc.assert(fc.asyncProperty(table, async ([rows, end, size, ended]) => {
      const lines = rows.map((row) => row.join(','));
      const text = lines.join(end) + (ended && lines.length > 0 ? end : '');
      const found: string[] = [];
      let whole = '';
      for await (const records of recordsOf(blocks(Buffer.from(text), size))) {
        for (const record of records) {
          found.push(Buffer.from(record.text, 'latin1').toString('utf8'));
          whole += record.text + record.end;
        }
      }
      expect(Buffer.from(whole, 'latin1').toString('utf8')).toBe(text);
      expect(found).toEqual(ended || lines.at(-1) !== '' ? lines : lines.slice(0, -1));
    }), { seed: SEED, numRuns: 1000 });
  });
});

describe('the command', () => {
  test('prints the bare deadline', async () => {
    expect(await inProcess(['2024-02-01', '10'])).toEqual({ out: '2024-02-20\n', said: '', code: 0 });
    expect(JSON.parse((await inProcess(['2026-12-31', '10', '--json'])).out)).toEqual({ start: '2026-12-31', workingDays: 10, deadline: '2027-01-14', provisional: true });
  });

  test('says on standard error that a deadline is provisional', async () => {
    const { out, said, code } = await inProcess(['2026-12-31', '10', '--lang', 'en']);
    expect([out, code]).toEqual(['2027-01-14\n', 0]);
    expect(said).toContain('Provisional');
  });

  test('refuses what is no day and no count, and says how it is called', async () => {
    expect((await inProcess(['2024-02-30', '1'])).code).toBe(1);
    expect((await inProcess(['2024-02-01', 'x'])).code).toBe(1);
    const negative = await inProcess(['2026-02-03', '-3', '--lang', 'en']);
    expect([negative.code, negative.said]).toEqual([1, 'The number of working days must be a whole number from 0, such as 10: -3\n']);
    expect((await inProcess([])).code).toBe(2);
    await expect(inProcess(['--batch', 'nowhere.csv'])).rejects.toThrow('nowhere.csv');
  });

  test('says of an option that there is none in words, and ends with 2', () => {
    const { said, code } = yugong(['2026-02-03', '3', '--bogus'], '');
    expect(said).toMatch(/^--bogus is no option here.*\n选项 --bogus 不对/);
    expect(code).toBe(2);
  });

  test('stands in the program, reads standard input and ends with 1 where a row was bad', () => {
    const { out, said, code } = yugong(['--batch', '-', '--lang', 'en'], 'start,working_days\n2024-02-01,10\nnever,10\n');
    expect(out).toBe('start,working_days,deadline,provisional\n2024-02-01,10,2024-02-20,false\nnever,10,,\n');
    expect(said).toBe('line 3: Not a day (YYYY-MM-DD, such as 2023-06-30): never\n1 of 2 rows could not be counted; they are written as they were, without a deadline.\n');
    expect(code).toBe(1);
  });
});
