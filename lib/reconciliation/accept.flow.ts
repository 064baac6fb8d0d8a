import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import type { Actor } from '../auth/roles.rules';
import { runCommand } from '../command';
import type { MatchPart } from './bank.form';
import { makeMatch } from './match.commands';
import { certainOf, openWork, type Offer, type OwnAccount } from './workspace.queries';

/** What an offer becomes when it is accepted as it stands. */
export const partsOfOffer = (offer: Offer, amountMinor: bigint): MatchPart[] => {
  if (offer.kind === 'rule')
    return offer.makes === 'own_transfer'
      ? offer.otherAccount === null
        ? []
        : [{ kind: 'own_transfer', subject: offer.otherAccount, amountMinor }]
      : [{ kind: offer.makes, amountMinor }];
  const parts = offer.things.map((thing): MatchPart => ({
    kind: thing.part,
    subject: thing.subject,
    // A promise is kept as far as the money goes; everything else is what it is.
    amountMinor: thing.part === 'pledge' && offer.things.length === 1 ? amountMinor : thing.amountMinor,
  }));
  const rest = amountMinor - parts.reduce((sum, part) => sum + part.amountMinor, 0n);
  return rest === 0n ? parts : [...parts, { kind: 'fee', amountMinor: rest }];
};

export const reasonsOfOffer = (offer: Offer): string[] =>
  offer.kind === 'rule' ? ['rule'] : offer.reasons.map((reason) => reason.name).slice(0, 12);

/**
 * Accepts the certain matches among the lines a person ticked, each by its own act. What is certain is found anew: a
 * line that is not certain any more, or was changed since the person looked, is left alone and counted.
 */
export const acceptCertain = async (
  account: OwnAccount,
  ticked: ReadonlyMap<bigint, number>,
  actor: Actor,
  key: string,
  db?: Kysely<Database>,
): Promise<{ readonly accepted: number; readonly left: number }> => {
  let accepted = 0;
  for (const { line, offers } of certainOf(await openWork(account, db))) {
    const [offer] = offers;
    if (!offer || ticked.get(line.id) !== line.version) continue;
    const made = await runCommand(
      makeMatch,
      {
        account: account.code,
        lines: [{ id: line.id, version: line.version }],
        parts: partsOfOffer(offer, line.amountMinor),
        inBulk: true,
        reasons: reasonsOfOffer(offer),
      },
      actor,
      { key: `${key}:${line.id}`, db },
    );
    if (made.ok) accepted += 1;
  }
  return { accepted, left: ticked.size - accepted };
};
