// The tones of needs, offers and deals, and where an open one stands.
export const DEAL_TONES = { intention: 'warn', signed: 'ok', fulfilled: 'ok', fallen: 'off' } as const;

export function listingState(one: { readonly closedDay: string | null; readonly answeredDay: string | null; readonly side: string }): { readonly tone: 'ok' | 'warn' | 'off'; readonly key: 'closed' | 'answered' | 'unanswered' | 'open' } {
  if (one.closedDay !== null) return { tone: 'off', key: 'closed' };
  if (one.answeredDay !== null) return { tone: 'ok', key: 'answered' };
  return one.side === 'need' ? { tone: 'warn', key: 'unanswered' } : { tone: 'ok', key: 'open' };
}
