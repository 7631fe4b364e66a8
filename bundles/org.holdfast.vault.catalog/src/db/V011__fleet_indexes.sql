-- Lists of servers count what is open about each; histories are long and must not be read for that.
create index jobs_server_state on jobs (server_id, state);
create index alerts_server_state on alerts (server_id, state);
create index alerts_vault_state on alerts (vault_id, state);
