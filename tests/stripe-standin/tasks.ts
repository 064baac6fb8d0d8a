import { emit, change } from './events';
import { balance, makeAvailable } from './objects/balance';
import { settle } from './objects/charges';
import { endDelayed } from './objects/payments';
import { arrivePayout } from './objects/payouts';
import { failRefund, finishRefund } from './objects/refunds';
import { expireSession } from './objects/sessions';
import type { Task, Transaction } from './store';
import { now, type World } from './world';

const due = (world: World): Task[] =>
  world.store
    .all('task')
    .filter((task) => task.at <= now(world))
    .sort((a, b) => a.at - b.at);

const run = (world: World, task: Task): void => {
  const { store } = world;
  switch (task.act) {
    case 'settle': {
      const charge = store.get('charge', task.subject);
      if (!charge || charge.balance_transaction !== null) return;
      const previous = settle(world, charge);
      emit(world, 'charge.updated', charge, previous);
      return;
    }
    case 'later_succeed':
    case 'later_fail': {
      const intent = store.get('intent', task.subject);
      if (intent?.status === 'processing') endDelayed(world, intent, task.act === 'later_succeed');
      return;
    }
    case 'finish_refund':
    case 'fail_refund': {
      const refund = store.get('refund', task.subject);
      if (task.act === 'finish_refund' && refund?.status === 'pending') finishRefund(world, refund);
      if (task.act === 'fail_refund' && refund && refund.status !== 'failed') failRefund(world, refund);
      return;
    }
    case 'expire_session': {
      const session = store.get('session', task.subject);
      if (session?.status === 'open') expireSession(world, session);
      return;
    }
    case 'arrive': {
      const payout = store.get('payout', task.subject);
      if (payout?.status === 'pending') change(world, 'payout', payout, { status: 'in_transit' });
      if (payout?.status === 'in_transit') arrivePayout(world, payout);
      return;
    }
    default:
  }
};

/**
 * Does what the clock has reached, in the order of its time; acts that plan further acts are followed until
 * nothing is due. Money that becomes available at one moment is told of once.
 */
export const runDue = (world: World): void => {
  for (let tasks = due(world); tasks.length > 0; tasks = due(world)) {
    const ready: Transaction[] = [];
    let tellBalance = false;
    for (const task of tasks) {
      world.store.drop('task', task.id);
      if (task.act === 'available')
        ready.push(...[world.store.get('transaction', task.subject) ?? []].flat());
      else if (task.act === 'tell_balance') tellBalance = true;
      else run(world, task);
    }
    makeAvailable(world, ready);
    if (tellBalance) emit(world, 'balance.available', balance(world));
  }
};

/** Milliseconds until the next planned act, or null. */
export const msToNext = (world: World): number | null => {
  const times = world.store.all('task').map((task) => task.at);
  return times.length === 0 ? null : Math.max(0, (Math.min(...times) - now(world)) * 1000);
};
