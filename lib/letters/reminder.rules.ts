import { addDays } from '../shared/time';

/** When a part of a promise is written about: a week before it is due, and twice after it did not come. */
export const REMINDERS = [
  { stage: 'before', fromDays: -7, toDays: -1 },
  { stage: 'after-3', fromDays: 3, toDays: 20 },
  { stage: 'after-21', fromDays: 21, toDays: 60 },
] as const;
export type ReminderStage = (typeof REMINDERS)[number]['stage'];

/**
 * Which reminder a part due on `dueOn` is ripe for today, or null. A promise made within the last two days is not
 * reminded of: its giver has just had the letter of thanks.
 */
export const reminderStage = (dueOn: string, pledgedOn: string, today: string): ReminderStage | null => {
  if (today < addDays(pledgedOn, 2)) return null;
  const ripe = REMINDERS.find(
    ({ fromDays, toDays }) => today >= addDays(dueOn, fromDays) && today <= addDays(dueOn, toDays),
  );
  return ripe?.stage ?? null;
};
