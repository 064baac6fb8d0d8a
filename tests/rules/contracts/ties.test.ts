import { describe, expect, test } from 'vitest';
import { tiesOf, type Party } from '@/lib/contracts/ties.rules';

const party = (code: string, over: Partial<Party> = {}): Party => ({
  kind: 'contractor',
  code,
  phone: null,
  bankAccount: null,
  ...over,
});

describe('a bidder is tied to whoever has the same telephone or account', () => {
  test('however it is written: blanks, dashes, country code, full-width digits', () => {
    const ties = tiesOf([
      party('CO-A', { phone: '138 0000-0000', bankAccount: '6222 0212 3456 7890' }),
      party('CO-B', { phone: '+86 13800000000' }),
      party('林', { kind: 'staff', bankAccount: '６２２２０２１２３４５６７８９０' }),
    ]);
    expect(ties.get('CO-A')).toEqual([
      { by: 'phone', with: { kind: 'contractor', code: 'CO-B' } },
      { by: 'account', with: { kind: 'staff', code: '林' } },
    ]);
    expect(ties.get('CO-B')).toEqual([{ by: 'phone', with: { kind: 'contractor', code: 'CO-A' } }]);
    expect(ties.has('林')).toBe(false);
  });
  test('not for what is missing or too short to mean anything, nor a phone that equals an account', () => {
    const ties = tiesOf([
      party('CO-A', { phone: '', bankAccount: '1' }),
      party('CO-B', { phone: '', bankAccount: '1' }),
      party('CO-C', { phone: '13800000001' }),
      party('CO-D', { bankAccount: '13800000001' }),
    ]);
    expect(ties.size).toBe(0);
  });
});
