import { certifyWork } from '@/lib/contracts/certificate.commands';
import {
  approveDisbursement,
  payDisbursement,
  requestDisbursement,
} from '@/lib/disbursements/disbursement.commands';
import { signAcceptance } from '@/lib/evidence/evidence.commands';
import { advanceLine, invoiceLines } from './bill';
import { plusDays, roadOf, type Payment, type Road } from './maling';
import type { Scene } from './player';
import { moveRoad, type RoadStory } from './road-story';

/** What is known only from where a road stands: the day of its inspection, when no acceptance payment tells it. */
const INSPECTED_ON: Readonly<Record<string, string>> = {
  'ML-09': '2024-06-10',
  'ML-15': '2024-06-20',
  'ML-18': '2024-06-12',
  'ML-14': '2024-06-19',
};
const REWORK_ON = '2024-06-18';

/** Work certified in June 2024 whose payment still waits for approval. */
const WAITING: readonly Payment[] = [
  { on: '2024-06-28', segment: 'ML-14', stage: 'acceptance', percent: 27, amount: 356_400 },
  { on: '2024-06-28', segment: 'ML-17', stage: 'base', percent: 40, amount: 508_000 },
];

const STAGES = { advance: 'advance', base: 'base', acceptance: 'final' } as const;

export const workScenes = (story: RoadStory): Scene[] => [
  ...story.maling.payments.map((payment, index) => ({
    on: payment.on,
    order: 3000 + index,
    play: () => pay(story, payment, true),
  })),
  ...WAITING.map((payment, index) => ({
    on: payment.on,
    order: 4000 + index,
    play: () => pay(story, payment, false),
  })),
  ...story.maling.segments.flatMap((road) => progressScenes(story, road)),
];

const paymentOf = (story: RoadStory, road: Road, stage: Payment['stage']): Payment | undefined =>
  [...story.maling.payments, ...WAITING].find(
    (payment) => payment.segment === road.code && payment.stage === stage,
  );

/** From breaking ground to the warranty, as far as this road has come. */
const progressScenes = (story: RoadStory, road: Road): Scene[] => {
  const scenes: Scene[] = [
    { on: '2023-10-19', order: 100, play: story.files.picture(road, 'before', '2023-10-19') },
  ];
  const advance = paymentOf(story, road, 'advance');
  if (!advance) return scenes;
  const startedOn = plusDays(advance.on, 3);
  scenes.push({ on: startedOn, order: 5000, play: () => moveRoad(story, road.code, 'start', startedOn) });
  const base = paymentOf(story, road, 'base');
  if (base) {
    const on = plusDays(base.on, -5);
    scenes.push({ on, order: 5100, play: story.files.picture(road, 'during', on) });
  }
  const inspectedOn = inspectionDay(story, road);
  if (inspectedOn === null) return scenes;
  scenes.push({
    on: inspectedOn,
    order: 5200,
    play: () => moveRoad(story, road.code, 'ask_inspection', inspectedOn),
  });
  if (road.status === 'rework')
    scenes.push({ on: REWORK_ON, order: 5300, play: () => accept(story, road, REWORK_ON, 'rework') });
  if (road.status !== 'accepted' && road.status !== 'in_warranty') return scenes;
  const acceptedOn = plusDays(inspectedOn, 9);
  const picture = story.files.picture(road, 'after', plusDays(acceptedOn, -1));
  scenes.push({
    on: acceptedOn,
    order: 100,
    play: () => picture().then(() => accept(story, road, acceptedOn, 'accepted')),
  });
  if (road.status === 'in_warranty') {
    const on = plusDays(acceptedOn, 1);
    scenes.push({
      on,
      order: 5400,
      play: () => moveRoad(story, road.code, 'begin_warranty', on, `2025${acceptedOn.slice(4)}`),
    });
  }
  return scenes;
};

const inspectionDay = (story: RoadStory, road: Road): string | null => {
  const known = INSPECTED_ON[road.code];
  if (known !== undefined) return known;
  const last = paymentOf(story, road, 'acceptance');
  return last ? plusDays(last.on, -17) : null;
};

const accept = async (
  story: RoadStory,
  road: Road,
  on: string,
  result: 'accepted' | 'rework',
): Promise<void> => {
  const thicknessMm = result === 'accepted' ? 60 : 48;
  const sheet = await story.files.paper('acceptance_sheet', {
    segment: road.code,
    on,
    contractor: null,
    amountMinor: null,
    surface: { thicknessMm, accepted: result === 'accepted' },
  });
  await story.player.act(
    `${road.code}-accept-${result}`,
    signAcceptance,
    {
      segment: road.code,
      sheet,
      lengthMm: road.lengthMm,
      widthMm: road.widthMm,
      thicknessMm,
      result,
      remark: result === 'accepted' ? null : '面层厚度不足，返工重铺。',
      on,
    },
    story.cast.he,
  );
};

/** Certificate, invoice, request, second pair of eyes, transfer: the steps of one payment. */
const pay = async (story: RoadStory, payment: Payment, toTheEnd: boolean): Promise<void> => {
  const { player, cast, files } = story;
  const { segment, on } = payment;
  const key = `${segment}-${payment.stage}`;
  const amountMinor = BigInt(payment.amount);
  const contract = `C-${segment}-1`;
  const contractor = story.maling.contracts.find((one) => one.segment === segment)?.contractor ?? null;
  const certificate = await player.act(
    `${key}-certify`,
    certifyWork,
    { contract, stage: STAGES[payment.stage], percent: payment.percent, amountMinor, note: null, on },
    cast.he,
  );
  const lines = invoiceLines(roadOf(story.maling, segment), payment);
  const invoice = await files.paper('invoice', {
    segment,
    on,
    contractor,
    amountMinor,
    lines: lines.length > 0 ? lines : [advanceLine(amountMinor)],
  });
  const request = await player.act(
    `${key}-request`,
    requestDisbursement,
    {
      certificate: certificate.code,
      invoice,
      amountMinor,
      lines: lines.map(({ lineNo, quantityMilli, amountMinor: ofLine }) => ({
        lineNo,
        quantityMilli,
        amountMinor: ofLine,
      })),
      on,
    },
    cast.lin,
  );
  if (!toTheEnd) return;
  await player.act(
    `${key}-approve`,
    approveDisbursement,
    { disbursement: request.code, seenHash: request.contentHash, on },
    cast.zhou,
  );
  await player.act(
    `${key}-pay`,
    payDisbursement,
    { disbursement: request.code, on, bankReference: `TT-${request.code}` },
    cast.lin,
  );
};
