-- Why: a number from an authenticator can be talked out of a person by a page that looks like ours. A passkey (WebAuthn)
-- answers to our own address only, so staff may keep some beside their authenticator. Only public keys are kept.
create table passkey (
  id uuid primary key,
  person_id uuid not null references person,
  credential_id bytea not null constraint passkey_credential_unique unique
    constraint passkey_credential_length check (length(credential_id) between 16 and 1023),
  public_key bytea not null constraint passkey_key_length check (length(public_key) between 32 and 2000),
  counter bigint not null constraint passkey_counter_counts check (counter >= 0),
  name text not null constraint passkey_name_length check (length(name) between 1 and 60),
  added_at timestamptz not null,
  used_at timestamptz,
  removed_at timestamptz,
  removed_because text constraint passkey_reason_length check (length(removed_because) between 1 and 500),
  constraint passkey_end_has_reason check ((removed_at is null) = (removed_because is null))
);
comment on table passkey is 'A WebAuthn credential of a person; a removed one stays, so that its number is never taken again.';
comment on column passkey.counter is 'Signatures the authenticator says it has made; an answer that does not count on comes from a copy.';
create index passkey_of_person on passkey (person_id) where removed_at is null;

create table passkey_challenge (
  session_id uuid not null references sign_in_session on delete cascade,
  purpose text not null constraint passkey_challenge_purpose_known check (purpose in ('add', 'use')),
  challenge text not null constraint passkey_challenge_shape check (challenge ~ '^[A-Za-z0-9_-]{43}$'),
  expires_at timestamptz not null,
  primary key (session_id, purpose)
);
comment on table passkey_challenge is 'What a passkey is to sign next, for two minutes and once; one per session and purpose.';

grant select, insert, delete on passkey_challenge to shanlu_app;
grant update (challenge, expires_at) on passkey_challenge to shanlu_app;
grant select, insert on passkey to shanlu_app;
grant update (counter, used_at, removed_at, removed_because) on passkey to shanlu_app;
grant select (id, person_id, name, added_at, used_at, removed_at, removed_because) on passkey to shanlu_reader;
