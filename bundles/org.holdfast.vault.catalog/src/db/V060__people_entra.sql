-- Sign-in with Entra ID: one row of settings, what roles and groups of the tenant mean here, and whose accounts are
-- of the tenant. Sessions are ordinary tokens, so they count on every node of a vault.
create table entra_settings (
    id integer primary key,
    enabled boolean not null,
    tenant varchar(36) not null,
    client_id varchar(36) not null,
    authority varchar(200) not null,
    ca text not null,
    break_glass varchar(64),
    changed timestamp with time zone not null,
    version bigint not null
);

create table entra_roles (
    claim varchar(10) not null,
    claim_value varchar(200) not null,
    our_role varchar(40) not null,
    primary key (claim, claim_value, our_role)
);

create table entra_people (
    user_id uuid primary key references users (id) on delete cascade,
    tenant varchar(36) not null,
    object_id varchar(36) not null,
    unique (tenant, object_id)
);
