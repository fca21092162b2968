import { expect, test } from 'vitest';
import zh from '../../locales/zh-CN/lifecycle.json' with { type: 'json' };
import { textAt } from './i18n.ts';

test('finds words by their names, also where a name holds a dot', () => {
  expect(textAt(zh, 'gate.met')).toBe(zh.gate.met);
  expect(textAt(zh, 'authority.projects.move')).toBe(zh.authority['projects.move']);
  expect(textAt({ a: { 'b.c': { d: 'deep' }, b: { x: 'other' } } }, 'a.b.c.d')).toBe('deep');
});

test('gives nothing for a group of words, a missing name or a name that every object has', () => {
  for (const key of ['gate', 'gate.nothing', 'nothing.met', 'toString', 'constructor.name', '']) expect(textAt(zh, key), key).toBeUndefined();
});
