-- Why: the public ledger looks entries up by a number whose kind the reader does not say (a gift, a contract, a payment).
create index entry_by_subject on entry (subject, id);
