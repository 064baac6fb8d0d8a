-- Why: people sign in with a link or a code sent to their address, never with a password. Whatever could be used to
-- sign in (link, code, session, second factor, recovery code) is kept only as a keyed hash or encrypted, so that a
-- copy of the database opens nothing. Sessions are rows, so that they can be ended at once.
create table sign_in_request (
  id uuid primary key,
  request_hash bytea not null constraint sign_in_request_unique unique
    constraint sign_in_request_hash_length check (length(request_hash) = 32),
  link_hash bytea not null constraint sign_in_request_link_unique unique
    constraint sign_in_request_link_length check (length(link_hash) = 32),
  code_hash bytea not null constraint sign_in_request_code_length check (length(code_hash) = 32),
  email text constraint sign_in_request_email_lower check (email = lower(email) and length(email) <= 320),
  lang text not null constraint sign_in_request_lang_known check (lang in ('zh-Hans', 'zh-Hant', 'en')),
  next_path text constraint sign_in_request_next_is_path check (next_path like '/%' and length(next_path) <= 500),
  attempts integer not null default 0
    constraint sign_in_request_attempts_limited check (attempts between 0 and 5),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table sign_in_request is 'Someone asked for a sign-in link and code. Used once, for ten minutes; removed after a day.';
comment on column sign_in_request.request_hash is 'Of the secret in the cookie of the browser that asked: only there the code works.';
comment on column sign_in_request.email is 'Null when the address belongs to nobody: such a row is written all the same and opens nothing.';
create index sign_in_request_created on sign_in_request (created_at);

create table sign_in_session (
  id uuid primary key,
  token_hash bytea not null constraint sign_in_session_token_unique unique
    constraint sign_in_session_token_length check (length(token_hash) = 32),
  person_id uuid not null references person,
  device text not null constraint sign_in_session_device_length check (length(device) <= 80),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  second_factor_at timestamptz,
  second_factor_failures integer not null default 0
    constraint sign_in_session_failures_limited check (second_factor_failures between 0 and 5),
  ended_at timestamptz,
  ended_because text constraint sign_in_session_end_known check (ended_because in
    ('signed_out', 'ended_elsewhere', 'replaced', 'role_changed', 'second_factor_failed', 'second_factor_reset', 'disabled')),
  constraint sign_in_session_end_has_reason check ((ended_at is null) = (ended_because is null))
);
comment on table sign_in_session is 'A browser that is signed in. expires_at is the donor limit; staff have a shorter one, by their roles of the moment.';
comment on column sign_in_session.device is 'Browser and system in words, e.g. Firefox · Android; no address is kept.';
create index sign_in_session_person on sign_in_session (person_id) where ended_at is null;

create table second_factor (
  person_id uuid primary key references person,
  secret_sealed bytea not null,
  set_up_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_step bigint not null default 0
);
comment on table second_factor is 'Authenticator app (TOTP, RFC 6238) of a person; the secret is encrypted.';
comment on column second_factor.last_step is 'The newest time step a code was accepted for: the same code is never accepted twice.';

create table recovery_code (
  person_id uuid not null references person,
  code_hash bytea not null constraint recovery_code_hash_length check (length(code_hash) = 32),
  created_at timestamptz not null default now(),
  used_at timestamptz,
  primary key (person_id, code_hash)
);
comment on table recovery_code is 'Codes on paper for a lost authenticator app, each good once.';

create table rate_limit (
  key bytea primary key constraint rate_limit_key_length check (length(key) = 32),
  full_until timestamptz not null
);
comment on table rate_limit is 'One row per limited thing (keyed hash, no address in clear). Its budget is whole again at full_until.';
create index rate_limit_full_until on rate_limit (full_until);

-- Why: mail is part of the act that causes it. The row is written in the act's transaction, the worker sends it
-- afterwards under a lease, always with the same Message-ID, so that a repeat after a crash can be recognised.
create table outbox (
  id uuid primary key,
  template text not null constraint outbox_template_length check (length(template) between 1 and 60),
  lang text not null constraint outbox_lang_known check (lang in ('zh-Hans', 'zh-Hant', 'en')),
  person_id uuid references person,
  donor_id uuid references donor,
  sealed bytea,
  queued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  attempts integer not null default 0,
  leased_until timestamptz,
  last_problem text constraint outbox_problem_length check (length(last_problem) <= 300),
  sent_at timestamptz,
  dropped_at timestamptz,
  dropped_because text constraint outbox_drop_known check (dropped_because in
    ('nobody', 'expired', 'refused', 'given_up', 'erased')),
  constraint outbox_ends_once check (sent_at is null or dropped_at is null),
  constraint outbox_drop_has_reason check ((dropped_at is null) = (dropped_because is null)),
  constraint outbox_ended_is_empty check (sealed is null or (sent_at is null and dropped_at is null)),
  constraint outbox_one_recipient check (person_id is null or donor_id is null)
);
comment on table outbox is 'Mail to be sent, to exactly one recipient. Message-ID = id, fixed for all tries.';
comment on column outbox.sealed is 'Encrypted: what the template needs, and the address when it belongs to no person or donor. Emptied once sent.';
create index outbox_waiting on outbox (queued_at) where sent_at is null and dropped_at is null;
create index outbox_donor on outbox (donor_id) where donor_id is not null;

create table heartbeat (
  part text primary key constraint heartbeat_part_length check (length(part) between 1 and 100),
  beat_at timestamptz not null default now(),
  detail text constraint heartbeat_detail_length check (length(detail) <= 200)
);
comment on table heartbeat is 'When a part of Shanlu (worker, a periodic job) was last alive; readiness looks here.';

grant select on sign_in_request, sign_in_session, second_factor, recovery_code, outbox, rate_limit, heartbeat to shanlu_app;
grant insert on sign_in_request, sign_in_session, second_factor, recovery_code, outbox, rate_limit, heartbeat to shanlu_app;
grant update (attempts, used_at) on sign_in_request to shanlu_app;
grant update (token_hash, last_seen_at, second_factor_at, second_factor_failures, ended_at, ended_because)
  on sign_in_session to shanlu_app;
grant update on second_factor to shanlu_app;
grant update (used_at) on recovery_code to shanlu_app;
grant update (full_until) on rate_limit to shanlu_app;
grant update (attempts, leased_until, last_problem, sent_at, dropped_at, dropped_because, sealed) on outbox to shanlu_app;
grant update on heartbeat to shanlu_app;
grant delete on sign_in_request, sign_in_session, second_factor, recovery_code, rate_limit, outbox, heartbeat to shanlu_app;

-- The reading role (pages of staff) never needs what signs people in; it sees who has a second factor and how mail fares.
grant select (person_id, set_up_at, confirmed_at) on second_factor to shanlu_reader;
grant select (id, template, lang, queued_at, attempts, sent_at, dropped_at, dropped_because, last_problem) on outbox to shanlu_reader;
grant select (id, person_id, device, created_at, last_seen_at, expires_at, second_factor_at, ended_at, ended_because)
  on sign_in_session to shanlu_reader;
grant select on heartbeat to shanlu_reader;
