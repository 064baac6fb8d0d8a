-- Why: a number of an authenticator lives thirty seconds (ASVS 6.5.5), so only the one it shows now is taken, and no longer
-- those beside it. A telephone whose clock is wrong shows numbers of another time, always the same way off: two of them in
-- a row prove how far (RFC 6238, section 6), and that is kept.
alter table second_factor add column drift smallint not null default 0
  constraint second_factor_drift_limited check (drift between -10 and 10);
comment on column second_factor.drift is 'How many steps of 30 s the clock of the authenticator is ahead of ours.';
comment on column second_factor.last_step is 'The newest step, by the authenticator’s clock, whose code was taken or named as run out: none up to it is taken again.';

alter table sign_in_session add column seen_step bigint;
alter table sign_in_session add column seen_drift smallint;
alter table sign_in_session add constraint sign_in_session_seen_whole
  check ((seen_step is null) = (seen_drift is null));
comment on column sign_in_session.seen_step is 'The step whose code was typed last in this session, when it was not the current one: the next may prove the drift.';
comment on column sign_in_session.seen_drift is 'How many steps that was ahead of our clock.';
grant update (seen_step, seen_drift) on sign_in_session to shanlu_app;
