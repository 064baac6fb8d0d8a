/** Something the law or the filed plan says must be published by a day. */
export type Duty = {
  readonly id: string;
  readonly name: string;
  /** Calendar dates `YYYY-MM-DD`; `doneOn` is null while it has not been met. */
  readonly dueOn: string;
  readonly doneOn: string | null;
  readonly href?: string | undefined;
};

export type DutyState = {
  readonly name: 'onTime' | 'late' | 'ahead' | 'today' | 'overdue';
  readonly days: number;
};

/** Whether a duty was met, and by how many days it was missed or is still away. */
export const dutyState = ({ dueOn, doneOn }: Pick<Duty, 'dueOn' | 'doneOn'>, today: string): DutyState => {
  if (doneOn !== null) {
    const late = daysBetween(dueOn, doneOn);
    return late > 0 ? { name: 'late', days: late } : { name: 'onTime', days: 0 };
  }
  const left = daysBetween(today, dueOn);
  if (left === 0) return { name: 'today', days: 0 };
  return left > 0 ? { name: 'ahead', days: left } : { name: 'overdue', days: -left };
};

/** Whole days from one calendar date to another; both are midnight of the same clock, so no zone can shift it. */
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
