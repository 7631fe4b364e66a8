-- Vaults, what is to be protected how, protected servers, their jobs, what they are told to do, and alerts. Enumerations
-- are kept as they are on the wire: lower case with hyphens.
create table vaults (
    id uuid primary key,
    name varchar(50) not null,
    name_key varchar(50) not null unique,
    region varchar(100) not null,
    resource_group varchar(100) not null,
    subscription varchar(100) not null,
    tags text not null,
    redundancy varchar(20) not null,
    immutability varchar(20) not null,
    soft_delete_days integer not null,
    soft_delete_always boolean not null,
    default_policy uuid,
    created timestamp with time zone not null,
    version bigint not null
);

create table policies (
    id uuid primary key,
    vault_id uuid not null references vaults (id) on delete cascade,
    name varchar(64) not null,
    version bigint not null,
    document text not null,
    created timestamp with time zone not null,
    changed timestamp with time zone not null,
    changed_by varchar(200) not null,
    unique (vault_id, name)
);

create table policy_versions (
    policy_id uuid not null references policies (id) on delete cascade,
    version bigint not null,
    document text not null,
    created timestamp with time zone not null,
    created_by varchar(200) not null,
    primary key (policy_id, version)
);

-- Whom a policy is for by tag; one policy for a tag.
create table policy_tags (
    vault_id uuid not null references vaults (id) on delete cascade,
    tag varchar(64) not null,
    policy_id uuid not null references policies (id) on delete cascade,
    primary key (vault_id, tag)
);
create index policy_tags_policy on policy_tags (policy_id);

-- effective_policy and effective_origin follow from policy_id, tags and the vault's default, and are kept here so that
-- lists can be filtered by them. tags is a list with a comma before, between and after the words.
create table servers (
    id uuid primary key,
    vault_id uuid not null references vaults (id),
    name varchar(255) not null,
    hostname varchar(255) not null,
    machine_id varchar(100) not null,
    addresses text not null,
    os varchar(200) not null,
    zone varchar(64) not null,
    agent_version varchar(64) not null,
    boot_id varchar(64) not null,
    tags varchar(4000) not null,
    labels text not null,
    items text not null,
    policy_id uuid references policies (id),
    effective_policy uuid references policies (id),
    effective_origin varchar(20) not null,
    applied_policy varchar(64) not null,
    drift varchar(500),
    state varchar(20) not null,
    reason varchar(500) not null,
    created timestamp with time zone not null,
    registered timestamp with time zone,
    retired timestamp with time zone,
    last_contact timestamp with time zone,
    last_backup timestamp with time zone,
    last_outcome varchar(30),
    next_backup timestamp with time zone,
    clock_skew bigint not null,
    domain_id varchar(64),
    public_key varchar(400),
    intake_key varchar(400),
    intake_proof varchar(400),
    key_holder varchar(200),
    points bigint not null,
    stored_bytes bigint not null,
    version bigint not null
);
create index servers_vault on servers (vault_id, name);
create index servers_machine on servers (vault_id, machine_id);
create index servers_policy on servers (policy_id);
create index servers_effective on servers (effective_policy);

create table jobs (
    id uuid primary key,
    vault_id uuid not null references vaults (id),
    server_id uuid not null references servers (id) on delete cascade,
    kind varchar(20) not null,
    state varchar(30) not null,
    cause varchar(20) not null,
    requested_by varchar(200) not null,
    created timestamp with time zone not null,
    started timestamp with time zone,
    ended timestamp with time zone,
    keep_until timestamp with time zone,
    items text not null,
    policy varchar(64),
    policy_version bigint not null,
    source_server uuid,
    point varchar(64),
    progress text,
    result text,
    failure_code varchar(64),
    failure_message varchar(1000),
    failure_advice varchar(1000),
    warnings text not null,
    warning_count bigint not null,
    resumes uuid,
    last_sequence bigint not null,
    boot_id varchar(64) not null,
    changed timestamp with time zone not null
);
create index jobs_vault on jobs (vault_id, created);
create index jobs_server on jobs (server_id, created);
create index jobs_state on jobs (state);

-- Names of what a job could not handle; only for policies that let the vault know them.
create table job_warnings (
    job_id uuid not null references jobs (id) on delete cascade,
    seq bigint not null,
    path varchar(4096) not null,
    code varchar(64) not null,
    reason varchar(1000) not null,
    primary key (job_id, seq)
);

create table commands (
    id uuid primary key,
    server_id uuid not null references servers (id) on delete cascade,
    seq bigint not null,
    kind varchar(30) not null,
    job_id uuid,
    body text not null,
    created timestamp with time zone not null,
    expires timestamp with time zone not null
);
create index commands_server on commands (server_id, seq);
create index commands_expires on commands (expires);

-- open_key names the cause while the alert is open, so that one cause has one open alert, and is null afterwards.
create table alerts (
    id uuid primary key,
    vault_id uuid references vaults (id) on delete cascade,
    server_id uuid references servers (id) on delete cascade,
    kind varchar(30) not null,
    severity varchar(20) not null,
    state varchar(20) not null,
    open_key varchar(200) unique,
    message varchar(1000) not null,
    advice varchar(1000) not null,
    job_id uuid,
    occurrences bigint not null,
    raised timestamp with time zone not null,
    last_seen timestamp with time zone not null,
    closed timestamp with time zone,
    acknowledged_by varchar(200),
    remark varchar(500) not null,
    muted_until timestamp with time zone,
    version bigint not null
);
create index alerts_vault on alerts (vault_id, raised);
create index alerts_server on alerts (server_id, raised);
create index alerts_raised on alerts (raised);
