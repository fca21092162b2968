// Writes examples/ledger-jiyuan-2023h1.xlsx anew: `npx tsx src/demo/ledger/write.ts`. Run it after a change of the generator.
import { writeFile } from 'node:fs/promises';
import { makeLedger } from './workbook.ts';

const target = new URL('../../../examples/ledger-jiyuan-2023h1.xlsx', import.meta.url);
await writeFile(target, new Uint8Array(await makeLedger().xlsx.writeBuffer()));
process.stdout.write(`${target.pathname}\n`);
