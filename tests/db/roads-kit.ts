import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { approveAllocation, proposeAllocation } from '@/lib/allocations/allocation.commands';
import type { Actor } from '@/lib/auth/roles.rules';
import { createCampaign, openCampaign } from '@/lib/campaigns/campaign.commands';
import { runCommand } from '@/lib/command';
import type { AnyCommand } from '@/lib/context';
import { certifyWork } from '@/lib/contracts/certificate.commands';
import {
  approveContract,
  proposeContract,
  recordQuote,
  registerContractor,
} from '@/lib/contracts/contract.commands';
import {
  approveDisbursement,
  payDisbursement,
  requestDisbursement,
} from '@/lib/disbursements/disbursement.commands';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { fileDocument, filePhotograph, publishPhotograph } from '@/lib/evidence/evidence.commands';
import { approveBudget, changeSegment, proposeBudget, proposeSegment } from '@/lib/segments/segment.commands';
import { newId } from '@/lib/shared/id';
import type { Result } from '@/lib/shared/result';
import { done, refused } from '../support/act';
import { newWorld, type Staff, type World } from '../support/people';

export const CAMPAIGN = 'gen-hun-meng';
export const ON = '2024-03-05';
export const words = (text: string) => ({ 'zh-Hans': text, 'zh-Hant': text, en: text });
export const shaOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const campaignInput = (over: Record<string, unknown> = {}) => ({
  slug: CAMPAIGN,
  name: words('根魂梦·家国情'),
  organiser: words('中山市侨联'),
  place: words('马岭社区'),
  story: null,
  bookCurrency: 'CNY',
  timeZone: 'Asia/Shanghai',
  opensOn: '2023-09-01',
  endsOn: '2024-08-31',
  eventOn: null,
  legalHost: null,
  licenceNo: null,
  filingNo: null,
  payElsewhereUrl: null,
  quotesRequired: 1,
  illustrative: true,
  ...over,
});

export const roadInput = (code: string, over: Record<string, unknown> = {}) => ({
  campaign: CAMPAIGN,
  code,
  name: words(code),
  location: null,
  lengthMm: 48_000,
  widthMm: 3_000,
  geometry: {
    type: 'LineString',
    coordinates: [
      [113.35, 22.46],
      [113.36, 22.47],
    ],
  },
  ...over,
});

export const budgetInput = (segment: string, amountMinor: bigint, reason: string | null = null) => ({
  segment,
  lines: [{ item: words('混凝土'), unit: 'm3', quantityMilli: 1_000n, amountMinor }],
  reason,
  on: ON,
});

export const giftInput = (amountMinor: bigint, over: Record<string, unknown> = {}) => ({
  campaign: CAMPAIGN,
  pledge: null,
  donor: null,
  currency: 'CNY',
  amountMinor,
  designation: null,
  recognition: null,
  givenOn: ON,
  channel: 'bank',
  bankReference: null,
  ...over,
});

export const clearInput = (donation: string, over: Record<string, unknown> = {}) => ({
  donation,
  receivedOn: ON,
  settledMinor: null,
  feeMinor: 0n,
  rate: null,
  rateOn: null,
  bankReference: 'BOC 1',
  ...over,
});

export type Seen = { readonly code: string; readonly contentHash: string };

/** A campaign with its people on a database of its own, and short ways to bring a road to any point of its life. */
export class RoadsKit {
  private constructor(
    readonly world: World,
    /** Wide enough that fifty people can act at once. */
    readonly db: Kysely<Database>,
    private serial = 0,
  ) {}

  /** The same short ways on a database that holds the campaign already, with numbers nobody else there has used. */
  static beside(world: Pick<World, 'db' | 'staff'>, from: number): RoadsKit {
    const { db } = world;
    return new RoadsKit({ ...world, reader: db, owner: db } as World, db, from);
  }

  static async open(max = 60): Promise<RoadsKit> {
    const world = await newWorld();
    const db = connect(world.database.appUrl, { max, statementTimeoutMs: 30_000, prepare: true });
    const kit = new RoadsKit(world, db);
    const setup: Actor = { kind: 'system', name: 'setup' };
    await done(db, createCampaign, campaignInput(), setup);
    await done(db, openCampaign, { slug: CAMPAIGN, on: '2023-09-01' }, setup);
    for (const code of ['CO-A', 'CO-B'])
      await kit.act(
        registerContractor,
        {
          code,
          name: words(code),
          registrationNo: null,
          phone: null,
          bankAccount: null,
          conflictOfInterest: null,
        },
        kit.staff.lin,
      );
    return kit;
  }

  async close(): Promise<void> {
    await this.db.destroy();
    await this.world.close();
  }

  get staff(): Staff {
    return this.world.staff;
  }

  /** A number no one has used in this kit. */
  next(): number {
    return (this.serial += 1);
  }

  readonly act = <Output>(command: AnyCommand<Output>, input: unknown, actor: Actor): Promise<Output> =>
    done(this.db, command, input, actor);

  readonly refused = (
    command: AnyCommand<unknown>,
    input: unknown,
    actor: Actor,
    name: Parameters<typeof refused>[4],
  ): Promise<void> => refused(this.db, command, input, actor, name);

  readonly try = <Output>(
    command: AnyCommand<Output>,
    input: unknown,
    actor: Actor,
    key = newId(),
  ): Promise<Result<Output>> => runCommand(command, input, actor, { key, db: this.db });

  /** As a client does it: "try again" is asked again, with the same key, until there is an answer. */
  readonly decided = async <Output>(
    command: AnyCommand<Output>,
    input: unknown,
    actor: Actor,
    key = newId(),
  ): Promise<Result<Output>> => {
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.try(command, input, actor, key);
      if (result.ok || result.refusal.name !== 'busy_try_again' || attempt === 40) return result;
    }
  };

  async gift(amountMinor: bigint, over: Record<string, unknown> = {}, clear: Record<string, unknown> = {}) {
    const gift = await this.verified(amountMinor, over);
    await this.act(clearDonation, clearInput(gift.code, clear), this.staff.lin);
    return gift;
  }

  async verified(amountMinor: bigint, over: Record<string, unknown> = {}): Promise<Seen> {
    const gift = await this.act(recordDonation, giftInput(amountMinor, over), this.staff.lin);
    await this.act(
      verifyDonation,
      { donation: gift.code, seenHash: gift.contentHash, on: ON },
      this.staff.zhou,
    );
    return gift;
  }

  /** A road with an approved budget. */
  async road(budgetMinor: bigint, code = `ML-${String(this.next()).padStart(4, '0')}`): Promise<string> {
    await this.act(proposeSegment, roadInput(code), this.staff.lin);
    const budget = await this.act(proposeBudget, budgetInput(code, budgetMinor), this.staff.lin);
    await this.act(
      approveBudget,
      { segment: code, version: budget.version, seenHash: budget.contentHash, on: ON },
      this.staff.zhou,
    );
    return code;
  }

  proposal(segment: string, amountMinor: bigint): Promise<Seen> {
    return this.act(proposeAllocation, { segment, amountMinor, note: null, on: ON }, this.staff.lin);
  }

  approval({ code, contentHash }: Seen) {
    return { allocation: code, seenHash: contentHash, on: ON, note: null };
  }

  async allocate(segment: string, amountMinor: bigint): Promise<Seen> {
    const proposal = await this.proposal(segment, amountMinor);
    await this.act(approveAllocation, this.approval(proposal), this.staff.zhou);
    return proposal;
  }

  /** A road whose budget is covered by a gift of its own size. */
  async fundedRoad(budgetMinor: bigint): Promise<string> {
    const road = await this.road(budgetMinor);
    await this.gift(budgetMinor);
    await this.allocate(road, budgetMinor);
    return road;
  }

  async paper(segment: string, kind: string, over: Record<string, unknown> = {}): Promise<string> {
    const n = this.next();
    const { code } = await this.act(
      fileDocument,
      {
        campaign: CAMPAIGN,
        segment,
        kind,
        title: words(kind),
        dated: ON,
        pages: 1,
        mediaType: 'application/pdf',
        sizeBytes: 1_000n,
        sha256: shaOf(`paper ${n}`),
        publicSha256: null,
        visibility: 'public',
        withheldReason: null,
        opensOn: null,
        ...over,
      },
      this.staff.lin,
    );
    return code;
  }

  photoInput(segment: string, stage: string, original = `photo ${this.next()}`) {
    return {
      segment,
      stage,
      station: 'A',
      takenOn: ON,
      originalSha256: shaOf(original),
      publicSha256: shaOf('public'),
      thumbSha256: shaOf('thumb'),
      widthPx: 1600,
      heightPx: 1200,
      caption: words('照片'),
      illustrative: true,
      capturedAt: null,
      latitudeE7: null,
      longitudeE7: null,
    };
  }

  async photo(segment: string, stage: string): Promise<string> {
    const { id } = await this.act(filePhotograph, this.photoInput(segment, stage), this.staff.he);
    await this.act(publishPhotograph, { photograph: id, on: ON }, this.staff.lin);
    return id;
  }

  async quote(segment: string, amountMinor: bigint, contractor = 'CO-A'): Promise<void> {
    const document = await this.paper(segment, 'quote');
    await this.act(recordQuote, { segment, contractor, amountMinor, document, on: ON }, this.staff.lin);
  }

  async contractInput(segment: string, amountMinor: bigint, over: Record<string, unknown> = {}) {
    return {
      segment,
      contractor: 'CO-A',
      amountMinor,
      retentionMinor: 0n,
      lines: [],
      fewQuotesReason: null,
      document: await this.paper(segment, 'contract'),
      signedOn: ON,
      ...over,
    };
  }

  async proposedContract(
    segment: string,
    amountMinor: bigint,
    over: Record<string, unknown> = {},
  ): Promise<Seen> {
    const input = await this.contractInput(segment, amountMinor, over);
    await this.quote(segment, amountMinor, input.contractor);
    return this.act(proposeContract, input, this.staff.lin);
  }

  /** A funded road with its contract in force; answers the contract's number. */
  async contractedRoad(
    amountMinor: bigint,
    over: Record<string, unknown> = {},
  ): Promise<{ road: string; contract: string }> {
    const road = await this.fundedRoad(amountMinor);
    const { code, contentHash } = await this.proposedContract(road, amountMinor, over);
    await this.act(approveContract, { contract: code, seenHash: contentHash, on: ON }, this.staff.zhou);
    return { road, contract: code };
  }

  move(segment: string, event: string, over: Record<string, unknown> = {}) {
    return this.act(
      changeSegment,
      { segment, event, on: ON, reason: null, warrantyUntil: null, ...over },
      this.staff.he,
    );
  }

  certifyInput(contract: string, amountMinor: bigint, stage = 'advance', on = ON) {
    return { contract, stage, percent: null, amountMinor, note: null, on };
  }

  async certify(contract: string, amountMinor: bigint, stage = 'advance', on = ON): Promise<string> {
    const { code } = await this.act(
      certifyWork,
      this.certifyInput(contract, amountMinor, stage, on),
      this.staff.he,
    );
    return code;
  }

  async request(road: string, certificate: string, amountMinor: bigint): Promise<Seen> {
    const invoice = await this.paper(road, 'invoice');
    return this.act(requestDisbursement, { certificate, invoice, amountMinor, on: ON }, this.staff.lin);
  }

  payInput(disbursement: string, on = ON) {
    return { disbursement, on, bankReference: `TT-${disbursement}` };
  }

  /** Certificate, request, approval and transfer of one amount; answers the payment's number. */
  async pay(road: string, contract: string, amountMinor: bigint): Promise<string> {
    const certificate = await this.certify(contract, amountMinor);
    const { code, contentHash } = await this.request(road, certificate, amountMinor);
    await this.act(
      approveDisbursement,
      { disbursement: code, seenHash: contentHash, on: ON },
      this.staff.zhou,
    );
    await this.act(payDisbursement, this.payInput(code), this.staff.lin);
    return code;
  }

  async balance(code: string): Promise<bigint> {
    const row = await this.db
      .selectFrom('account_balance')
      .select('balance_minor')
      .where('code', '=', code)
      .executeTakeFirst();
    return row?.balance_minor ?? 0n;
  }

  async status(road: string): Promise<string> {
    const row = await this.db
      .selectFrom('segment')
      .select('status')
      .where('code', '=', road)
      .executeTakeFirstOrThrow();
    return row.status;
  }
}

/** The names of the refusals among these answers, counted. */
export const refusalsOf = (results: readonly Result<unknown>[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const result of results)
    if (!result.ok) counts[result.refusal.name] = (counts[result.refusal.name] ?? 0) + 1;
  return counts;
};

export const doneOf = <T>(results: readonly Result<T>[]): T[] =>
  results.flatMap((result) => (result.ok ? [result.value] : []));
