import type { Actor } from '@/lib/auth/roles.rules';
import type { AnyCommand } from '@/lib/context';
import type { Random } from './random';
import type { State, Verdict } from './state';

/** What an act is made up from: the world as the model knows it, chance, and numbers nobody has used before. */
export type Draw = {
  readonly state: State;
  readonly random: Random;
  /** A number that has not been given before in this play. */
  readonly fresh: () => number;
  /** A day of the year that is played. */
  readonly day: () => string;
};

/** One sort of act: how often it is tried, how its input is made up, and what the model says about it. */
export type Kind = {
  readonly name: string;
  readonly command: AnyCommand<unknown>;
  readonly weight: number;
  /** An input, fitting or not; null when there is nothing yet to act on. */
  readonly draw: (draw: Draw) => Record<string, unknown> | null;
  readonly judge: (state: State, input: never, who: Actor, today: string) => Verdict;
  /** The act opens holes whose numbers its answer does not tell. */
  readonly opensHoles?: true;
  /** The act makes gifts whose numbers its answer does not tell. */
  readonly makesGifts?: true;
  /** Amounts of the act go both ways. */
  readonly signed?: true;
};

export const words = (text: string) => ({ 'zh-Hans': text, 'zh-Hant': text, en: text });

/** Mostly the hash the person saw, now and then an older or an invented one. */
export const seen = (random: Random, hash: string): string =>
  random.chance(5) ? 'f'.repeat(64) : hash === '' ? '0'.repeat(64) : hash;

/** 64 hexadecimal digits that stand for the bytes of a paper or picture. */
export const shaOf = (n: number): string => n.toString(16).padStart(64, '0');
