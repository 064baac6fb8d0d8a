-- Why: some tables are history. Nobody may rewrite them, the operator's own application least of all.
-- Grants say so for the application; this trigger says so for everyone else until a migration removes it.
create function refuse_rewrite() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: history is corrected by adding to it', tg_op, tg_table_name
    using errcode = 'check_violation', constraint = 'history_is_append_only', table = tg_table_name;
end $$;

-- A name people read, in the three languages of the product.
create domain local_text as jsonb
  constraint local_text_has_three_languages check (
    value is null or (
      jsonb_typeof(value) = 'object' and value ?& array['zh-Hans', 'zh-Hant', 'en']
      and length(value ->> 'zh-Hans') between 1 and 4000
      and length(value ->> 'zh-Hant') between 1 and 4000
      and length(value ->> 'en') between 1 and 4000));

-- Amounts are whole minor units (fen). A domain, so that no table forgets it.
create domain minor_amount as bigint constraint minor_amount_positive check (value > 0);
create domain minor_total as bigint constraint minor_total_not_negative check (value >= 0);
create domain currency_code as text constraint currency_code_shape check (value ~ '^[A-Z]{3}$');
create domain sha256_hex as text constraint sha256_hex_shape check (value ~ '^[0-9a-f]{64}$');

grant usage on schema public to shanlu_app, shanlu_reader;
