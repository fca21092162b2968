import { describe, expect, it } from 'vitest';
import { readState, writeState } from './address.ts';
import { safeBack } from './gone.ts';

const start = { tab: 'all', town: [] as string[], page: 1, mine: false, q: undefined as string | undefined };

describe('state in the address', () => {
  it('leaves out what is as at the start and reads it back', () => {
    const search = writeState(start, '', { tab: 'late', town: ['克井镇', 'a b'], page: 2, mine: true, q: 'jynm&x' });
    expect(readState(start, search)).toEqual({ tab: 'late', town: ['克井镇', 'a b'], page: 2, mine: true, q: 'jynm&x' });
    expect(writeState(start, search, { tab: 'all', town: [], page: 1, mine: false, q: undefined })).toBe('');
  });

  it('leaves the parameters of others alone and survives nonsense', () => {
    expect(writeState(start, '?other=1&tab=late', { tab: 'all' })).toBe('?other=1');
    expect(readState(start, '?page=x&mine=')).toMatchObject({ page: 1, mine: false });
  });

  it('can say that a list with a start value was emptied', () => {
    const levels = { level: ['province', 'city'] as readonly string[] };
    const search = writeState(levels, '', { level: [] });
    expect(readState(levels, search).level).toEqual([]);
  });
});

describe('the way back after signing in', () => {
  it('only leads to this site', () => {
    expect(safeBack('/projects?town=a')).toBe('/projects?town=a');
    for (const bad of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '', undefined, '/sign-in?back=/']) expect(safeBack(bad)).toBe('/');
  });
});
