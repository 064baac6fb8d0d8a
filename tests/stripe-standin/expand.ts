import { badParameter } from './errors';
import { refundsOf } from './objects/charges';
import { linesOf } from './objects/sessions';
import type { Charge, Kind, Session } from './store';
import type { World } from './world';

const DEEPEST = 4;

/** Which fields of an object hold an id that can be opened, and of what kind the opened object is. */
const OPENS: Readonly<Record<string, Readonly<Record<string, Kind | 'nothing'>>>> = {
  'checkout.session': {
    payment_intent: 'intent',
    customer: 'customer',
    invoice: 'nothing',
    payment_link: 'nothing',
    setup_intent: 'nothing',
    subscription: 'nothing',
  },
  payment_intent: {
    latest_charge: 'charge',
    payment_method: 'method',
    customer: 'customer',
    application: 'nothing',
    on_behalf_of: 'nothing',
    review: 'nothing',
  },
  charge: {
    balance_transaction: 'transaction',
    failure_balance_transaction: 'transaction',
    payment_intent: 'intent',
    customer: 'customer',
    application: 'nothing',
    review: 'nothing',
  },
  refund: {
    balance_transaction: 'transaction',
    failure_balance_transaction: 'transaction',
    charge: 'charge',
    payment_intent: 'intent',
    payment_method: 'method',
    customer: 'customer',
  },
  dispute: { charge: 'charge', payment_intent: 'intent' },
  payout: {
    balance_transaction: 'transaction',
    failure_balance_transaction: 'transaction',
    original_payout: 'payout',
    reversed_by: 'payout',
    destination: 'nothing',
  },
  payment_method: { customer: 'customer' },
  price: { product: 'product' },
};

const SOURCES: readonly Kind[] = ['charge', 'refund', 'dispute', 'payout'];

const opened = (world: World, id: string, kind: Kind | 'nothing'): object | undefined =>
  kind === 'nothing' ? undefined : world.store.get(kind, id);

type Plain = Record<string, unknown>;

/** Opens one dotted path in a copied object; lists are gone through item by item. */
const open = (world: World, value: unknown, path: readonly string[], whole: string): void => {
  const [head, ...rest] = path;
  if (head === undefined || value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const item of value) open(world, item, path, whole);
    return;
  }
  const object = value as Plain;
  const noun = String(object['object']);
  if (noun === 'list') {
    if (head !== 'data')
      throw badParameter(
        `This property cannot be expanded (${head}). You may want to try expanding 'data.${head}' instead.`,
        'expand',
      );
    open(world, object['data'], rest, whole);
    return;
  }
  if (noun === 'checkout.session' && head === 'line_items')
    object['line_items'] ??= structuredClone(linesOf(world, object as unknown as Session));
  else if (noun === 'charge' && head === 'refunds')
    object['refunds'] ??= structuredClone(refundsOf(world, (object as unknown as Charge).id));
  else if (noun === 'balance_transaction' && head === 'source') {
    const id = object['source'];
    if (typeof id === 'string')
      object['source'] = structuredClone(SOURCES.map((kind) => opened(world, id, kind)).find(Boolean) ?? id);
  } else {
    const kind = OPENS[noun]?.[head];
    if (kind === undefined) {
      // Inside a plain part of an object (`data.object` of an event) there is nothing to open, but one may walk on.
      if (rest.length === 0 || object[head] === null || typeof object[head] !== 'object')
        throw badParameter(`This property cannot be expanded (${whole}).`, 'expand');
    } else if (typeof object[head] === 'string')
      object[head] = structuredClone(opened(world, object[head], kind) ?? object[head]);
  }
  open(world, object[head], rest, whole);
};

/** The answer with the asked fields opened; stored objects are never touched. */
export const expand = (world: World, answer: object, paths: readonly string[]): object => {
  if (paths.length === 0) return answer;
  const copy = structuredClone(answer);
  for (const path of paths) {
    const parts = path.split('.');
    if (parts.length > DEEPEST + (parts[0] === 'data' ? 1 : 0))
      throw badParameter(`You cannot expand more than ${DEEPEST} levels of a property.`, 'expand');
    open(world, copy, parts, path);
  }
  return copy;
};
