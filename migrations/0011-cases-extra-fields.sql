-- What a matter asks for besides words and place, and its class in English.

alter table matters add column class_name_en text;
comment on column matters.class_name_en is 'The class in English; null for a class that the street made itself and did not translate.';
-- As json, not jsonb: the order of the fields is the order in which a desk asks.
alter table matters alter column extra_fields type json using extra_fields::json;
comment on column matters.extra_fields is 'What the desk asks for at acceptance: flat JSON Schema, by the Chinese name of each field.';

alter table cases add column extra jsonb not null default '{}';
comment on column cases.extra is 'Values of the matter''s extra fields by their name: numbers of lifts, counts of people; never a name or a phone.';
