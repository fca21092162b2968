import { expect, it } from 'vitest';
import { localesDir } from './root.ts';
import { loadTexts } from './texts.ts';

it('a sentence of the server takes the form that its number wants, where the language has forms', () => {
  const { say } = loadTexts(localesDir);
  const said = (locale: 'en' | 'zh-CN', count: unknown): string => say(locale, 'approvals:refusal.review_open', { count });
  expect([1, 2].map((count) => said('en', count))).toEqual(['The opinion of 1 body in the joint review is still open', 'The opinions of 2 bodies in the joint review are still open']);
  expect(said('zh-CN', 1)).toBe(said('zh-CN', 2).replace('2', '1'));
  expect(said('en', '1')).toContain('bodies');
});
