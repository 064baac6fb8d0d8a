import { availableParallelism } from 'node:os';
import { fileDocument, filePhotograph, publishPhotograph } from '@/lib/evidence/evidence.commands';
import { acceptDocument } from '@/lib/files/document.gateway';
import { openDecoder, type Decoder } from '@/lib/files/photograph-decoder';
import { preparePhotograph } from '@/lib/files/photograph.gateway';
import { fileShelves } from '@/lib/files/shelves';
import { unitText } from '@/lib/i18n/units';
import { metresTyped } from '@/lib/shared/metres';
import { illustration } from '../illustrations';
import { illustrativePaper } from '../papers';
import type { Cast } from './cast';
import type { PaperFacts, PaperKind, StoryFiles } from './files';
import { roadOf, type Maling, type Road } from './maling';
import type { Player } from './player';

const TITLES: Readonly<Record<PaperKind, { 'zh-Hans': string; 'zh-Hant': string; en: string }>> = {
  quote: { 'zh-Hans': '报价单', 'zh-Hant': '報價單', en: 'Quote' },
  contract: { 'zh-Hans': '施工合同', 'zh-Hant': '施工合約', en: 'Works contract' },
  variation: { 'zh-Hans': '工程变更单', 'zh-Hant': '工程變更單', en: 'Variation order' },
  invoice: { 'zh-Hans': '发票', 'zh-Hant': '發票', en: 'Invoice' },
  acceptance_sheet: { 'zh-Hans': '竣工验收单', 'zh-Hant': '竣工驗收單', en: 'Acceptance sheet' },
};

const CAPTIONS = {
  before: {
    'zh-Hans': '施工前：泥路（示意图）',
    'zh-Hant': '施工前：泥路（示意圖）',
    en: 'Before the works: a mud road (illustrative)',
  },
  during: {
    'zh-Hans': '施工中：碎石垫层（示意图）',
    'zh-Hant': '施工中：碎石墊層（示意圖）',
    en: 'During the works: the crushed-stone base (illustrative)',
  },
  after: {
    'zh-Hans': '竣工后：沥青路面（示意图）',
    'zh-Hant': '竣工後：瀝青路面（示意圖）',
    en: 'After the works: asphalt (illustrative)',
  },
} as const;
type Stage = keyof typeof CAPTIONS;

/** Draws the story's papers and pictures and takes them through the same checks as anybody's upload. */
export const storyFiles =
  (cast: Cast) =>
  (player: Player, maling: Maling): StoryFiles => ({
    paper: (kind, facts) => filePaper(player, cast, maling, kind, facts),
    picture: pictures(player, cast),
    statement: async (bytes) => void (await fileShelves().sealed.put(bytes)),
  });

/** Whether this act of the story has been played already: then nothing needs to be drawn again. */
const playedBefore = async (player: Player, command: string, key: string): Promise<unknown> =>
  (
    await player.db
      .selectFrom('command_key')
      .select('answer')
      .where('command', '=', command)
      .where('key', '=', `story:${key}`)
      .executeTakeFirst()
  )?.answer;

const filePaper = async (
  player: Player,
  cast: Cast,
  maling: Maling,
  kind: PaperKind,
  facts: PaperFacts,
): Promise<string> => {
  const key = ['paper', kind, facts.segment, facts.on, facts.contractor ?? '', facts.amountMinor ?? ''].join(
    '-',
  );
  const before = (await playedBefore(player, fileDocument.name, key)) as { code: string } | undefined;
  if (before) return before.code;
  const bytes = await draw(maling, roadOf(maling, facts.segment), kind, facts);
  const accepted = acceptDocument(bytes);
  if (!accepted.ok) throw new Error(`a paper of the story was refused: ${accepted.refusal.name}`);
  // Invented papers hide nobody: but for those that show how it is done, the original is its own public copy.
  const isOpen = facts.namesPeople !== true;
  const shelves = fileShelves();
  await Promise.all([shelves.sealed.put(bytes), ...(isOpen ? [shelves.public.put(bytes)] : [])]);
  const contractor = maling.contractors.find((one) => one.code === facts.contractor);
  const title = TITLES[kind];
  const { code } = await player.act(
    key,
    fileDocument,
    {
      campaign: maling.campaign.slug,
      segment: facts.segment,
      kind,
      title: contractor
        ? {
            'zh-Hans': `${title['zh-Hans']} · ${contractor.name['zh-Hans']}`,
            'zh-Hant': `${title['zh-Hant']} · ${contractor.name['zh-Hant']}`,
            en: `${title.en} · ${contractor.name.en}`,
          }
        : title,
      dated: facts.on,
      pages: accepted.value.pages,
      mediaType: accepted.value.mediaType,
      sizeBytes: BigInt(accepted.value.size),
      sha256: accepted.value.sha256,
      publicSha256: null,
      visibility: isOpen ? 'public' : 'redacted',
      withheldReason: null,
      opensOn: null,
    },
    cast.lin,
  );
  return code;
};

const draw = (maling: Maling, road: Road, kind: PaperKind, facts: PaperFacts): Promise<Uint8Array> =>
  illustrativePaper({
    kind,
    number: `${road.code}-${facts.on.replaceAll('-', '')}`,
    on: facts.on,
    road: { code: road.code, name: road.name['zh-Hans'], lengthMm: road.lengthMm, widthMm: road.widthMm },
    campaign: maling.campaign.name['zh-Hans'],
    client: maling.campaign.organiser['zh-Hans'],
    contractor: maling.contractors.find((one) => one.code === facts.contractor)?.name['zh-Hans'] ?? null,
    amountMinor: facts.amountMinor,
    lines: (facts.lines ?? []).map((line) => ({
      item: line.item['zh-Hans'],
      quantity:
        line.quantityMilli === null
          ? undefined
          : `${metresTyped(Number(line.quantityMilli))} ${unitText(line.unit)}`,
      amountMinor: line.amountMinor,
    })),
    surface: facts.surface,
  });

type Drawn = Extract<Awaited<ReturnType<typeof preparePhotograph>>, { ok: true }>['value'];

/**
 * Draws in the background, as many at a time as there are cores. Each lane keeps one decoder for its pictures, which are
 * all of our own hand, until nothing waits any more.
 */
const inBackground = <T>(lanes: number): ((job: (decoder: Decoder) => Promise<T>) => Promise<T>) => {
  const waiting: ((decoder: Decoder) => Promise<void>)[] = [];
  let busy = 0;
  const lane = async (): Promise<void> => {
    const decoder = openDecoder({ processorSeconds: 600 });
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next(decoder);
    busy -= 1;
    decoder.end();
  };
  return (job) =>
    new Promise<T>((resolve, reject) => {
      waiting.push((decoder) => job(decoder).then(resolve, reject));
      if (busy < lanes) {
        busy += 1;
        void lane();
      }
    });
};

const pictures = (player: Player, cast: Cast): StoryFiles['picture'] => {
  const draw = inBackground<Drawn>(Math.min(8, availableParallelism()));
  return (road, stage, on) => {
    const key = `picture-${road.code}-${stage}`;
    const drawn = playedBefore(player, publishPhotograph.name, `${key}-publish`).then((played) =>
      played === undefined ? draw((decoder) => drawPicture(road, stage, on, decoder)) : null,
    );
    drawn.catch(() => undefined);
    return async () => {
      const picture = await drawn;
      if (picture) await filePicture(player, cast, road, stage, on, picture);
    };
  };
};

const drawPicture = async (road: Road, stage: Stage, on: string, decoder: Decoder): Promise<Drawn> => {
  const [longitude, latitude] = road.line[0] ?? [113.36, 22.47];
  const bytes = await illustration({
    code: road.code,
    name: road.name['zh-Hans'],
    stage,
    takenAt: `${on}T10:30:00`,
    latitudeE7: Math.round(latitude * 1e7),
    longitudeE7: Math.round(longitude * 1e7),
  });
  const prepared = await preparePhotograph(bytes, { decoder });
  if (!prepared.ok) throw new Error(`a picture of the story was refused: ${prepared.refusal.name}`);
  const { publicCopy, thumbnail } = prepared.value;
  const shelves = fileShelves();
  await Promise.all([
    shelves.sealed.put(bytes),
    shelves.public.put(publicCopy.bytes),
    shelves.public.put(thumbnail.bytes),
  ]);
  return prepared.value;
};

const filePicture = async (
  player: Player,
  cast: Cast,
  road: Road,
  stage: Stage,
  on: string,
  { original, facts, publicCopy, thumbnail }: Drawn,
): Promise<void> => {
  const key = `picture-${road.code}-${stage}`;
  const { id } = await player.act(
    key,
    filePhotograph,
    {
      segment: road.code,
      stage,
      station: 'A',
      takenOn: on,
      originalSha256: original.sha256,
      publicSha256: publicCopy.sha256,
      thumbSha256: thumbnail.sha256,
      widthPx: publicCopy.width,
      heightPx: publicCopy.height,
      caption: CAPTIONS[stage],
      illustrative: true,
      capturedAt: facts.takenAt ? new Date(`${facts.takenAt.local}+08:00`).toISOString() : null,
      latitudeE7: facts.takenWhere?.latitudeE7 ?? null,
      longitudeE7: facts.takenWhere?.longitudeE7 ?? null,
    },
    cast.he,
  );
  await player.act(`${key}-publish`, publishPhotograph, { photograph: id, on }, cast.lin);
};
