-- Points that people want kept whatever the policy says: since when, until when (null: for ever), by whom and why.
alter table data_points add column pinned timestamp with time zone;
alter table data_points add column pinned_until timestamp with time zone;
alter table data_points add column pinned_by varchar(200);
alter table data_points add column pin_remark varchar(500);
