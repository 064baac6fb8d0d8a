import { campaignNumbers, publicCampaigns } from '@/lib/disclosure/campaign.queries';
import { proofHolds } from '@/lib/proof/check-proof';
import {
  halts,
  leavesOf,
  logStatus,
  mainLeafOf,
  newestHead,
  proofFile,
  publicKeys,
  type LeafOfThing,
  type LogStatus,
  type PublicHalt,
} from '@/lib/proof/log.queries';
import { parseVerifierKey } from '@/lib/proof/note';
import { configuredWitness } from '@/lib/proof/witness-setting';

export type VerifyModel = {
  /** Public keys of the log and of its witness, as the browser needs them. */
  readonly keys: readonly string[];
  readonly witnesses: readonly string[];
  readonly size: bigint | null;
  readonly origin: string | null;
  /** The numbers this site shows, by "campaign currency", to be held against the recomputed ones. */
  readonly numbers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly halts: readonly PublicHalt[];
  /** What was asked for by number, checked here for readers without scripts. */
  readonly asked: {
    readonly name: string;
    readonly outcome: 'holds' | 'fails' | 'unknown';
    /** Everything the log says about it, oldest first; empty when a leaf was asked for by its number. */
    readonly leaves: readonly LeafOfThing[];
  } | null;
  /** How far the log is behind the acts, as of now. */
  readonly status: LogStatus;
};

export type Asked = { readonly gift?: string; readonly road?: string; readonly leaf?: string };

/** Everything the page tells and hands to the browser. */
export const verifyModel = async (asked: Asked): Promise<VerifyModel> => {
  const [head, keys, past, campaigns, status] = await Promise.all([
    newestHead(),
    publicKeys(),
    halts(),
    publicCampaigns(),
    logStatus(),
  ]);
  const numbers = await Promise.all(campaigns.map((campaign) => campaignNumbers(campaign.slug)));
  const witness = configuredWitness();
  return {
    keys,
    witnesses: witness ? [witness.key.vkey] : [],
    size: head?.size ?? null,
    origin: head?.origin ?? null,
    numbers: Object.fromEntries(
      numbers
        .filter((row) => row !== null)
        .map((row) => [
          `${row.campaign} ${row.currency}`,
          {
            pledged: String(row.pledged_minor),
            received: String(row.received_minor),
            allocated: String(row.allocated_minor),
            committed: String(row.committed_minor),
            paid: String(row.paid_minor),
          },
        ]),
    ),
    halts: past,
    status,
    asked: await checkHere(asked, keys),
  };
};

const checkHere = async (asked: Asked, vkeys: readonly string[]): Promise<VerifyModel['asked']> => {
  const name = (asked.gift ?? asked.road ?? asked.leaf)?.trim() ?? '';
  if (name === '' || name.length > 100) return null;
  const isNumber = asked.gift === undefined && asked.road === undefined && /^[1-9]\d{0,15}$/.test(name);
  const leaves = isNumber ? [] : await leavesOf(name, null);
  const index = isNumber ? BigInt(name) - 1n : mainLeafOf(leaves)?.index;
  const file = index === undefined ? null : await proofFile(index);
  if (file === null) return { name, outcome: 'unknown', leaves };
  const keys = vkeys.map(parseVerifierKey).filter((key) => key !== null);
  return { name, outcome: proofHolds(file, keys) ? 'holds' : 'fails', leaves };
};
