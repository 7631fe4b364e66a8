-- Deleted points stay for a while: since when (deleted), by whom, and until when they can be brought back. A server
-- whose data somebody has deleted goes when its last point is gone.
alter table data_points add column deleted_by varchar(200);
alter table data_points add column purge_after timestamp with time zone;
create index data_points_purge on data_points (purge_after);
alter table data_servers add column delete_asked timestamp with time zone;
alter table data_servers add column delete_asked_by varchar(200);

-- One row: the latest time that any node has seen, how much of it nobody has seen go by, and whether deletion rests.
create table vault_clock (
    id integer primary key,
    seen timestamp with time zone not null,
    unexplained_ms bigint not null,
    frozen timestamp with time zone,
    reason varchar(300)
);
