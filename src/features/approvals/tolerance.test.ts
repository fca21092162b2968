import { describe, expect, test } from 'vitest';
import { calendarWith } from '../../kernel/workdays.ts';
import { supply, tolerate, toleranceState, type Material } from './tolerance.ts';

const calendar = calendarWith();
const MATERIALS: readonly Material[] = [{ id: 'form', main: true, deferDays: null }, { id: 'map', main: false, deferDays: 5 }, { id: 'stamp', main: false, deferDays: 10 }, { id: 'proof', main: false, deferDays: null }];
const owing = () => tolerate(MATERIALS, new Set(['form', 'proof']), '2024-03-01', true, calendar);

describe('acceptance with materials owed', () => {
  test('gives each a day in working days, and is clear when all are there', () => {
    const begun = owing();
    expect(begun.debts).toEqual([{ material: 'map', due: '2024-03-08', suppliedDay: null }, { material: 'stamp', due: '2024-03-15', suppliedDay: null }]);
    const all = supply(supply(begun, 'map', '2024-03-08'), 'stamp', '2024-03-11');
    expect(['2024-03-08', '2024-03-11'].map((day) => toleranceState(all, day))).toEqual(['owing', 'clear']);
    expect(toleranceState(tolerate(MATERIALS, new Set(['form', 'map', 'stamp', 'proof']), '2024-03-01', false, calendar), '2024-03-01')).toBe('clear');
  });

  test('is sent back when a day passes, and stays so whatever comes later', () => {
    expect(['2024-03-08', '2024-03-09'].map((day) => toleranceState(owing(), day))).toEqual(['owing', 'returned']);
    expect(() => supply(owing(), 'map', '2024-03-09')).toThrow('cases.returned');
  });

  test('needs every main material, defers only what the list allows, and only where the item does', () => {
    expect(() => tolerate(MATERIALS, new Set(['map', 'stamp', 'proof']), '2024-03-01', true, calendar)).toThrow('cases.main_missing');
    expect(() => tolerate(MATERIALS, new Set(['form']), '2024-03-01', true, calendar)).toThrow('cases.not_deferrable');
    expect(() => tolerate(MATERIALS, new Set(['form', 'proof']), '2024-03-01', false, calendar)).toThrow('cases.tolerance_not_here');
    expect(() => supply(owing(), 'form', '2024-03-04')).toThrow('cases.not_owed');
  });
});
