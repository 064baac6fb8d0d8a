import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { assigned, contractsOf } from './roads';
import { on, type Campaign, type State } from './state';

/** Everything that can be compared, one line each: what → how much or in which state. */
type Picture = Map<string, string>;

/** What differs between the model and the database, as readable lines; empty when nothing does. */
export const differences = async (state: State, db: Kysely<Database>, today: string): Promise<string[]> => {
  const [model, real] = [pictureOf(state, today), await pictureIn(db, today)];
  const lines: string[] = [];
  for (const key of new Set([...model.keys(), ...real.keys()])) {
    const [ours, theirs] = [model.get(key) ?? 'nothing', real.get(key) ?? 'nothing'];
    if (ours !== theirs) lines.push(`${key}: the model says ${ours}, the database ${theirs}`);
  }
  return lines;
};

const pictureOf = (state: State, today: string): Picture => {
  const picture: Picture = new Map();
  const { books } = state;
  for (const { code, balanceMinor, lots } of books.accounts.values()) {
    picture.set(`balance ${code}`, String(balanceMinor));
    for (const [lot, { heldMinor }] of lots)
      if (heldMinor > 0n) picture.set(`${lot.subject} in ${code}`, String(heldMinor));
  }
  for (const lot of books.lots)
    picture.set(`lot ${lot.subject}`, `${lot.kind} of ${lot.day} for ${lot.designation ?? 'any'}`);
  for (const road of state.roads)
    picture.set(`road ${road.code}`, `${road.status} ${road.budgetMinor} ${road.warrantyUntil ?? '-'}`);
  for (const one of state.allocations) picture.set(`allocation ${one.code}`, one.status);
  for (const one of state.contracts) picture.set(`contract ${one.code}`, `${one.status} ${one.amountMinor}`);
  for (const one of state.variations) picture.set(`variation ${one.code}`, one.status);
  for (const one of state.payments) picture.set(`payment ${one.code}`, one.status);
  for (const one of state.gifts) picture.set(`gift ${one.code}`, one.status);
  for (const one of state.refunds) picture.set(`refund ${one.code}`, one.status);
  for (const one of state.matches) picture.set(`match ${one.code}`, one.undone ? 'undone' : 'standing');
  for (const one of state.lines) picture.set(`line ${one.id}`, `${one.version} ${one.match?.code ?? 'open'}`);
  for (const one of state.holes) picture.set(`hole ${one.code}`, one.resolved ? 'resolved' : 'open');
  for (const one of state.pledges) {
    const applied = [...one.applied.values()].reduce((sum, part) => sum + part, 0n);
    picture.set(`pledge ${one.code}`, `${one.status} ${applied}`);
  }
  for (const campaign of state.campaigns)
    for (const [name, value] of Object.entries(numbersOf(state, campaign, today)))
      picture.set(`${campaign.slug} ${name}`, String(value));
  return picture;
};

/** The public numbers, from the model's own books. */
const numbersOf = (state: State, campaign: Campaign, today: string): Record<string, unknown> => {
  const { books } = state;
  const roads = state.roads.filter((road) => road.campaign === campaign);
  const contracts = roads.flatMap((road) => contractsOf(state, road));
  const signed = contracts.filter((one) => one.status === 'signed');
  const pledges = state.pledges.filter((one) => one.campaign === campaign);
  const standing = pledges.filter((one) => ['open', 'partly_fulfilled', 'fulfilled'].includes(one.status));
  const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);
  const planned = roads.filter((road) => !['proposed', 'cancelled'].includes(road.status));
  const paid = total(contracts.map((one) => books.balance(on.paid(one))));
  const certified = paid + total(contracts.map((one) => books.balance(on.certified(one))));
  const committed = certified + total(contracts.map((one) => books.balance(on.committed(one))));
  const [returned, lost] = [books.balance(on.returned(campaign)), books.balance(on.lost(campaign))];
  return {
    pledged: total(standing.map((one) => one.amountMinor)),
    pledges: standing.length,
    fulfilled: total(pledges.flatMap((one) => [...one.applied.values()])),
    received: -books.balance(on.given(campaign)) - returned - lost,
    allocated: total(roads.map((road) => assigned(state, road))),
    committed,
    certified,
    paid,
    unallocated: books.balance(on.fund(campaign)),
    fees: books.balance(on.fees(campaign)),
    returned,
    lost,
    shortfall: -books.balance(on.hole(campaign)),
    target: total(planned.map((road) => road.budgetMinor)),
    roads: planned.length,
    gifts: state.gifts.filter((one) => one.campaign === campaign && one.lot !== null && books.isHeld(one.lot))
      .length,
    contracts: signed.length,
    contractors: new Set(signed.map((one) => one.contractor)).size,
    payments: state.payments.filter(
      (one) =>
        ['paid', 'reconciled'].includes(one.status) && one.certificate.contract.road.campaign === campaign,
    ).length,
    lastEntryOn: lastDay(campaign.lastEntryOn, today),
  };
};

/** A play that crosses midnight must not differ by that. */
const lastDay = (day: string | null, today: string): string =>
  day === null ? '-' : day >= today.slice(0, 4) ? 'this year' : day;

const pictureIn = async (db: Kysely<Database>, today: string): Promise<Picture> => {
  const picture: Picture = new Map();
  const add = (kind: string, rows: readonly { code: string; says: unknown }[]): void => {
    for (const { code, says } of rows) picture.set(`${kind} ${code}`, String(says));
  };
  await Promise.all([
    db
      .selectFrom('account_balance')
      .select(['code', 'balance_minor as says'])
      .execute()
      .then((rows) => {
        add('balance', rows);
      }),
    db
      .selectFrom('lot_position as p')
      .innerJoin('account as a', 'a.id', 'p.account_id')
      .innerJoin('lot as l', 'l.id', 'p.lot_id')
      .select(['a.code', 'l.subject', 'p.held_minor as held'])
      .where('p.held_minor', '>', 0n)
      .execute()
      .then((rows) => {
        for (const row of rows) picture.set(`${row.subject} in ${row.code}`, String(row.held));
      }),
    db
      .selectFrom('lot')
      .select(['kind', 'subject', 'received_on', 'designation'])
      .execute()
      .then((rows) => {
        for (const row of rows)
          picture.set(
            `lot ${row.subject}`,
            `${row.kind} of ${row.received_on} for ${row.designation ?? 'any'}`,
          );
      }),
    db
      .selectFrom('segment')
      .select(['code', 'status', 'budget_minor', 'warranty_until'])
      .execute()
      .then((rows) => {
        for (const row of rows)
          picture.set(`road ${row.code}`, `${row.status} ${row.budget_minor} ${row.warranty_until ?? '-'}`);
      }),
    db.selectFrom('allocation').select(['code', 'status as says']).execute().then(into(add, 'allocation')),
    db
      .selectFrom('contract')
      .select(['code', 'status', 'amount_minor'])
      .execute()
      .then((rows) => {
        for (const row of rows) picture.set(`contract ${row.code}`, `${row.status} ${row.amount_minor}`);
      }),
    db.selectFrom('variation').select(['code', 'status as says']).execute().then(into(add, 'variation')),
    db.selectFrom('disbursement').select(['code', 'status as says']).execute().then(into(add, 'payment')),
    db.selectFrom('donation').select(['code', 'status as says']).execute().then(into(add, 'gift')),
    db.selectFrom('refund').select(['code', 'status as says']).execute().then(into(add, 'refund')),
    db
      .selectFrom('bank_match')
      .select(['code', 'undone_at'])
      .execute()
      .then((rows) => {
        for (const row of rows)
          picture.set(`match ${row.code}`, row.undone_at === null ? 'standing' : 'undone');
      }),
    db
      .selectFrom('bank_line as b')
      .leftJoin('bank_match as m', 'm.id', 'b.match_id')
      .select(['b.id', 'b.version', 'm.code'])
      .execute()
      .then((rows) => {
        for (const row of rows) picture.set(`line ${row.id}`, `${row.version} ${row.code ?? 'open'}`);
      }),
    db
      .selectFrom('shortfall')
      .select(['code', 'resolved_on'])
      .execute()
      .then((rows) => {
        for (const row of rows)
          picture.set(`hole ${row.code}`, row.resolved_on === null ? 'open' : 'resolved');
      }),
    db
      .selectFrom('pledge as p')
      .leftJoin('pledge_application as a', 'a.pledge_id', 'p.id')
      .select((eb) => ['p.code', 'p.status', eb.fn.sum<string | null>('a.amount_minor').as('applied')])
      .groupBy(['p.code', 'p.status'])
      .execute()
      .then((rows) => {
        for (const row of rows) picture.set(`pledge ${row.code}`, `${row.status} ${row.applied ?? 0}`);
      }),
    publicNumbers(db, today).then((numbers) => {
      for (const [key, value] of numbers) picture.set(key, value);
    }),
  ]);
  return picture;
};

const into =
  (add: (kind: string, rows: readonly { code: string; says: unknown }[]) => void, kind: string) =>
  (rows: readonly { code: string; says: unknown }[]): void => {
    add(kind, rows);
  };

const publicNumbers = async (db: Kysely<Database>, today: string): Promise<Picture> => {
  const picture: Picture = new Map();
  for (const row of await db.selectFrom('disclosure.campaign_numbers').selectAll().execute()) {
    const numbers: Record<string, unknown> = {
      pledged: row.pledged_minor,
      pledges: row.pledge_count,
      fulfilled: row.fulfilled_minor,
      received: row.received_minor,
      allocated: row.allocated_minor,
      committed: row.committed_minor,
      certified: row.certified_minor,
      paid: row.paid_minor,
      unallocated: row.unallocated_minor,
      fees: row.fees_minor,
      returned: row.returned_minor,
      lost: row.lost_minor,
      shortfall: row.shortfall_minor,
      target: row.target_minor,
      roads: row.segment_count,
      gifts: row.gift_count,
      contracts: row.contract_count,
      contractors: row.contractor_count,
      payments: row.payment_count,
      lastEntryOn: lastDay(row.last_entry_on, today),
    };
    for (const [name, value] of Object.entries(numbers))
      picture.set(`${row.campaign} ${name}`, String(value));
  }
  return picture;
};
