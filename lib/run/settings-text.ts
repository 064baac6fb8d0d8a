import { z } from 'zod';
import { schema } from '../env';
import { SECRETS } from '../secrets.js';

/** Read by the tools that start the product, before lib/env.js is there; or set by them. */
const ELSEWHERE: Readonly<Record<string, string>> = { PORT: 'number', HOST: 'address' };

type Told = { readonly section: string; readonly name: string; readonly words: string };

/** What .env.example tells: sections, settings, and the words behind and below each. */
export const toldSettings = (example: string): Told[] => {
  const told: { section: string; name: string; words: string }[] = [];
  let section = '';
  for (const line of example.split('\n')) {
    const head = /^# ── (.+?) ─+$/.exec(line)?.[1];
    const [, name, words] = /^# ([A-Z][A-Z0-9_]*)=\S*(?: \S+)*?(?: {2,}(.*))?$/.exec(line) ?? [];
    const more = /^# {10,}(\S.*)$/.exec(line)?.[1];
    const last = told.at(-1);
    if (head !== undefined) section = head;
    else if (name !== undefined) told.push({ section, name, words: words ?? '' });
    else if (more !== undefined && last !== undefined) last.words += ` ${more}`;
  }
  return told;
};

type Rule = {
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
};

const kindOf = (rule: Rule): string => {
  if (rule.enum !== undefined) return rule.enum.map((one) => `\`${one}\``).join(' or ');
  if (rule.type === 'integer') return `whole number, ${rule.minimum} to ${rule.maximum}`;
  return rule.format === 'uri' ? 'full address' : 'text';
};

/** docs/settings.md: each setting with its default and what may stand there, from the schema; its meaning from .env.example. */
export const settingsText = (example: string): string => {
  const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const rules = properties as Record<string, Rule>;
  const told = toldSettings(example);
  const sections = [...new Set(told.map(({ section }) => section))].map((section) => {
    const rows = told
      .filter((one) => one.section === section)
      .map(({ name, words }) => {
        const rule = rules[name] ?? {};
        const otherwise = rule.default === undefined ? '' : `\`${String(rule.default)}\``;
        return `| \`${name}\` | ${otherwise} | ${ELSEWHERE[name] ?? (SECRETS.includes(name) ? 'secret' : kindOf(rule))} | ${words} |`;
      });
    const title = section.slice(0, 1).toUpperCase() + section.slice(1);
    return `## ${title}\n\n| setting | when not set | may be | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Settings

Written by \`npm run settings\` from \`lib/env.js\` and \`.env.example\`; a test holds them equal. Every setting is a variable of
the environment, read once at the start; one that cannot be used stops the build and the start with a sentence. An empty
one counts as not set, except where a default stands. \`NODE_ENV\` is set by the tools.

A **secret** may come from a file instead, and should where the product is run for others: \`NAME_FILE=/path\` (a vault's
agent, a secret of a container), or the file \`NAME\` in the folder that \`CREDENTIALS_DIRECTORY\` names (systemd's
\`LoadCredentialEncrypted=\`). The line end behind it is not part of it. Given twice, missing, empty, or open to everybody
it stops the start with a sentence.

${sections.join('\n')}`;
};
