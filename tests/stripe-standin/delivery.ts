import { createHmac } from 'node:crypto';
import { fractions } from './ids';
import type { Delivery } from './switches';
import type { World } from './world';

/** One try to hand an event over, as the control shows it. */
export type Attempt = {
  readonly eventId: string;
  readonly type: string;
  readonly at: number;
  /** The receiver's status, or 0 when it could not be reached in time. */
  readonly status: number;
  readonly tampered: boolean;
};

export type Courier = {
  /** What an earlier run could not hand over any more is sent now, as Stripe would go on trying for three days. */
  readonly catchUp: (sinceSeconds: number) => void;
  /** A new event is there. */
  readonly take: (eventId: string) => void;
  /** Sends what was kept back, in the given order, or in the order it came. */
  readonly release: (order?: readonly string[]) => void;
  readonly held: () => readonly string[];
  /** Throws away what is kept back. */
  readonly forget: () => void;
  /** Sends one event now, again if need be, whatever the switches say. */
  readonly resend: (eventId: string) => Promise<number>;
  /** Settles when nothing is waiting, under way or to be tried again. */
  readonly quiet: () => Promise<void>;
  readonly attempts: () => readonly Attempt[];
  readonly stop: () => void;
};

/** `Stripe-Signature: t=…,v1=…` over the exact bytes (docs.stripe.com/webhooks/signature). */
export const signature = (body: string, secret: string, seconds: number, scheme = 'v1'): string =>
  `t=${seconds},${scheme}=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

type Letter = { readonly body: string; readonly header: string | null };

const spoil = (kind: Delivery['tamperKind'], body: string, secret: string, seconds: number): Letter => {
  switch (kind) {
    case 'body': {
      // Somebody on the way makes the amounts a hundredfold, or else the event younger; the signature is of the
      // true bytes.
      const richer = body.replace(/("amount(?:_total|_received)?": ?)(\d+)/g, '$1$200');
      const other = richer === body ? body.replace(/("created": ?)(\d+)/, '$1$20') : richer;
      return { body: other, header: signature(body, secret, seconds) };
    }
    case 'secret':
      return { body, header: signature(body, `${secret}x`, seconds) };
    case 'stale':
      return { body, header: signature(body, secret, seconds - 400) };
    case 'old_scheme':
      return { body, header: signature(body, secret, seconds, 'v0') };
    case 'no_header':
      return { body, header: null };
  }
};

export const openCourier = (world: World, seed: string): Courier => {
  const chance = fractions(`${seed}/delivery`);
  const held: string[] = [];
  const group: string[] = [];
  const log: Attempt[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const waiting: (() => void)[] = [];
  let line: Promise<void> = Promise.resolve();
  let open = 0;
  let stopped = false;

  const begin = (): void => {
    open += 1;
  };
  const end = (): void => {
    open -= 1;
    if (open === 0) for (const tell of waiting.splice(0)) tell();
  };

  const post = async (eventId: string, tampered: boolean): Promise<number> => {
    const event = world.store.get('event', eventId);
    const url = world.settings.webhookUrl;
    if (!event || url === null || stopped) return 0;
    const body = JSON.stringify(event, null, 2);
    const seconds = Math.floor(Date.now() / 1000);
    const { tamperKind, timeoutMs } = world.switches.delivery;
    const letter = tampered
      ? spoil(tamperKind, body, world.settings.webhookSecret, seconds)
      : { body, header: signature(body, world.settings.webhookSecret, seconds) };
    let status = 0;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          ...(letter.header !== null && { 'stripe-signature': letter.header }),
        },
        body: letter.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      status = response.status;
      await response.arrayBuffer();
    } catch {
      // Not reachable or too slow: counts as failed, and is tried again.
    }
    log.push({ eventId, type: event.type, at: Date.now(), status, tampered });
    if (status >= 200 && status < 300 && event.pending_webhooks > 0) {
      event.pending_webhooks = 0;
      world.store.put('event', event);
      world.store.keep();
    }
    return status;
  };

  const later = (ms: number, act: () => void): void => {
    begin();
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
      end();
    }, ms);
    timers.add(timer);
  };

  const attempt = async (eventId: string, tries: number): Promise<void> => {
    begin();
    const { tamper, retryMs } = world.switches.delivery;
    const status = await post(eventId, tamper > 0 && chance() < tamper);
    const wait = retryMs[tries];
    if ((status < 200 || status >= 300) && wait !== undefined && !stopped)
      later(wait, () => {
        void attempt(eventId, tries + 1);
      });
    end();
  };

  /** First attempts go one after another, so that an order can be chosen; the copies of one go together. */
  const queue = (eventId: string): void => {
    begin();
    line = line
      .then(async () => {
        const { lateMs } = world.switches.delivery;
        if (lateMs > 0 && !stopped)
          await new Promise<void>((done) => {
            timers.add(setTimeout(done, lateMs));
          });
        if (stopped) return;
        const { copies } = world.switches.delivery;
        await Promise.all(Array.from({ length: Math.max(1, copies) }, () => attempt(eventId, 0)));
      })
      .finally(end);
  };

  const dispatch = (eventId: string): void => {
    const { lose, shuffle } = world.switches.delivery;
    if (lose > 0 && chance() < lose) {
      world.store.put('fact', { id: `lost:${eventId}`, value: 1 });
      return;
    }
    if (shuffle <= 1) {
      queue(eventId);
      return;
    }
    group.push(eventId);
    if (group.length >= shuffle) emptyGroup();
  };

  const emptyGroup = (): void => {
    const mixed = group
      .splice(0)
      .map((id) => ({ id, place: chance() }))
      .sort((a, b) => a.place - b.place);
    for (const { id } of mixed) queue(id);
  };

  return {
    catchUp: (sinceSeconds) => {
      for (const event of world.store.all('event'))
        if (
          event.pending_webhooks > 0 &&
          event.created >= sinceSeconds &&
          !world.store.get('fact', `lost:${event.id}`)
        )
          queue(event.id);
    },
    take: (eventId) => {
      if (world.settings.webhookUrl === null || stopped) return;
      if (world.switches.delivery.paused) held.push(eventId);
      else dispatch(eventId);
    },
    release: (order) => {
      const all = held.splice(0);
      if (order) {
        for (const id of order) queue(id);
        held.push(...all.filter((id) => !order.includes(id)));
      } else for (const id of all) dispatch(id);
    },
    held: () => [...held],
    forget: () => {
      held.length = 0;
    },
    resend: (eventId) => post(eventId, false),
    quiet: () => {
      emptyGroup();
      return open === 0 ? Promise.resolve() : new Promise((tell) => waiting.push(tell));
    },
    attempts: () => [...log],
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      for (const tell of waiting.splice(0)) tell();
    },
  };
};
