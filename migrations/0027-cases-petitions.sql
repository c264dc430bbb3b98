-- Cases: petitions, mandatory reports, repeats, duty tasks, ratings that can be believed.

-- Petitions 信访: received and registered here, passed on to whoever may decide, on the clocks of their regulation.
alter table cases add column petition jsonb;
comment on column cases.petition is 'Set when a case was registered as a petition: number, day received, to whom it was passed on, what was told and when. Ordinary acts and figures leave such a case alone.';
create unique index cases_petitions on cases (street_id, (petition ->> 'number')) where petition is not null;
