import { groupBy } from '../shared/group-by';

/** A bidder or a member of staff with what could tie them together. */
export type Party = {
  readonly kind: 'contractor' | 'staff';
  readonly code: string;
  readonly phone: string | null;
  readonly bankAccount: string | null;
};
export type Tie = {
  readonly by: 'phone' | 'account';
  readonly with: Pick<Party, 'kind' | 'code'>;
};

/** The digits and letters alone: people write the same number with blanks, dashes, brackets and a country code. */
const plain = (written: string | null): string =>
  (written ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');

const phoneKey = (written: string | null): string => plain(written).replace(/^(?:00)?86(?=1\d{10}$)/, '');

const SHORTEST = 6;

/**
 * For every contractor, whoever else has the same telephone or the same account: another bidder, or one of us. A
 * tie is no proof of anything; it is what whoever signs the contract must have seen.
 */
export const tiesOf = (parties: readonly Party[]): ReadonlyMap<string, readonly Tie[]> => {
  const keys = {
    phone: (one: Party) => phoneKey(one.phone),
    account: (one: Party) => plain(one.bankAccount),
  };
  const found = new Map<string, Tie[]>();
  for (const by of ['phone', 'account'] as const)
    for (const [key, same] of groupBy(parties, keys[by])) {
      if (key.length < SHORTEST) continue;
      for (const one of same.filter((party) => party.kind === 'contractor'))
        for (const { kind, code } of same)
          if (kind !== one.kind || code !== one.code)
            found.set(one.code, [...(found.get(one.code) ?? []), { by, with: { kind, code } }]);
    }
  return found;
};
