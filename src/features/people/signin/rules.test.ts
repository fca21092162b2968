import { describe, expect, it } from 'vitest';
import { afterFailure, deviceOf, NAME_BOUNDS, NO_ATTEMPTS, SOURCE_BOUNDS, verdict, waitSeconds, type Attempts } from './rules.ts';

const START = new Date('2023-06-30T01:00:00Z');
const later = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);

function failures(count: number, at: Date): Attempts {
  let attempts = NO_ATTEMPTS;
  for (let i = 0; i < count; i += 1) attempts = afterFailure(attempts, NAME_BOUNDS, at);
  return attempts;
}

describe('attempts on a name', () => {
  it('wait 1, 2, 4, 8, 16 seconds from the third failure on and a quarter of an hour from the eighth', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((count) => waitSeconds(failures(count, START), START))).toEqual([0, 0, 1, 2, 4, 8, 16, 900]);
  });

  it('begin anew when a lock has run out, so that nobody is kept out for longer than a quarter of an hour at once', () => {
    const locked = failures(8, START);
    expect(waitSeconds(locked, later(900))).toBe(0);
    expect(afterFailure(locked, NAME_BOUNDS, later(901))).toMatchObject({ failures: 1, blockedUntil: null });
  });

  it('are forgotten after a day', () => {
    expect(afterFailure(failures(7, START), NAME_BOUNDS, later(86_401)).failures).toBe(1);
  });

  it('learn nothing about the password while they wait', () => {
    const waiting = failures(3, START);
    expect(verdict(true, waiting, NO_ATTEMPTS, START)).toEqual({ kind: 'blocked', seconds: 1 });
    expect(verdict(false, waiting, NO_ATTEMPTS, START)).toEqual({ kind: 'blocked', seconds: 1 });
    expect(verdict(true, waiting, NO_ATTEMPTS, later(1))).toEqual({ kind: 'in' });
  });
});

describe('attempts from a source', () => {
  it('leave an office of thirty who mistype alone, and stop a hundred', () => {
    let attempts = NO_ATTEMPTS;
    for (let i = 0; i < 29; i += 1) attempts = afterFailure(attempts, SOURCE_BOUNDS, START);
    expect(waitSeconds(attempts, START)).toBe(0);
    for (let i = 29; i < 100; i += 1) attempts = afterFailure(attempts, SOURCE_BOUNDS, START);
    expect(waitSeconds(attempts, START)).toBe(900);
  });
});

describe('the name of a device', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge · Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit MicroMessenger/8.0', 'WeChat · iOS'],
    ['Mozilla/5.0 (Linux; Android 14; HarmonyOS) AppleWebKit Chrome/120 Mobile Safari', 'Chrome · HarmonyOS'],
    ['', '—'],
  ])('%s', (agent, device) => expect(deviceOf(agent)).toBe(device));
});
