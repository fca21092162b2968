import { describe, expect, it } from 'vitest';
import { dayNumber, dayText, fittingZoom, tiersOf } from './scale.ts';
import { shapesOf } from './shapes.ts';

const today = dayNumber('2023-06-30');
const span = (from: string, to: string) => ({ from, to });

describe('what is drawn for a row', () => {
  it('draws what is done, what is to come and what lies beyond the plan, with the days of slippage', () => {
    const { shapes, slip } = shapesOf({ id: '1', label: 'x', state: 'late', planned: span('2023-06-01', '2023-07-10'), forecast: span('2023-06-05', '2023-07-20'), actual: { from: '2023-06-05' }, baseline: span('2023-05-20', '2023-07-01') }, today);
    expect(slip).toBe(10);
    expect(shapes.map((shape) => (shape.kind === 'bar' ? [shape.paint, dayText(shape.from), dayText(shape.to - 1)] : []))).toEqual([
      ['running', '2023-06-05', '2023-06-30'],
      ['coming', '2023-07-01', '2023-07-10'],
      ['late', '2023-07-11', '2023-07-20'],
      ['plan', '2023-06-01', '2023-07-10'],
      ['baseline', '2023-05-20', '2023-07-01'],
    ]);
  });

  it('draws a finished row as done and an early one with negative slippage', () => {
    const { shapes, slip } = shapesOf({ id: '1', label: 'x', state: 'ok', planned: span('2023-06-01', '2023-06-20'), actual: { from: '2023-06-01', to: '2023-06-18' } }, today);
    expect(slip).toBe(-2);
    expect(shapes.some((shape) => shape.paint === 'late')).toBe(false);
  });

  it('draws one day as a milestone unless the row says that it is work, and a summary thinner than what it spans', () => {
    const day = span('2023-08-08', '2023-08-08');
    expect(shapesOf({ id: '1', label: 'x', state: 'off', forecast: day }, today).shapes.map((shape) => shape.kind)).toEqual(['diamond']);
    const work = shapesOf({ id: '1', label: 'x', state: 'off', forecast: day, point: false }, today).shapes;
    const summary = shapesOf({ id: '1', label: 'x', state: 'off', forecast: day, point: false, summary: true }, today).shapes;
    expect([work, summary].map((shapes) => shapes.map((shape) => (shape.kind === 'bar' ? shape.height : 0)))).toEqual([[12], [5]]);
  });

  it('draws the float of a row that is not done as a line behind it, and words behind that', () => {
    const forecast = span('2023-08-08', '2023-08-14');
    const { shapes, end, last } = shapesOf({ id: '1', label: 'x', state: 'off', forecast, floatTo: '2023-08-20' }, today);
    expect(shapes.at(-1)).toMatchObject({ paint: 'float', from: dayNumber('2023-08-15'), to: dayNumber('2023-08-21') });
    expect([end, last]).toEqual([dayNumber('2023-08-21'), dayNumber('2023-08-21')]);
    expect(shapesOf({ id: '1', label: 'x', state: 'ok', actual: { from: '2023-06-01', to: '2023-06-18' }, floatTo: '2023-08-20' }, today).shapes.some((one) => one.paint === 'float')).toBe(false);
  });

  it('draws a milestone as a diamond where it is expected, hollow where it was planned', () => {
    const { shapes } = shapesOf({ id: '1', label: '开工', state: 'bad', planned: span('2023-08-08', '2023-08-08'), forecast: span('2023-08-14', '2023-08-14') }, today);
    expect(shapes).toEqual([{ kind: 'diamond', day: dayNumber('2023-08-08'), paint: 'plan', hollow: true }, { kind: 'diamond', day: dayNumber('2023-08-14'), paint: 'bad', hollow: false }]);
  });

  it('keeps the bar of work of which one day alone was frozen, with that day hollow', () => {
    const { shapes } = shapesOf({ id: '1', label: 'x', state: 'off', forecast: span('2023-07-03', '2023-07-30'), baseline: span('2023-04-10', '2023-04-10'), point: false }, today);
    expect(shapes.map((shape) => shape.kind)).toEqual(['bar', 'diamond']);
    expect(shapes[1]).toEqual({ kind: 'diamond', day: dayNumber('2023-04-10'), paint: 'baseline', hollow: true });
  });
});

describe('the head', () => {
  it('covers the span in the words of the language', () => {
    const head = tiersOf('month', dayNumber('2023-11-15'), dayNumber('2024-02-10'), 'zh-CN');
    expect(head.upper.map((tick) => tick.label)).toEqual(['2023年', '2024年']);
    expect(head.lower.map((tick) => tick.label)).toEqual(['11月', '12月', '1月', '2月']);
    expect(tiersOf('quarter', dayNumber('2023-02-01'), dayNumber('2023-05-01'), 'en').lower.map((tick) => tick.label)).toEqual(['Q1', 'Q2']);
    expect(fittingZoom(365, 1000)).toBe('quarter');
  });
});
