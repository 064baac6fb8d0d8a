import { setTimeout as sleep } from 'node:timers/promises';
import type { Books } from './crash-world';

/** What one asking came to: the answer, or that it is not known whether it was done. */
export type Asked = { readonly done: string } | { readonly doubt: string };

/**
 * People who give, and the provider who tells of payments, while something breaks. Everyone keeps the key of what they
 * asked and asks with it again until there is an answer: so nothing stays in doubt, and nothing may be done twice.
 */
export class Load {
  readonly answered = new Map<string, string>();
  readonly told = new Set<string>();
  readonly doubts: Record<string, number> = {};
  private on = true;
  private readonly hands: Promise<void>[];
  private waiting: { readonly since: number; readonly resolve: (at: number) => void } | null = null;

  constructor(
    givers: number,
    tellers: number,
    private readonly give: (key: string) => Promise<Asked>,
    private readonly tell: (event: string) => Promise<Asked>,
    private readonly name: string,
  ) {
    this.hands = [
      ...Array.from({ length: givers }, (_, hand) =>
        this.hand(`gift:${this.name}:${hand}`, this.give, (key, code) => void this.answered.set(key, code)),
      ),
      ...Array.from({ length: tellers }, (_, hand) =>
        this.hand(`evt_${this.name}_${hand}`, this.tell, (event) => void this.told.add(event)),
      ),
    ];
  }

  /** Resolves with the moment of the next answer to something asked from now on. */
  nextAnswer(): Promise<number> {
    return new Promise((resolve) => {
      this.waiting = { since: performance.now(), resolve };
    });
  }

  async stop(): Promise<void> {
    this.on = false;
    await Promise.all(this.hands);
  }

  private async hand(
    prefix: string,
    ask: (key: string) => Promise<Asked>,
    keep: (key: string, done: string) => void,
  ): Promise<void> {
    for (let n = 0; this.on; n += 1) {
      const key = `${prefix}_${n}`;
      for (;;) {
        const began = performance.now();
        const answer = await ask(key);
        if ('done' in answer) {
          keep(key, answer.done);
          if (this.waiting && began >= this.waiting.since) {
            this.waiting.resolve(performance.now());
            this.waiting = null;
          }
          break;
        }
        this.doubts[answer.doubt] = (this.doubts[answer.doubt] ?? 0) + 1;
        await sleep(50);
      }
    }
  }
}

/** What was answered and is not there, or is there as something else; and what is there that nobody asked for once. */
export const compare = (load: Pick<Load, 'answered' | 'told'>, books: Books) => ({
  lost:
    [...load.answered].filter(([key, code]) => books.gifts.get(key) !== code).length +
    [...load.told].filter((event) => !books.events.has(event)).length,
  doubled:
    books.donations -
    new Set(load.answered.values()).size +
    (books.events.size - load.told.size) +
    books.uneven,
});

export const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * 0.95))] ?? 0;
