// The national project code (GB/T 40058-2021): its shape and its check digit. A wrong check digit only warns, because the rule of
// the digit was confirmed on a single published sample; a wrong shape warns too, since older and provincial codes are in use.

export interface CodeReading {
  /** national: YYMM-region-department-type-serial+check; old: year-region-industry-type-serial; other: neither. */
  readonly shape: 'national' | 'old' | 'other';
  readonly region: string | undefined;
  readonly year: number | undefined;
  /** Only for the national shape; undefined where there is nothing to check. */
  readonly checkDigitFits: boolean | undefined;
}

const SHAPE = /^(\d{4})-(\d{6})-\d{2}-\d{2}-\d{6}$/;

/** Reads a code as it is written. Both shapes look alike: what their first group says tells them apart. */
export function readCode(code: string): CodeReading {
  const [, first = '', region = ''] = SHAPE.exec(code) ?? [];
  const century = Number(first);
  const isYear = century >= 1990 && century <= 2099;
  const month = Number(first.slice(2));
  const isMonth = month >= 1 && month <= 12 && Number(first.slice(0, 2)) >= 15;
  const fits = checkDigit(code.replaceAll('-', '').slice(0, -1)) === Number(code.slice(-1));
  // 2012 is a year or December 2020: then the check digit decides.
  if (first !== '' && isMonth && (!isYear || fits)) return { shape: 'national', region, year: 2000 + Number(first.slice(0, 2)), checkDigitFits: fits };
  if (first !== '' && isYear) return { shape: 'old', region, year: century, checkDigitFits: undefined };
  return { shape: 'other', region: undefined, year: undefined, checkDigitFits: undefined };
}

/** ISO 7064 MOD 11,10: the check digit of a row of digits. */
export function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10;
}
