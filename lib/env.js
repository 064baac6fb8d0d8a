// Plain JavaScript so that next.config.js can load it: a bad variable stops the build with a sentence.
import { z } from 'zod';
import { createHmac } from 'node:crypto';
import { withSecrets } from './secrets.js';

const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');
const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

/** What may be set, and what holds when it is not. docs/settings.md is written from it (`npm run settings`). */
export const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PUBLIC_URL: z
    .url({ error: 'PUBLIC_URL must be the full address people type, e.g. https://shanlu.example.org' })
    .default('http://localhost:3000'),
  DATABASE_URL: optionalText,
  APP_DATABASE_URL: optionalText,
  READ_DATABASE_URL: optionalText,
  PUBLIC_DATABASE_URL: optionalText,
  DATABASE_ROLE_SECRET: optionalText,
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(100).default(10),
  AUTH_SECRET: optionalText,
  AUTH_SECRET_BEFORE: optionalText,
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  DATA_DIR: z.string().min(1).default('.data'),
  STRIPE_SECRET_KEY: optionalText,
  STRIPE_WEBHOOK_SECRET: optionalText,
  STRIPE_API_BASE: optionalText,
  SMTP_URL: optionalText,
  MAIL_FROM: z.string().min(3).default('善路 Shanlu <no-reply@shanlu.invalid>'),
  S3_ENDPOINT: optionalText,
  S3_BUCKET: optionalText,
  S3_REGION: optionalText,
  S3_ACCESS_KEY_ID: optionalText,
  S3_SECRET_ACCESS_KEY: optionalText,
  CLAMD_ADDRESS: optionalText.refine(
    (text) => text === undefined || /^(?:\/.+|(?:\[[\da-f:.]+\]|[^\s:/]+):\d{1,5})$/i.test(text),
    { error: 'must be the path of a socket (/run/clamav/clamd.ctl) or host:port' },
  ),
  LOG_SIGNING_KEY: optionalText,
  LOG_ORIGIN: optionalText,
  WITNESS_URL: optionalText,
  WITNESS_VKEY: optionalText,
  METRICS_TOKEN: optionalText,
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(60).default(5),
  ALLOW_STANDINS: flag,
  EXAMPLES: flag,
});

/** @param {Record<string, string | undefined>} source */
const read = (source) => {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(
      `The settings cannot be used:\n${lines.join('\n')}\nSee .env.example for every setting and what it means.`,
    );
  }
  return parsed.data;
};

const parsed = read(withSecrets(process.env));

/** Settings a running server cannot do without; asked for when used, so that a build needs none of them.
 * @param {keyof typeof parsed} name @returns {string} */
const need = (name) => {
  const value = parsed[name];
  if (typeof value !== 'string' || value === '')
    throw new Error(`${name} is not set. See .env.example for what it means.`);
  return value;
};

/** @param {'shanlu_app' | 'shanlu_reader' | 'shanlu_public'} role @param {'APP_DATABASE_URL' | 'READ_DATABASE_URL' | 'PUBLIC_DATABASE_URL'} own */
const roleUrl = (role, own) => {
  if (parsed[own]) return parsed[own];
  const url = new URL(need('DATABASE_URL'));
  url.username = role;
  url.password = createHmac('sha256', need('DATABASE_ROLE_SECRET'))
    .update(`database-role:${role}`)
    .digest('base64url');
  return url.toString();
};

/**
 * What would make a production server lie about money or mail: a stand-in in place of the real service.
 * @returns {string[]} one sentence each; empty when all is real or stand-ins were allowed on purpose
 */
export const productionProblems = () => {
  if (parsed.NODE_ENV !== 'production' || parsed.ALLOW_STANDINS) return [];
  const problems = [];
  if (!parsed.STRIPE_SECRET_KEY || !parsed.STRIPE_WEBHOOK_SECRET)
    problems.push('STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are not set, so no gift could be paid.');
  if (parsed.STRIPE_API_BASE)
    problems.push('STRIPE_API_BASE points away from Stripe; set ALLOW_STANDINS=1 if that is meant.');
  if (!parsed.SMTP_URL) problems.push('SMTP_URL is not set, so no sign-in code or receipt could be sent.');
  if (!parsed.PUBLIC_URL.startsWith('https://')) problems.push('PUBLIC_URL must be https in production.');
  return problems;
};

/** Every setting, parsed once and frozen. Nothing else reads process.env. */
export const env = Object.freeze({
  ...parsed,
  get DATABASE_URL() {
    return need('DATABASE_URL');
  },
  get DATABASE_ROLE_SECRET() {
    return need('DATABASE_ROLE_SECRET');
  },
  get AUTH_SECRET() {
    return need('AUTH_SECRET');
  },
  get appDatabaseUrl() {
    return roleUrl('shanlu_app', 'APP_DATABASE_URL');
  },
  get readDatabaseUrl() {
    return roleUrl('shanlu_reader', 'READ_DATABASE_URL');
  },
  get publicDatabaseUrl() {
    return roleUrl('shanlu_public', 'PUBLIC_DATABASE_URL');
  },
});
