import type { Words } from '@/lib/i18n/words';
import type { RoadOnDesk } from '@/lib/segments/segment.queries';
import { nextState } from '@/lib/shared/state-table';
import { SEGMENT_STATES, type SegmentEvent } from '@/lib/segments/segment.rules';
import type { DeskField } from '../../_desk/act-form.rules';
import type { Offer } from './next-steps';

/** The moves of a road's life that a person makes by themselves: offered where its table has an edge. */
export const lifeSteps = (
  road: RoadOnDesk,
  t: Words<'desk'>,
  { on, reason }: { readonly on: DeskField; readonly reason: DeskField },
) => {
  const move = (event: SegmentEvent, title: string, extra: readonly DeskField[] = []): Offer => ({
    act: 'segment.move',
    id: event,
    title,
    permission: 'segment:progress',
    when: nextState(SEGMENT_STATES, road.status, event) !== null,
    hidden: { event },
    fields: [on, ...extra],
  });
  return {
    start: move('start', t('act.start')),
    inspect: move('ask_inspection', t('act.inspect')),
    warranty: move('begin_warranty', t('act.warranty'), [
      { kind: 'day', name: 'warrantyUntil', label: t('act.warrantyUntil'), value: '' },
    ]),
    /** What ends the works, for a time or for good. */
    ends: [
      move('close', t('act.close')),
      move('suspend', t('act.suspend'), [reason]),
      ...(road.heldBefore === null
        ? []
        : [move(`resume_${road.heldBefore}` as SegmentEvent, t('act.resume'))]),
      move('cancel', t('act.cancel'), [reason]),
    ],
  };
};
