import { describe, expect, it } from 'vitest';
import { chainKey, permissionsOf, scopeOf, wider, type RoleFacts } from './rules.ts';

const who = { rootId: 'root', orgId: 'org', userId: 'user', chains: ['nano', 'lead'] };
const role = (scope: RoleFacts['scope'], permissions: readonly string[] = []): RoleFacts => ({ code: scope, scope, permissions });

describe('what roles reach', () => {
  it('is the sum of what each reaches', () => {
    expect(scopeOf([role('projects'), role('organisation'), role('chain')], who)).toEqual({ keys: ['user', 'org', chainKey('nano'), chainKey('lead')], all: false });
  });
  it('is the root alone as soon as one role sees the whole zone', () => {
    expect(scopeOf([role('projects'), role('all')], who)).toEqual({ keys: ['root'], all: true });
  });
  it('is nothing without a role', () => {
    expect(scopeOf([], who)).toEqual({ keys: [], all: false });
    expect([...permissionsOf([])]).toEqual([]);
  });
  it('is the whole zone too for somebody of the zone itself whose role reaches his organisation', () => {
    expect(scopeOf([role('organisation')], { ...who, orgId: 'root' }).all).toBe(true);
  });
});

describe('a role that is wider than its giver', () => {
  const giver = { scope: { all: false }, permissions: new Set(['people.manage', 'projects.read']) };
  it('sees more or may more', () => {
    expect(wider(role('all', ['projects.read']), giver)).toBe(true);
    expect(wider(role('organisation', ['projects.edit']), giver)).toBe(true);
    expect(wider(role('organisation', ['projects.read']), giver)).toBe(false);
  });
});
