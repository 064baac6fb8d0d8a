-- Why: payment pages that were opened side by side before the first refused card could not be told from a rush of givers.
-- Open card pages of sources that never paid are counted for everybody together; a page behind a proved mailbox, or one
-- that takes no cards, is not among them.
alter table giving_try
  add column card boolean not null default true,
  add column known boolean not null default false;
comment on column giving_try.card is 'The page takes card numbers; a page of a wallet cannot be used to try them out.';
comment on column giving_try.known is 'A signed-in account stood behind the try: its mailbox was proved.';
create index giving_try_strangers on giving_try (at) where outcome = 'passed' and card and not known;
