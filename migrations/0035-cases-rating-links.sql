-- The text that tells of an answer carries the address at which number and code of the case are filled in already, so that
-- somebody without an account reads how far it is and rates it. Whoever sends the text needs the code: the one on the printed
-- slip, or a new one where none was printed. It is put in at the moment of sending and kept nowhere else.
create policy sending on case_slips to linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert on case_slips to linli_worker;
