import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Chip, type ChipKind } from '../../_ui/chip/component';
import type { IconName } from '../../_ui/icon/component';
import { dutyState, type Duty, type DutyState } from './duty.rules';

const LOOK: Record<DutyState['name'], readonly [ChipKind, IconName]> = {
  onTime: ['done', 'seal'],
  late: ['check', 'triangle'],
  ahead: ['plan', 'planned'],
  today: ['check', 'triangle'],
  overdue: ['bad', 'octagon'],
};

/** Whether a duty was met, is still ahead or overdue, in words, icon and outline. */
export function DutyChip({ lang, duty, today }: { lang: Lang; duty: Duty; today: string }) {
  const state = dutyState(duty, today);
  const [kind, icon] = LOOK[state.name];
  return (
    <Chip kind={kind} icon={icon}>
      {words(lang, 'home')(`duties.${state.name}`, { days: state.days })}
    </Chip>
  );
}
