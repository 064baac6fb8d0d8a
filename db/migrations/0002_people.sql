-- Why: the people who act (person, person_role) are kept for ever; the people who give (donor, recognition) can
-- be forgotten. Nothing in the ledger or the log holds a personal value, so erasing a donor breaks no chain.
create table person (
  id uuid primary key,
  email text not null constraint person_email_unique unique
    constraint person_email_lower check (email = lower(email) and email like '%_@_%' and length(email) <= 320),
  name text not null constraint person_name_length check (length(name) between 1 and 200),
  lang text not null default 'zh-Hans' constraint person_lang_known check (lang in ('zh-Hans', 'zh-Hant', 'en')),
  created_at timestamptz not null default now(),
  disabled_at timestamptz
);
comment on table person is 'Someone who signs in: staff or donor account.';

create table person_role (
  id bigint generated always as identity primary key,
  person_id uuid not null references person,
  role text not null constraint person_role_known
    check (role in ('clerk', 'approver', 'inspector', 'auditor', 'administrator')),
  granted_at timestamptz not null default now(),
  granted_by uuid references person,
  revoked_at timestamptz,
  revoked_by uuid references person
);
comment on table person_role is 'Who may do what, since when, granted by whom; revoked rather than deleted.';
create unique index person_role_held_once on person_role (person_id, role) where revoked_at is null;

create table donor (
  id uuid primary key,
  person_id uuid references person,
  name text constraint donor_name_length check (length(name) between 1 and 200),
  email text constraint donor_email_lower check (email = lower(email) and length(email) <= 320),
  phone text constraint donor_phone_length check (length(phone) <= 40),
  country text constraint donor_country_shape check (country ~ '^[A-Z]{2}$'),
  lang text not null default 'zh-Hans' constraint donor_lang_known check (lang in ('zh-Hans', 'zh-Hant', 'en')),
  created_at timestamptz not null default now(),
  erased_at timestamptz
);
comment on table donor is 'Personal data of someone who pledged or gave. Erasable: values are set null, the row stays.';
create index donor_email on donor (email) where email is not null;
create index donor_person on donor (person_id) where person_id is not null;

create table recognition (
  id uuid primary key,
  donor_id uuid not null references donor,
  shown_as local_text,
  dedication text constraint recognition_dedication_length check (length(dedication) <= 500),
  message text constraint recognition_message_length check (length(message) <= 1000),
  consented_at timestamptz,
  moderation text not null default 'waiting' constraint recognition_moderation_known
    check (moderation in ('waiting', 'shown', 'hidden')),
  moderated_by uuid references person,
  moderated_at timestamptz,
  withdrawn_at timestamptz,
  salt bytea not null constraint recognition_salt_length check (length(salt) in (0, 32))
);
comment on table recognition is
  'How one gift or pledge may be named in public: only with consent, only after moderation. Belongs to the gift, not the donor.';
comment on column recognition.salt is 'Random salt of the commitment in the public log; deleted on erasure.';

grant select on person, person_role, donor, recognition to shanlu_app, shanlu_reader;
grant insert, update on person, person_role, donor, recognition to shanlu_app;
