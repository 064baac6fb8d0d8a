import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { createCampaign, openCampaign, recordDuty } from '@/lib/campaigns/campaign.commands';
import { approveTransferAccount, proposeTransferAccount } from '@/lib/payments/transfer-account.commands';
import { createHallEvent } from '@/lib/pledges/hall.commands';
import { registerContractor } from '@/lib/contracts/contract.commands';
import { bankScenes } from './bank';
import type { Cast } from './cast';
import type { StoryFiles } from './files';
import { giftScenes } from './gifts';
import { inboxScenes } from './inbox';
import { loadMaling, type Maling } from './maling';
import { newPlayer, playInOrder, type Player } from './player';
import { tellReports } from './reports';
import { roadScenes } from './roads';

/**
 * Plays the Maling story through the real commands, day by day from the plan's filing to June 2024. Every act has
 * its own key, so playing it again (after a stop, or at the next start) changes nothing.
 */
export const playStory = async (
  db: Kysely<Database>,
  cast: Cast,
  makeFiles: (player: Player, maling: Maling) => StoryFiles,
  progress: (played: number, of: number) => void,
): Promise<void> => {
  const maling = await loadMaling();
  const player = newPlayer(db);
  await prologue(player, cast, maling);
  const story = { player, cast, maling, files: makeFiles(player, maling) };
  await playInOrder(
    [...giftScenes(player, cast, maling), ...roadScenes(story), ...inboxScenes(story), ...bankScenes(story)],
    progress,
  );
  // Reports take their figures from the books, so the books are told first.
  await tellReports(player, cast, maling);
};

const STORY_TEXT = {
  'zh-Hans':
    '2023 年的一场慈善音乐会，为马岭社区的 24 条泥路筹得 30 万元。每一分钱从认捐、到账，到铺成哪一段路、付了哪张发票、拍下哪张完工照片，都记在这里，人人可查。',
  'zh-Hant':
    '2023 年的一場慈善音樂會，為馬嶺社區的 24 條泥路籌得 30 萬元。每一分錢從認捐、到帳，到鋪成哪一段路、付了哪張發票、拍下哪張完工照片，都記在這裡，人人可查。',
  en: 'In 2023 a charity concert raised RMB 300,000 for the 24 mud roads of Maling. Every fen is recorded here, from the promise and the gift to the stretch of road it paved, the invoice it paid and the photograph of the finished work.',
};

/** Illustrative, and it says so in its own words. */
const TRANSFER_ACCOUNT = {
  holder: {
    'zh-Hans': '（示意）募捐主体专户',
    'zh-Hant': '（示意）募捐主體專戶',
    en: 'Illustrative: account of the legal host',
  },
  accountNumber: '0000 0000 0000 0300',
  bank: {
    'zh-Hans': '（示意）示意银行中山分行',
    'zh-Hant': '（示意）示意銀行中山分行',
    en: 'Illustrative Bank, Zhongshan branch',
  },
  reason: '募捐活动开始，登记收款专户。',
};

const prologue = async (player: Player, cast: Cast, maling: Maling): Promise<void> => {
  const { campaign } = maling;
  await player.act(
    'campaign',
    createCampaign,
    {
      slug: campaign.slug,
      name: campaign.name,
      organiser: campaign.organiser,
      place: campaign.place,
      story: STORY_TEXT,
      bookCurrency: 'CNY',
      timeZone: 'Asia/Shanghai',
      opensOn: '2023-09-06',
      endsOn: campaign.endsOn,
      eventOn: campaign.concertOn,
      legalHost: null,
      licenceNo: null,
      filingNo: null,
      payElsewhereUrl: null,
      quotesRequired: 3,
      illustrative: true,
    },
    cast.ming,
  );
  await player.act('open', openCampaign, { slug: campaign.slug, on: '2023-09-06' }, cast.ming);
  const account = await player.act(
    'transfer-account',
    proposeTransferAccount,
    { campaign: campaign.slug, ...TRANSFER_ACCOUNT, on: '2023-09-06' },
    cast.lin,
  );
  await player.act(
    'transfer-account-approved',
    approveTransferAccount,
    { proposal: account.proposal, seenHash: account.contentHash, on: '2023-09-06' },
    cast.zhou,
  );
  await player.act(
    'evening',
    createHallEvent,
    { slug: 'concert-2023', campaign: campaign.slug, name: campaign.name, heldOn: campaign.concertOn },
    cast.ming,
  );
  for (const contractor of maling.contractors)
    await player.act(
      `contractor-${contractor.code}`,
      registerContractor,
      {
        code: contractor.code,
        name: contractor.name,
        registrationNo: null,
        phone: null,
        bankAccount: null,
        conflictOfInterest: null,
      },
      cast.lin,
    );
  for (const duty of maling.duties)
    await player.act(
      `duty-${duty.due}`,
      recordDuty,
      {
        campaign: campaign.slug,
        kind: dutyKind(duty.title.en),
        title: duty.title,
        rule: duty.title.en.startsWith('Annual') ? '民政部令第81号 art 15' : '慈善法 art 24, 79',
        dueOn: duty.due,
        doneOn: duty.done,
      },
      cast.lin,
    );
};

const dutyKind = (title: string): string =>
  title.startsWith('Fundraising')
    ? 'plan_filed'
    : title.startsWith('Annual')
      ? 'annual_report'
      : title.startsWith('Full')
        ? 'full_report'
        : 'progress_report';
