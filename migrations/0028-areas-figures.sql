-- Areas: figures of areas and official division codes come in as lists of the street.

grant insert, update, delete on area_figures to linli_worker;
comment on column area_figures.scope is 'Whom or what it counts: people registered, people living there. Two scopes are two figures, and no rate is told without one.';
comment on column area_figures.source is 'Where the number comes from: a census, the police, a count of the grid.';

-- Division codes are shared by all streets of an installation. A list of one street only adds codes that nobody brought yet,
-- and takes those out again while its import can be undone; names are changed by whoever runs the installation.
grant insert, delete on divisions to linli_worker;
