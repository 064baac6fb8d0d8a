import { approveAllocation, proposeAllocation } from '@/lib/allocations/allocation.commands';
import { approveContract, proposeContract, recordQuote } from '@/lib/contracts/contract.commands';
import { withholdDocument } from '@/lib/evidence/public-copy.commands';
import { approveBudget, proposeBudget, proposeSegment } from '@/lib/segments/segment.commands';
import { budgetLines, contractLines, SURFACE } from './bill';
import { plusDays, roadOf, type Maling, type Road } from './maling';
import type { Scene } from './player';
import type { RoadStory } from './road-story';
import { workScenes } from './works';

const BUDGETS_ON = '2023-09-08';

/** Everything that happened to the 24 roads: budget, money, contract, works, payments. */
export const roadScenes = (story: RoadStory): Scene[] => [
  ...story.maling.segments.map((road, index) => ({
    on: BUDGETS_ON,
    order: index,
    play: () => approve(story, road),
  })),
  ...story.maling.allocations.map((allocation, index) => ({
    on: allocation.on,
    order: 1000 + index,
    play: () => allocate(story, allocation),
  })),
  ...story.maling.contracts.map((contract, index) => ({
    on: contract.signedOn,
    order: 2000 + index,
    play: () => sign(story, contract),
  })),
  ...workScenes(story),
];

const approve = async ({ player, cast, maling }: RoadStory, road: Road): Promise<void> => {
  await player.act(
    `${road.code}-propose`,
    proposeSegment,
    {
      campaign: maling.campaign.slug,
      code: road.code,
      name: road.name,
      location: road.place,
      lengthMm: road.lengthMm,
      widthMm: road.widthMm,
      ...SURFACE,
      roadClass: road.roadClass,
      households: road.households,
      geometry: { type: 'LineString', coordinates: road.line },
    },
    cast.lin,
  );
  const budget = await player.act(
    `${road.code}-budget`,
    proposeBudget,
    { segment: road.code, lines: budgetLines(road), reason: null, on: BUDGETS_ON },
    cast.lin,
  );
  await player.act(
    `${road.code}-budget-approve`,
    approveBudget,
    { segment: road.code, version: budget.version, seenHash: budget.contentHash, on: BUDGETS_ON },
    cast.zhou,
  );
};

const allocate = async (
  { player, cast }: RoadStory,
  { segment, on, amount }: Maling['allocations'][number],
): Promise<void> => {
  const key = `${segment}-allocate-${on}`;
  const proposed = await player.act(
    key,
    proposeAllocation,
    { segment, amountMinor: BigInt(amount), note: null, on },
    cast.lin,
  );
  await player.act(
    `${key}-approve`,
    approveAllocation,
    { allocation: proposed.code, seenHash: proposed.contentHash, on, note: null },
    cast.zhou,
  );
};

/** The losing offers: a little dearer, to a round yuan, so that the award explains itself. */
const DEARER_PERMILLE = [0n, 57n, 83n];

/** One paper of the story is kept back, so that the page shows how that looks: with its hash, its reason and its day. */
const WITHHELD = {
  segment: 'ML-07',
  reason: '报价单上写有投标联系人的身份证号和手机号，遮盖个人信息的副本复核完成后公开。',
  opensOn: '2027-03-31',
};

const sign = async (
  { player, cast, maling, files }: RoadStory,
  contract: Maling['contracts'][number],
): Promise<void> => {
  const { segment, signedOn } = contract;
  const amountMinor = BigInt(contract.amount);
  const road = roadOf(maling, segment);
  const quotedOn = plusDays(signedOn, -7);
  const bidders = [
    contract.contractor,
    ...maling.contractors.map((one) => one.code).filter((code) => code !== contract.contractor),
  ];
  for (const [index, contractor] of bidders.entries()) {
    const offer = (amountMinor * (1000n + (DEARER_PERMILLE[index] ?? 0n))) / 1000n;
    const rounded = index === 0 ? amountMinor : (offer / 100n) * 100n;
    const isWithheld = segment === WITHHELD.segment && contractor === bidders[1];
    const document = await files.paper('quote', {
      segment,
      on: quotedOn,
      contractor,
      amountMinor: rounded,
      lines: contractLines(road, rounded),
      namesPeople: isWithheld,
    });
    if (isWithheld)
      await player.act(
        `${segment}-quote-withheld`,
        withholdDocument,
        { document, reason: WITHHELD.reason, opensOn: WITHHELD.opensOn, on: quotedOn },
        cast.zhou,
      );
    await player.act(
      `${segment}-quote-${contractor}`,
      recordQuote,
      { segment, contractor, amountMinor: rounded, document, on: quotedOn },
      cast.lin,
    );
  }
  const lines = contractLines(road, amountMinor);
  const document = await files.paper('contract', {
    segment,
    on: signedOn,
    contractor: contract.contractor,
    amountMinor,
    lines,
  });
  const proposed = await player.act(
    `${segment}-contract`,
    proposeContract,
    {
      segment,
      contractor: contract.contractor,
      amountMinor,
      retentionMinor: (amountMinor * 3n) / 100n,
      lines,
      fewQuotesReason: null,
      document,
      signedOn,
    },
    cast.lin,
  );
  await player.act(
    `${segment}-contract-approve`,
    approveContract,
    { contract: proposed.code, seenHash: proposed.contentHash, on: signedOn },
    cast.zhou,
  );
};
