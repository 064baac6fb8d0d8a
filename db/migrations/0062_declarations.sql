-- Why: money given by strangers must not go to a friend unseen. Staff say which telephone and account are theirs, so that a
-- bidder with the same one is seen before the contract is signed. Never public.
create table staff_declaration (
  person_id uuid primary key references person,
  phone text constraint staff_declaration_phone_length check (length(phone) <= 40),
  bank_account text constraint staff_declaration_account_length check (length(bank_account) <= 60),
  interests text constraint staff_declaration_interests_length check (length(interests) <= 2000),
  declared_on date not null
);
comment on table staff_declaration is 'What a member of staff declares: telephone, account and interests, to be compared with bidders.';
grant select, insert, update on staff_declaration to shanlu_app;
grant select on staff_declaration to shanlu_reader;
