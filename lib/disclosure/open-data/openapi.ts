import { z } from 'zod';
import { GIFT_TOTAL_FIELDS } from './gift-totals.queries';
import { rowSchema } from './fields.rules';
import { ATTRIBUTION, LICENCE } from './licence';
import { querySchema } from './query.rules';
import { RESOURCES, type Resource } from './resources';

type Json = Record<string, unknown>;

const PROBLEM = z.strictObject({
  type: z.string().describe('Address that names the kind of problem.'),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z
    .array(z.strictObject({ parameter: z.string(), detail: z.string() }))
    .optional()
    .describe('Each parameter that cannot be used.'),
});

const schemaOf = (schema: z.ZodType, io: 'input' | 'output' = 'output'): Json => {
  const {
    $schema: _dialect,
    $defs: _definitions,
    ...rest
  } = z.toJSONSchema(schema, { io, reused: 'inline' }) as Json;
  return JSON.parse(JSON.stringify(rest).replaceAll('#/$defs/', '#/components/schemas/')) as Json;
};

const nameOf = (name: string): string =>
  name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

const LOCAL_TEXT: Json = {
  type: 'object',
  description: 'The same text in each language of the site.',
  properties: { 'zh-Hans': { type: 'string' }, 'zh-Hant': { type: 'string' }, en: { type: 'string' } },
  required: ['zh-Hans', 'zh-Hant', 'en'],
  additionalProperties: false,
};

const LIMIT_HEADERS: Json = {
  RateLimit: {
    description: 'What is left of the budget (r) and the seconds until it is full (t).',
    schema: { type: 'string' },
  },
  'RateLimit-Policy': {
    description: 'The budget (q) and the seconds in which it fills (w).',
    schema: { type: 'string' },
  },
};

const problem = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const answers = (schema: Json, more: Json): Json => ({
  '200': {
    description: 'As asked.',
    headers: {
      ...LIMIT_HEADERS,
      ETag: { description: 'Changes when published data changes.', schema: { type: 'string' } },
    },
    content: { 'application/json': { schema } },
  },
  '304': { description: 'Nothing has changed since the ETag sent with If-None-Match.' },
  ...more,
  '429': problem('Too many requests; come again after Retry-After seconds.'),
  '503': problem('The service is busy; come again after Retry-After seconds.'),
});

const pageOf = (name: string): Json => ({
  type: 'object',
  properties: {
    data: { type: 'array', items: { $ref: `#/components/schemas/${nameOf(name)}` } },
    next: { type: ['string', 'null'], description: 'Address of the next page; null on the last.' },
    version: { type: 'string', description: 'Version of the published data.' },
    licence: { type: 'string', const: LICENCE.url },
    attribution: { type: 'string', const: ATTRIBUTION },
  },
  required: ['data', 'next', 'version', 'licence', 'attribution'],
  additionalProperties: false,
});

const parametersOf = (resource: Resource): Json[] => {
  const { properties = {} } = schemaOf(querySchema(resource), 'input') as {
    properties?: Record<string, Json>;
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema: name === 'limit' ? { type: 'integer', minimum: 1, maximum: 500, default: 100 } : schema,
  }));
};

const pathsOf = (resource: Resource): Json => ({
  [`/${resource.name}`]: {
    get: {
      operationId: `list${nameOf(resource.name)}`,
      tags: [resource.name],
      summary: resource.title,
      description: resource.about,
      parameters: parametersOf(resource),
      responses: answers(pageOf(resource.name), { '400': problem('A parameter cannot be used.') }),
    },
  },
  ...(resource.one !== undefined && {
    [`/${resource.name}/{id}`]: {
      get: {
        operationId: `get${nameOf(resource.name)}`,
        tags: [resource.name],
        summary: `${resource.title}: one`,
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'Its public number.',
            schema: { type: 'string' },
          },
        ],
        responses: answers(
          {
            type: 'object',
            properties: { data: { $ref: `#/components/schemas/${nameOf(resource.name)}` } },
            required: ['data'],
          },
          { '404': problem('There is no such public record.') },
        ),
      },
    },
  }),
});

/** The description of the API (OpenAPI 3.1), made from the schemas that also read its parameters. */
export const openApi = (publicUrl: string): Json => ({
  openapi: '3.1.1',
  info: {
    title: 'Shanlu 善路: open data',
    version: '1.0.0',
    description:
      'Read-only. Amounts are exact decimal text. Lists are paged by key: follow `next`. Donors are named only where they agreed to it.',
    license: { name: LICENCE.title, url: LICENCE.url },
  },
  servers: [{ url: `${publicUrl}/api/v1` }],
  security: [],
  tags: [...RESOURCES, { name: 'gift-totals', about: 'Gifts of donors who are not named, in groups.' }].map(
    ({ name, about }) => ({ name, description: about }),
  ),
  paths: {
    ...Object.assign({}, ...RESOURCES.map(pathsOf)),
    '/gift-totals': {
      get: {
        operationId: 'listGiftTotals',
        tags: ['gift-totals'],
        summary: 'Gifts of donors who are not named',
        description: 'Sums by month and way of payment, never of fewer than five gifts.',
        responses: answers(pageOf('gift-totals'), { '400': problem('A parameter cannot be used.') }),
      },
    },
  },
  components: {
    schemas: {
      LocalText: LOCAL_TEXT,
      Problem: schemaOf(PROBLEM),
      ...Object.fromEntries(RESOURCES.map(({ name, fields }) => [nameOf(name), schemaOf(rowSchema(fields))])),
      GiftTotals: schemaOf(rowSchema(GIFT_TOTAL_FIELDS)),
    },
  },
});
