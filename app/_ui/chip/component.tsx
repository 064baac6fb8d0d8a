import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Icon, type IconName } from '../icon/component';

/**
 * The outline of a chip says how things stand even without colour: plan dashed, go with a thick edge, check with
 * one round end, done round, bad square and heavy, held hatched.
 */
export type ChipKind = 'plan' | 'go' | 'check' | 'done' | 'bad' | 'held';

export function Chip({
  kind,
  icon,
  size = 'normal',
  children,
}: {
  kind: ChipKind;
  icon: IconName;
  size?: 'normal' | 'small' | undefined;
  children: ReactNode;
}) {
  return (
    <span className={`chip chip-${kind}${size === 'small' ? ' chip-small' : ''}`}>
      <Icon name={icon} />
      {children}
    </span>
  );
}

/** The states of a road that the public may see; inner states map to these before they get here. */
export type RoadState =
  | 'proposed'
  | 'approved'
  | 'funded'
  | 'contracted'
  | 'in_progress'
  | 'inspection'
  | 'rework'
  | 'accepted'
  | 'in_warranty'
  | 'closed'
  | 'suspended'
  | 'cancelled';

const LOOK: Record<RoadState, readonly [ChipKind, IconName]> = {
  proposed: ['plan', 'planned'],
  approved: ['plan', 'planned'],
  funded: ['go', 'heap'],
  contracted: ['go', 'pen'],
  in_progress: ['go', 'roller'],
  inspection: ['check', 'lens'],
  rework: ['bad', 'octagon'],
  accepted: ['done', 'seal'],
  in_warranty: ['done', 'shield'],
  closed: ['done', 'seal'],
  suspended: ['held', 'pause'],
  cancelled: ['held', 'cross'],
};

/** A road's state: word, icon and outline together. */
export function RoadStateChip({
  state,
  lang,
  size,
}: {
  state: RoadState;
  lang: Lang;
  size?: 'normal' | 'small' | undefined;
}) {
  const [kind, icon] = LOOK[state];
  return (
    <Chip kind={kind} icon={icon} size={size}>
      {words(lang, 'ui')(`state.${state}`)}
    </Chip>
  );
}
