package org.holdfast.console.monitor.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.model.Row;

/**
 * What the overview shows.
 *
 * @param at when it was counted
 * @param servers number of servers by state
 * @param lastDay jobs asked for within 24 hours, by what they do and where they stand
 * @param atWork jobs that have not ended, by where they stand
 * @param running some of those that run, the longest first
 * @param alerts alerts that are not closed, by how much they matter
 * @param longest servers that are not protected, the longest without a good backup first
 * @param versions number of servers by version of their agent, the newest first
 * @param days the last days, the oldest first
 * @param vaults all vaults by name
 * @param drills number of servers that are not retired, by how it stands with their restore drills
 * @param oldestDrill the server whose last good drill is the longest ago, or null
 * @param since jobs before that are not known to the console
 */
record Figures(Instant at, Map<ServerState, Integer> servers, Map<JobKind, Map<JobState, Integer>> lastDay,
        Map<JobState, Integer> atWork, List<Row<JobSummary>> running, Map<Severity, Integer> alerts,
        List<Row<ServerSummary>> longest, SortedMap<String, Integer> versions, List<Day> days, List<Vault> vaults,
        Map<DrillState, Integer> drills, @Nullable Row<ServerSummary> oldestDrill, Instant since) {
    /**
     * A day.
     *
     * @param date of this computer's zone
     * @param jobs asked for on it, by where they stand
     * @param added bytes that they added to the vaults
     * @param known whether the console knows all jobs of it
     */
    record Day(LocalDate date, Map<JobState, Integer> jobs, long added, boolean known) {
    }

    /**
     * A vault.
     *
     * @param row as it was read last
     * @param added bytes that jobs added to it lately
     * @param over for how long that was; zero when it is too young to tell
     * @param full when its limit or the room of its store is reached if as much is added and nothing is freed, or null
     * @param care what else was asked for, or null
     */
    record Vault(Row<VaultSummary> row, long added, Duration over, @Nullable LocalDate full,
            VaultCares.@Nullable Care care) {
    }

    /** Number of servers in a state. */
    int servers(ServerState state) {
        return servers.getOrDefault(state, 0);
    }

    /** Number of servers whose restore drills stand so. */
    int drills(DrillState state) {
        return drills.getOrDefault(state, 0);
    }

    /** Servers that are not retired. */
    int total() {
        return servers.entrySet().stream().filter(e -> e.getKey() != ServerState.RETIRED)
                .mapToInt(Map.Entry::getValue).sum();
    }

    /** Jobs of the last 24 hours of a kind, or of all, in some states, or in all. */
    int jobs(@Nullable JobKind kind, List<JobState> states) {
        return lastDay.entrySet().stream().filter(e -> kind == null || e.getKey() == kind)
                .mapToInt(e -> e.getValue().entrySet().stream()
                        .filter(s -> states.isEmpty() || states.contains(s.getKey()))
                        .mapToInt(Map.Entry::getValue).sum())
                .sum();
    }
}
