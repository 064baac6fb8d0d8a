/**
 * A mistake that could be made in a moment, and the tests that must notice it. `was` stands exactly once in the file;
 * when the code is rewritten, the bug is planted anew in what came of it.
 */
export type PlantedBug = {
  readonly what: string;
  readonly file: string;
  readonly was: string;
  readonly becomes: string;
  readonly caughtBy: string;
};

/** Not here is what the database refuses as well, such as a maker who checks: taking one of two walls away changes nothing. */
export const BUGS: readonly PlantedBug[] = [
  {
    what: 'whoever prepared a month may close it',
    file: 'lib/bookkeeping/period.commands.ts',
    was: "      if (prepared.madeBy === staffIdOf(ctx.actor)) return refuse('maker_is_checker');\n",
    becomes: '',
    caughtBy: 'tests/db/month-close.test.ts',
  },
  {
    what: 'a refund is approved although it is not the one that was seen',
    file: 'lib/donations/refund.commands.ts',
    was: `    const { refund, donation, campaign } = found.value;
    if (refund.contentHash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === null)`,
    becomes: `    const { refund, donation, campaign } = found.value;
    const person = staffIdOf(ctx.actor);
    if (person === null)`,
    caughtBy: 'tests/db/donations-refunds.test.ts',
  },
  {
    what: 'a plan is recorded over a version that its recorder has not seen',
    file: 'lib/publications/publication.commands.ts',
    was: "    if (inForce !== seenVersion) return refuse('changed_since_seen', { inForce });\n",
    becomes: '',
    caughtBy: 'tests/db/plan-and-duties.test.ts',
  },
  {
    what: 'a duty that was met gets another day without a word',
    file: 'lib/campaigns/campaign.commands.ts',
    was: "        .where('done_on', 'is', null)\n",
    becomes: '',
    caughtBy: 'tests/db/plan-and-duties.test.ts',
  },
  {
    what: 'one key with two inputs is answered as if it were one act',
    file: 'lib/command.ts',
    was: "  if (!earlier.input_hash.equals(hash)) return refuse('idempotency_key_reused');\n",
    becomes: '',
    caughtBy: 'tests/properties/model-2.test.ts',
  },
  {
    what: 'more is asked for than was certified',
    file: 'lib/disbursements/disbursement.rules.ts',
    was: 'const leftMinor = request.certifiedMinor - request.claimedMinor;',
    becomes: 'const leftMinor = request.certifiedMinor;',
    caughtBy: 'tests/properties/model-3.test.ts',
  },
  {
    what: 'staff may work without their second factor',
    file: 'lib/auth/roles.rules.ts',
    was: "return actor.secondFactor ? 'allowed' : 'second_factor_required';",
    becomes: "return 'allowed';",
    caughtBy: 'tests/architecture/commands.test.ts',
  },
  {
    what: 'a sign-in link works a second time',
    file: 'lib/auth/sign-in.store.ts',
    was: "    .where('used_at', 'is', null)\n    .where('email', 'is not', null)\n",
    becomes: "    .where('email', 'is not', null)\n",
    caughtBy: 'tests/db/sign-in.test.ts',
  },
  {
    what: 'after signing in a written-out slash leads to another site',
    file: 'lib/auth/next-path.rules.ts',
    was: '/%(?:2f|5c|0)/i',
    becomes: '/%(?:5c|0)/i',
    caughtBy: 'tests/rules/auth/next-path.test.ts',
  },
  {
    what: 'a request without an origin may change something',
    file: 'lib/auth/origin.rules.ts',
    was: "if (origin === null) return fetchSite === 'same-origin';",
    becomes: 'if (origin === null) return true;',
    caughtBy: 'tests/rules/auth/origin.test.ts',
  },
  {
    what: 'a client writes its own network into a header',
    file: 'lib/auth/client-address.rules.ts',
    was: 'chain.length - 1 - (peer === null ? Math.max(0, proxies - 1) : proxies)',
    becomes: 'chain.length - 2 - (peer === null ? Math.max(0, proxies - 1) : proxies)',
    caughtBy: 'tests/rules/auth/client-address.test.ts',
  },
  {
    what: 'a webhook as old as one likes is believed',
    file: 'lib/payments/stripe.gateway.ts',
    was: 'const TOLERANCE_SECONDS = 300;',
    becomes: 'const TOLERANCE_SECONDS = 300_000_000_000;',
    caughtBy: 'tests/contracts/stripe-webhooks.test.ts tests/contracts/stripe-gateway.test.ts',
  },
  {
    what: 'yen have two decimals',
    file: 'lib/shared/currencies.ts',
    was: '  JPY: 0,',
    becomes: '  JPY: 2,',
    caughtBy: 'tests/rules/payments/stripe-amount.test.ts',
  },
  {
    what: 'a hundred is written as a thousand on a receipt',
    file: 'lib/receipts/amount-words.rules.ts',
    was: "const PLACE_UNITS = ['', '拾', '佰', '仟'] as const;",
    becomes: "const PLACE_UNITS = ['', '拾', '仟', '佰'] as const;",
    caughtBy: 'tests/rules/receipts/amount-words.test.ts',
  },
  {
    what: 'a reference with two figures changed round is taken for another promise',
    file: 'lib/shared/reference.rules.ts',
    was: 'sum = ((sum + valueOf(symbol)) * 2) % 37;',
    becomes: 'sum = (sum + valueOf(symbol)) % 37;',
    caughtBy: 'tests/rules/shared/reference.test.ts',
  },
  {
    what: 'a reference that also fits another promise is certain enough to be matched in bulk',
    file: 'lib/reconciliation/match-reasons.rules.ts',
    was: "if (facts.byReference && exact) return facts.onlyReference ? 'certain' : 'likely';",
    becomes: "if (facts.byReference && exact) return 'certain';",
    caughtBy: 'tests/rules/reconciliation/match.test.ts',
  },
  {
    what: 'a full-width equals sign starts a formula in an export',
    file: 'lib/shared/csv.ts',
    was: '[=+\\-@＝＋－＠﹦﹢﹣﹫]/u;',
    becomes: '[=+\\-@＋－＠﹦﹢﹣﹫]/u;',
    caughtBy: 'tests/rules/shared/csv.test.ts',
  },
  {
    what: 'four givers stand in a sum of their own',
    file: 'lib/disclosure/open-data/small-cells.rules.ts',
    was: 'export const LEAST_IN_CELL = 5;',
    becomes: 'export const LEAST_IN_CELL = 4;',
    caughtBy: 'tests/rules/server/public-pages.test.ts',
  },
  {
    what: 'whoever took back their consent is still named',
    file: 'db/migrations/0092_unnamed_gifts.sql',
    was: "  where r.consented_at is not null and r.withdrawn_at is null and r.moderation = 'shown' and r.shown_as is not null\n    and d.status in",
    becomes:
      "  where r.consented_at is not null and r.moderation = 'shown' and r.shown_as is not null\n    and d.status in",
    caughtBy: 'tests/db/donors.test.ts',
  },
  {
    what: 'keys of a leaf are ordered by code points instead of by UTF-16 units',
    file: 'lib/proof/jcs.ts',
    was: '.sort(byUtf16)',
    becomes: '.sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0))',
    caughtBy: 'tests/contracts/jcs.test.ts',
  },
  {
    what: 'a leaf of the log can pass as an inner node',
    file: 'lib/proof/merkle.ts',
    was: 'const LEAF_PREFIX = Buffer.of(0x00);',
    becomes: 'const LEAF_PREFIX = Buffer.of(0x01);',
    caughtBy: 'tests/contracts/merkle.test.ts',
  },
  {
    what: 'acts enter the log the newest first',
    file: 'lib/proof/log.store.ts',
    was: 'order by id limit ${limit}) d on true',
    becomes: 'order by id desc limit ${limit}) d on true',
    caughtBy: 'tests/db/proof-sequencer.test.ts',
  },
  {
    what: 'the maker of a plan is offered no form to take it back',
    file: 'app/[lang]/finance/approvals/item-detail.tsx',
    was: "  'allocation-plan': { act: 'allocation-plan.withdraw', permission: 'allocation:propose', makerOnly: true },\n",
    becomes: '',
    caughtBy: 'tests/architecture/doors-of-acts.test.ts',
  },
];
