import pg from 'pg';
import { Unit } from '@/db/unit';

/**
 * Calls `met` with every statement that a connection of this process sends: `before …` it is written, `sent …` when it is
 * on its way, `after …` when its answer is here. What travels in one piece is met together.
 */
export const watchStatements = (met: (point: string) => void): void => {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args;
    const texts = (
      first instanceof Unit ? first.texts : [String((first as { text?: string }).text ?? first)]
    ).map((text) => text.trim());
    const all = (when: string): void => texts.forEach((text) => met(`${when} ${text}`));
    all('before');
    const answer = query.apply(this, args);
    all('sent');
    if (first instanceof Unit) void first.answers.then(() => all('after')).catch(() => undefined);
    if (!(answer instanceof Promise)) return answer;
    return answer.then((result: unknown) => {
      all('after');
      return result;
    });
  } as typeof pg.Client.prototype.query;
};
