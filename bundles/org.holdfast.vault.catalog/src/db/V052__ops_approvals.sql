-- What somebody wants to do that another person has to approve. A request is for exactly what what says.
create table approvals (
    id uuid primary key,
    action varchar(100) not null,
    target varchar(400) not null,
    vault varchar(100) not null,
    what varchar(1000) not null,
    fingerprint varchar(64) not null,
    state varchar(20) not null,
    requested_by varchar(200) not null,
    requested timestamp with time zone not null,
    expires timestamp with time zone not null,
    decided_by varchar(200),
    decided timestamp with time zone,
    remark varchar(500) not null
);
create index approvals_fingerprint on approvals (fingerprint, state);
create index approvals_state on approvals (state, expires);
