import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { FlowLink, FlowMaterial, FlowNode } from '../../../_ui/flow/flow.rules';
import type { PublicChannel } from '../move-list';

/** Where the money of a campaign came from and where it stands. Minor units; each is a running total. */
export type FlowFigures = {
  readonly channels: readonly { readonly channel: PublicChannel; readonly minor: bigint }[];
  readonly receivedMinor: bigint;
  readonly feesMinor: bigint;
  readonly unallocatedMinor: bigint;
  /** Allocated contains committed, committed contains certified, certified contains paid. */
  readonly allocatedMinor: bigint;
  readonly committedMinor: bigint;
  readonly certifiedMinor: bigint;
  readonly paidMinor: bigint;
  readonly contractors: readonly { readonly name: string; readonly minor: bigint }[];
};

/** The places and ways of the flow picture, in the order they are drawn: the main way first, what hangs off it after. */
export const flowOf = (
  lang: Lang,
  figures: FlowFigures,
): { readonly nodes: readonly FlowNode[]; readonly links: readonly FlowLink[] } => {
  const t = words(lang, 'ledger');
  const channel = words(lang, 'home');
  const { receivedMinor, allocatedMinor, committedMinor, certifiedMinor, paidMinor } = figures;
  const nodes: FlowNode[] = [];
  const links: FlowLink[] = [];
  const place = (id: string, label: string, minor: bigint) =>
    nodes.push({ id, label: capital(label), minor });
  const way = (from: string, to: string, minor: bigint, material: FlowMaterial) =>
    links.push({ from, to, minor, material });
  const branch = (from: string, to: string, label: string, minor: bigint, material: FlowMaterial) => {
    place(to, label, minor);
    way(from, to, minor, material);
  };

  for (const source of figures.channels) {
    place(source.channel, channel(`channel.${source.channel}`), source.minor);
    way(source.channel, 'received', source.minor, 'gravel');
  }
  place('received', t('flow.received'), receivedMinor);
  branch('received', 'allocated', t('flow.allocated'), allocatedMinor, 'base');
  branch('received', 'unallocated', t('flow.unallocated'), figures.unallocatedMinor, 'gravel');
  branch('received', 'fees', t('flow.fees'), figures.feesMinor, 'gravel');
  branch('allocated', 'committed', t('flow.committed'), committedMinor, 'binder');
  branch('allocated', 'uncontracted', t('flow.uncontracted'), allocatedMinor - committedMinor, 'base');
  branch('committed', 'paid', t('flow.paid'), paidMinor, 'asphalt');
  branch('committed', 'certified', t('flow.certified'), certifiedMinor - paidMinor, 'binder');
  branch('committed', 'toBuild', t('flow.toBuild'), committedMinor - certifiedMinor, 'binder');
  for (const { name, minor } of figures.contractors) branch('paid', `to ${name}`, name, minor, 'asphalt');
  return { nodes, links };
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
