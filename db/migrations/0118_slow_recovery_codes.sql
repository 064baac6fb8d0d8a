-- Why: ten letters can be guessed by whoever holds a copy of this table together with the server's secret, one HMAC a
-- guess. From here on they are kept under scrypt, with a salt for each set, so that a guess costs half a second. Rows
-- without a salt are of before; the worker puts them under scrypt too, once no server of before can be running.
alter table recovery_code add column salt bytea
  constraint recovery_code_salt_length check (length(salt) = 16);
comment on column recovery_code.code_hash is 'scrypt (N=2^15, r=8, p=3) of the keyed hash of the code; the keyed hash itself while there is no salt.';
comment on column recovery_code.salt is 'Random, one for all codes of a set.';
