import { generatedYear, judgeYear } from '../support/generated-year';

/** What automatic matching is worth on a generated year of 100,000 bank lines; `--lines 10000` shortens it. */
export const benchMatch = (args: readonly string[]): Promise<Record<string, unknown>> => {
  const at = args.indexOf('--lines');
  return Promise.resolve(judgeYear(generatedYear(at < 0 ? 100_000 : Number(args[at + 1]))));
};
