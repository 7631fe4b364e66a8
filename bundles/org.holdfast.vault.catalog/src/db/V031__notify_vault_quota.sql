-- How many bytes the servers of a vault may keep together; null for no limit.
alter table vaults add column quota_bytes bigint;
