import { sql, type Kysely } from 'kysely';

type Column = {
  table_schema: string;
  table_name: string;
  column_name: string;
  domain_name: string | null;
  udt_name: string;
  is_nullable: 'YES' | 'NO';
  has_default: boolean;
  is_identity: 'YES' | 'NO';
  is_view: boolean;
  comment: string | null;
  table_comment: string | null;
};

const columns = async (db: Kysely<unknown>): Promise<Column[]> =>
  (
    await sql<Column>`
      select c.table_schema, c.table_name, c.column_name, c.domain_name, c.udt_name, c.is_nullable,
        c.column_default is not null as has_default, c.is_identity, t.table_type = 'VIEW' as is_view,
        col_description(format('%I.%I', c.table_schema, c.table_name)::regclass, c.ordinal_position::int) as comment,
        obj_description(format('%I.%I', c.table_schema, c.table_name)::regclass) as table_comment
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema in ('public', 'disclosure') and c.table_name not like 'kysely%'
      order by c.table_schema <> 'public', c.table_name, c.ordinal_position`.execute(db)
  ).rows;

const TYPES: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  int8: 'bigint',
  int4: 'number',
  int2: 'number',
  float8: 'number',
  bool: 'boolean',
  date: 'string',
  timestamptz: 'Timestamp',
  bytea: 'Buffer',
  xid8: 'string',
  jsonb: 'Json',
  _text: 'string[]',
};

const typeOf = (column: Column): string => {
  const known = column.domain_name === 'local_text' ? 'LocalText' : TYPES[column.udt_name];
  if (known === undefined)
    throw new Error(`No TypeScript type for ${column.udt_name} (${column.table_name})`);
  // PostgreSQL calls every view column nullable; ours say so in a comment that begins with "Null".
  const nullable = column.is_view ? (column.comment ?? '').startsWith('Null') : column.is_nullable === 'YES';
  return nullable ? `${known} | null` : known;
};

const pascal = (name: string): string =>
  name.replace(/(^|_)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());

const member = (column: Column): string => {
  const type = typeOf(column);
  const optional = column.has_default || column.is_identity === 'YES';
  const written =
    column.is_identity === 'YES' ? `GeneratedAlways<${type}>` : optional ? `Generated<${type}>` : type;
  const doc = column.comment === null ? '' : `  /** ${column.comment} */\n`;
  return `${doc}  ${column.column_name}: ${column.is_view ? type : written};`;
};

/**
 * The data dictionary: one interface per table and view, with the comments of the schema. Written to db/tables.ts
 * by `npm run schema`; a test fails when the file and the database differ.
 */
export const tablesText = async (db: Kysely<unknown>): Promise<string> => {
  const all = await columns(db);
  const names = [...new Set(all.map((c) => `${c.table_schema}.${c.table_name}`))];
  const nameOf = (full: string): { key: string; type: string } => {
    const [schema = '', table = ''] = full.split('.');
    return schema === 'public'
      ? { key: table, type: `${pascal(table)}Table` }
      : { key: full, type: `${pascal(schema)}${pascal(table)}View` };
  };
  const interfaces = names.map((full) => {
    const own = all.filter((c) => `${c.table_schema}.${c.table_name}` === full);
    const comment = own[0]?.table_comment;
    return `${comment ? `/** ${comment} */\n` : ''}export interface ${nameOf(full).type} {\n${own.map(member).join('\n')}\n}`;
  });
  const database = names.map((full) => {
    const { key, type } = nameOf(full);
    return `  ${/^[a-z_0-9]+$/.test(key) ? key : `'${key}'`}: ${type};`;
  });
  return `// Written by \`npm run schema\` from the database itself; edit the migrations, not this file.
import type { ColumnType, GeneratedAlways } from 'kysely';

export type LocalText = { readonly 'zh-Hans': string; readonly 'zh-Hant': string; readonly en: string };
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
export type Json = ColumnType<unknown, string, string>;
/** A column the database fills when it is left out. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

${interfaces.join('\n\n')}

export interface Database {
${database.join('\n')}
}
`;
};

const SNAPSHOT: readonly (readonly [string, string])[] = [
  [
    'domains',
    `select format('domain %s: %s %s', t.typname, format_type(t.typbasetype, t.typtypmod), pg_get_constraintdef(k.oid)) as line
     from pg_type t left join pg_constraint k on k.contypid = t.oid where t.typtype = 'd'
       and t.typnamespace = 'public'::regnamespace order by 1`,
  ],
  [
    'columns',
    `select format('%s.%s.%s %s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attnotnull then ' not null' else '' end,
       coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), case when a.attidentity <> '' then ' identity' else '' end)) as line
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped and n.nspname in ('public', 'disclosure')
       and c.relname not like 'kysely%' order by n.nspname desc, c.relname, a.attnum`,
  ],
  [
    'constraints',
    `select format('%s: %s %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as line from pg_constraint k
     join pg_class c on c.oid = k.conrelid where c.relnamespace in ('public'::regnamespace) and c.relname not like 'kysely%'
       and k.contype <> 'n' order by 1`,
  ],
  [
    'indexes',
    `select indexdef as line from pg_indexes where schemaname = 'public' and tablename not like 'kysely%' order by 1`,
  ],
  [
    'triggers',
    `select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal and c.relnamespace = 'public'::regnamespace order by 1`,
  ],
  [
    'functions',
    `select pg_get_functiondef(p.oid) as line from pg_proc p where p.pronamespace in ('public'::regnamespace) order by p.proname`,
  ],
  [
    'views',
    `select format('%s.%s as%s', schemaname, viewname, E'\\n' || definition) as line from pg_views
     where schemaname in ('public', 'disclosure') order by schemaname desc, viewname`,
  ],
  [
    'grants',
    `select format('%s on %s.%s to %s', string_agg(privilege_type, ', ' order by privilege_type), table_schema, table_name, grantee) as line
     from information_schema.role_table_grants where grantee in ('shanlu_app', 'shanlu_reader', 'shanlu_public')
       and table_schema in ('public', 'disclosure') and table_name not like 'kysely%'
     group by table_schema, table_name, grantee
     union all
     select format('%s (%s) on %s.%s to %s', privilege_type, string_agg(column_name, ', ' order by column_name), table_schema, table_name, grantee)
     from information_schema.column_privileges where grantee = 'shanlu_app' and privilege_type = 'UPDATE'
       and table_schema = 'public' and (table_name) not in
         (select table_name from information_schema.role_table_grants g where g.grantee = 'shanlu_app' and g.privilege_type = 'UPDATE' and g.table_schema = 'public')
     group by privilege_type, table_schema, table_name, grantee order by 1`,
  ],
];

/** The whole schema as text, so that every change of it is read as a difference (db/schema.sql). */
export const schemaText = async (db: Kysely<unknown>): Promise<string> => {
  const parts = [
    '-- Written by `npm run schema`: a picture of the schema for reviewers. Not run by anything.',
  ];
  for (const [title, query] of SNAPSHOT) {
    const { rows } = await sql.raw<{ line: string }>(query).execute(db);
    parts.push(`\n-- ${title}\n${rows.map((row) => row.line.trimEnd()).join('\n')}`);
  }
  return `${parts.join('\n')}\n`;
};
