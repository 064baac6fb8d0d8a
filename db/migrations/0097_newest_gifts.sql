-- Why: the home page shows the newest gifts and put all gifts in order to find them: a quarter of a second with a hundred
-- thousand, and with a million longer than a statement may take. Their order is kept now.
create index lot_arrival on lot (received_on desc, id desc) where kind = 'gift';
create view disclosure.gift_arrival as
  select l.subject as code, c.slug as campaign, l.received_on as arrived_on, l.id as lot_order
  from lot l join campaign c on c.id = l.campaign_id and c.status <> 'draft'
  where l.kind = 'gift';
comment on view disclosure.gift_arrival is 'The order in which gifts came, for lists that begin with the newest.';
comment on column disclosure.gift_arrival.arrived_on is 'The day it first came in; a gift that was undone and came again may have a later day of its own.';
grant select on disclosure.gift_arrival to shanlu_public, shanlu_reader, shanlu_app;
