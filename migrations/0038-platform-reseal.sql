-- A voucher stays as it was issued, but for the seal around its code: a new encryption key seals it anew. No role of the
-- application may change the table; this is for whoever stands above row security (linli keys rotate).
drop trigger no_change on vouchers;
create trigger no_change before delete on vouchers for each row execute function ledger_refuses_change();
create trigger no_change_but_of_seal before update on vouchers for each row
  when (to_jsonb(old) - 'code_encrypted' is distinct from to_jsonb(new) - 'code_encrypted')
  execute function ledger_refuses_change();
comment on column vouchers.code_encrypted is 'Sealed by the application; the one column that may change, when a new key seals it anew.';
