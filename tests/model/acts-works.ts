import { certifyWork } from '@/lib/contracts/certificate.commands';
import {
  approveContract,
  proposeContract,
  recordQuote,
  registerContractor,
  returnContract,
} from '@/lib/contracts/contract.commands';
import { approveVariation, proposeVariation } from '@/lib/contracts/variation.commands';
import {
  fileDocument,
  filePhotograph,
  publishPhotograph,
  signAcceptance,
} from '@/lib/evidence/evidence.commands';
import { seen, shaOf, words, type Draw, type Kind } from './kind';
import * as evidence from './evidence';
import { contractsOf } from './roads';
import { on, type Contract, type Road } from './state';
import * as model from './works';

const bound = (contract: Contract): boolean => contract.status === 'signed';
const inForce = ({ state }: Draw, road: Road): Contract | undefined =>
  contractsOf(state, road).find((one) => bound(one) || one.status === 'proposed');

/** The paper an act needs next, so that papers are mostly of use. */
const neededKind = (draw: Draw, road: Road): string => {
  const { state, random } = draw;
  const has = (kind: string) => state.papers.some((one) => one.road === road && one.kind === kind);
  if (random.chance(8)) return random.pick(['test_result', 'bank_slip', 'other']);
  if (road.status === 'funded') return has('quote') && !has('contract') ? 'contract' : 'quote';
  if (road.status === 'inspection' && !has('acceptance_sheet')) return 'acceptance_sheet';
  return random.chance(85) ? 'invoice' : 'acceptance_sheet';
};

const WORKING = ['contracted', 'in_progress', 'inspection', 'rework', 'accepted', 'in_warranty'];

export const WORK_ACTS: readonly Kind[] = [
  {
    name: 'contractor.register',
    command: registerContractor,
    weight: 3,
    judge: model.registerContractor,
    draw: ({ state, random }) => ({
      code: `CO-${random.below(state.contractors.length + 3)}`,
      name: words('路桥公司'),
      registrationNo: null,
      phone: null,
      bankAccount: null,
      conflictOfInterest: null,
    }),
  },
  {
    name: 'document.file',
    command: fileDocument,
    weight: 75,
    judge: evidence.fileDocument,
    draw: (draw) => {
      const { state, random } = draw;
      const road = random.fitting(
        state.roads,
        (one) => one.status === 'funded' || WORKING.includes(one.status),
        4,
      );
      if (!road) return null;
      const kind = neededKind(draw, road);
      const twin = random.chance(8) ? random.fitting(state.papers, (one) => one.kind === kind) : null;
      return {
        campaign: road.campaign.slug,
        segment: random.chance(2) ? 'ML-0000' : road.code,
        kind,
        title: words(kind),
        dated: draw.day(),
        pages: 1,
        mediaType: 'application/pdf',
        sizeBytes: 1_000n,
        // The same bytes filed again are the same invoice, whatever number the paper has.
        sha256: twin?.sha ?? shaOf(draw.fresh()),
        publicSha256: null,
        visibility: 'public',
        withheldReason: null,
        opensOn: null,
      };
    },
  },
  {
    name: 'quote.record',
    command: recordQuote,
    weight: 70,
    judge: model.recordQuote,
    draw: (draw) => {
      const { state, random } = draw;
      const road = random.fitting(
        state.roads,
        (one) =>
          one.status === 'funded' &&
          inForce(draw, one) === undefined &&
          state.quotes.filter((quote) => quote.road === one).length < 4,
        6,
      );
      if (!road || state.papers.length === 0 || state.contractors.length === 0) return null;
      const free = state.books.balance(on.allocated(road));
      const again = random.chance(8) ? state.quotes.find((one) => one.road === road) : undefined;
      return {
        segment: road.code,
        contractor: again?.contractor ?? (random.chance(2) ? 'CO-NONE' : random.pick(state.contractors)),
        amountMinor: again?.amountMinor ?? (random.chance(85) ? (free * 9n) / 10n + 1n : random.near(free)),
        document: random.chance(2) ? 'F-9999' : random.pick(state.papers).code,
        on: draw.day(),
      };
    },
  },
  {
    name: 'contract.propose',
    command: proposeContract,
    weight: 60,
    judge: model.proposeContract,
    draw: (draw) => {
      const { state, random } = draw;
      const quote = random.fitting(
        state.quotes,
        (one) => one.road.status === 'funded' && inForce(draw, one.road) === undefined,
        8,
      );
      if (!quote) return null;
      const amountMinor = random.chance(4) ? quote.amountMinor + 1n : quote.amountMinor;
      const half = amountMinor / 2n;
      return {
        segment: quote.road.code,
        contractor: random.chance(3) ? 'CO-NONE' : quote.contractor,
        amountMinor,
        retentionMinor: random.chance(3)
          ? amountMinor
          : random.chance(20)
            ? 0n
            : (amountMinor * BigInt(1 + random.below(20))) / 100n,
        lines:
          half > 0n && random.chance(30)
            ? [
                { item: words('路基'), amountMinor: half },
                { item: words('路面'), amountMinor: amountMinor - half + (random.chance(8) ? 1n : 0n) },
              ]
            : [],
        fewQuotesReason: random.chance(40) ? '村内只有一家' : null,
        document: random.chance(2) ? 'F-9999' : random.pick(state.papers).code,
        signedOn: draw.day(),
      };
    },
  },
  {
    name: 'contract.approve',
    command: approveContract,
    weight: 60,
    judge: model.approveContract,
    draw: ({ state, random, day }) => {
      const contract = random.fitting(state.contracts, (one) => one.status === 'proposed');
      return (
        contract && {
          contract: random.chance(2) ? 'C-ML-0000-1' : contract.code,
          seenHash: seen(random, contract.hash),
          on: day(),
        }
      );
    },
  },
  {
    name: 'contract.return',
    command: returnContract,
    weight: 5,
    judge: model.returnContract,
    draw: ({ state, random, day }) => {
      const contract = random.fitting(state.contracts, (one) => one.status === 'proposed');
      return contract && { contract: contract.code, reason: '价格', on: day() };
    },
  },
  {
    name: 'variation.propose',
    command: proposeVariation,
    weight: 14,
    judge: model.proposeVariation,
    draw: (draw) => {
      const { state, random } = draw;
      const contract = random.fitting(state.contracts, bound);
      if (!contract) return null;
      const free = state.books.balance(on.allocated(contract.road));
      const saved = model.worksLeft(state, contract);
      const afterMinor = random.chance(50)
        ? contract.amountMinor + random.near(free)
        : contract.amountMinor - random.near(saved);
      return {
        contract: contract.code,
        afterMinor: afterMinor > 0n ? afterMinor : random.chance(50) ? 1n : contract.retentionMinor + 1n,
        rationale: '加宽',
        document: null,
        on: draw.day(),
      };
    },
  },
  {
    name: 'variation.approve',
    command: approveVariation,
    weight: 25,
    judge: model.approveVariation,
    draw: ({ state, random, day }) => {
      const variation = random.fitting(state.variations, (one) => one.status === 'proposed');
      return variation && { variation: variation.code, seenHash: seen(random, variation.hash), on: day() };
    },
  },
  {
    name: 'work.certify',
    command: certifyWork,
    weight: 70,
    judge: model.certifyWork,
    draw: (draw) => {
      const { state, random } = draw;
      const contract = random.fitting(state.contracts, bound, 5);
      if (!contract) return null;
      const late = contract.road.status === 'in_warranty' && random.chance(70);
      const stage = late
        ? 'retention'
        : random.pick(['advance', 'base', 'base', 'surface', 'final', 'final']);
      const left = model.worksLeft(state, contract);
      return {
        contract: contract.code,
        stage,
        percent: null,
        amountMinor:
          stage === 'retention' && random.chance(90)
            ? contract.retentionMinor > 0n
              ? contract.retentionMinor
              : 1n
            : random.near(left),
        note: null,
        on: late && random.chance(80) ? '2024-07-01' : draw.day(),
      };
    },
  },
  {
    name: 'photograph.file',
    command: filePhotograph,
    weight: 35,
    judge: evidence.filePhotograph,
    draw: (draw) => {
      const { state, random } = draw;
      const road = random.fitting(
        state.roads,
        (one) =>
          WORKING.includes(one.status) && state.photos.filter((photo) => photo.road === one).length < 5,
        5,
      );
      if (!road) return null;
      const again = random.chance(5) ? state.photos.find((one) => one.road === road) : undefined;
      return {
        segment: road.code,
        stage: road.status === 'inspection' ? 'after' : random.pick(['before', 'during', 'after', 'after']),
        station: 'A',
        takenOn: draw.day(),
        originalSha256: again?.sha ?? shaOf(draw.fresh()),
        publicSha256: shaOf(1),
        thumbSha256: shaOf(2),
        widthPx: 1600,
        heightPx: 1200,
        caption: words('照片'),
        illustrative: true,
        capturedAt: null,
        latitudeE7: null,
        longitudeE7: null,
      };
    },
  },
  {
    name: 'photograph.publish',
    command: publishPhotograph,
    weight: 35,
    judge: evidence.publishPhotograph,
    draw: ({ state, random, day }) => {
      const photo = random.fitting(state.photos, (one) => !one.published);
      return photo && { photograph: photo.id, on: day() };
    },
  },
  {
    name: 'acceptance.sign',
    command: signAcceptance,
    weight: 35,
    judge: evidence.signAcceptance,
    draw: (draw) => {
      const { state, random } = draw;
      const road = random.fitting(state.roads, (one) => one.status === 'inspection', 5);
      if (!road) return null;
      const sheet = random.fitting(
        state.papers,
        (one) => one.road === road && one.kind === 'acceptance_sheet',
        6,
      );
      return {
        segment: road.code,
        sheet: sheet?.code ?? 'F-9999',
        lengthMm: 48_000,
        widthMm: 3_000,
        thicknessMm: 180,
        result: random.chance(80) ? 'accepted' : 'rework',
        remark: null,
        on: draw.day(),
      };
    },
  },
];
