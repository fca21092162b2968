// The tones of measures and of their reports.
export const MEASURE_TONES = { done: 'ok', owed: 'warn', late: 'late', waiting: 'warn', on: 'off' } as const;
export const REPORT_TONES = { submitted: 'warn', approved: 'ok', returned: 'late' } as const;
