-- Why: a donation form is where stolen card numbers are tried out. Every try to pay online is written down before the
-- provider is asked, with keyed hashes of where it came from, so that all processes together can count. No address is
-- kept; rows go after two days.
create table giving_try (
  id uuid primary key,
  at timestamptz not null default now(),
  network_key bytea not null,
  subnet_key bytea not null,
  email_key bytea,
  device_key bytea not null,
  outcome text not null constraint giving_try_outcome_known check (outcome in ('passed', 'asked_to_prove', 'refused')),
  proved boolean not null,
  why text,
  checkout_id uuid
);
comment on table giving_try is 'One try to reach the payment provider. Keys are HMACs; nothing here says who or where.';
create index giving_try_at on giving_try (at);
create index giving_try_network on giving_try (network_key, at);
create index giving_try_subnet on giving_try (subnet_key, at);
create index giving_try_email on giving_try (email_key, at) where email_key is not null;
create index giving_try_device on giving_try (device_key, at);
create index giving_try_checkout on giving_try (checkout_id) where checkout_id is not null;

create table form_token_used (
  token bytea primary key,
  used_at timestamptz not null default now()
);
comment on table form_token_used is 'Form tokens and proofs of work that have been spent; each opens one payment page.';
create index form_token_used_at on form_token_used (used_at);

create table payment_decline (
  event_id text primary key references stripe_event,
  checkout_id uuid not null references checkout,
  at timestamptz not null default now()
);
comment on table payment_decline is 'One refused card, once per event of the provider. Many on one page are somebody trying numbers.';
create index payment_decline_at on payment_decline (at);
create index payment_decline_checkout on payment_decline (checkout_id);

create table card_alarm (
  id uuid primary key,
  raised_at timestamptz not null default now(),
  declined integer not null,
  paid integer not null
);
comment on table card_alarm is 'Card testing was noticed and staff were told; from then on payments ask for a proof of work.';
create index card_alarm_raised on card_alarm (raised_at desc);

do $$
begin
  create trigger payment_decline_append_only before update or delete on payment_decline for each row execute function refuse_rewrite();
  create trigger card_alarm_append_only before update or delete on card_alarm for each row execute function refuse_rewrite();
end $$;
grant select on giving_try, form_token_used, payment_decline, card_alarm to shanlu_app, shanlu_reader;
grant insert on giving_try, form_token_used, payment_decline, card_alarm to shanlu_app;
grant update (outcome, why, checkout_id) on giving_try to shanlu_app;
grant delete on giving_try, form_token_used to shanlu_app;
