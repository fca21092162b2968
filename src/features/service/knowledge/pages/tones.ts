// The tone of an answer's state.
export const STATE_TONES = { good: 'ok', review: 'warn', ended: 'off' } as const;
