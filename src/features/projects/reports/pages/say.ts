// How the months of a project are said and coloured; the colour always stands beside the word.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Tone } from '../../../../web/format.ts';
import type { listReports, MonthLine } from '../contract.ts';

export type Year = OutputOf<typeof listReports>;

export function stateOf(line: MonthLine): { tone: Tone; word: string } {
  if (line.report !== null && line.report.kind === 'monthly') return { tone: line.report.late ? 'warn' : 'ok', word: line.report.late ? 'late' : 'reported' };
  switch (line.state) {
    case 'missing': return { tone: line.period === 'locked' ? 'bad' : 'late', word: 'missing' };
    case 'waiting': return { tone: 'warn', word: 'waiting' };
    case 'opening': return { tone: 'ok', word: 'opening' };
    case 'reported': case 'covered': case 'free': case 'future': return { tone: 'off', word: line.state };
    default: return { tone: 'off', word: line.state };
  }
}
