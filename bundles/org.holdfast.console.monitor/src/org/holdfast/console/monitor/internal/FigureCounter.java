package org.holdfast.console.monitor.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.model.Row;

/** Counts for the overview what the lists of the vault servers hold, and nothing that they do not tell. */
final class FigureCounter {
    /** Days that are shown, with today. */
    static final int DAYS = 7;
    private static final Duration KNOWN = Duration.ofDays(8);
    private static final int SOME = 5;
    private static final int FARTHEST_DAYS = 3_650;

    private final Instant now;
    private final ZoneId zone;
    private final Function<Row<VaultSummary>, VaultCares.@Nullable Care> cares;

    /** @param cares what else is known of a vault, may give null */
    FigureCounter(Instant now, ZoneId zone, Function<Row<VaultSummary>, VaultCares.@Nullable Care> cares) {
        this.now = now;
        this.zone = zone;
        this.cares = cares;
    }

    Figures count(List<Row<ServerSummary>> servers, List<Row<JobSummary>> jobs, List<Row<AlertSummary>> alerts,
            List<Row<VaultSummary>> vaults) {
        Instant since = since(jobs, vaults);
        JobScope lastDay = JobScope.ALL.lastDay();
        Map<JobKind, Map<JobState, Integer>> kinds = new EnumMap<>(JobKind.class);
        for (Row<JobSummary> job : jobs) {
            if (lastDay.test(job.value(), now, zone)) {
                kinds.computeIfAbsent(job.value().kind(), k -> new EnumMap<>(JobState.class))
                        .merge(job.value().state(), 1, Integer::sum);
            }
        }
        return new Figures(now, by(ServerState.class, servers, ServerSummary::state), kinds,
                by(JobState.class, jobs.stream().filter(j -> !j.value().state().isFinal()).toList(),
                        JobSummary::state),
                running(jobs), by(Severity.class, alerts, AlertSummary::severity), longest(servers),
                versions(servers), days(jobs, since), vaults(jobs, vaults, since),
                by(DrillState.class, notRetired(servers), ServerSummary::drillState), oldestDrill(servers), since);
    }

    private static <E extends Enum<E>, T> Map<E, Integer> by(Class<E> type, List<Row<T>> rows, Function<T, E> what) {
        Map<E, Integer> counts = new EnumMap<>(type);
        rows.forEach(row -> counts.merge(what.apply(row.value()), 1, Integer::sum));
        return counts;
    }

    /** The console holds the newest jobs only; where it may hold fewer than there are, its oldest one tells. */
    private Instant since(List<Row<JobSummary>> jobs, List<Row<VaultSummary>> vaults) {
        Map<Object, Integer> vaultsOf = new HashMap<>();
        vaults.forEach(v -> vaultsOf.merge(v.session(), 1, Integer::sum));
        Map<List<Object>, List<Instant>> times = new HashMap<>();
        jobs.forEach(j -> times.computeIfAbsent(List.of(j.session(), j.value().vault()), k -> new ArrayList<>())
                .add(j.value().created()));
        return times.entrySet().stream()
                .filter(e -> e.getValue().size() >= LiveFleet.MOST_JOBS / 2
                        / Math.max(1, vaultsOf.getOrDefault(e.getKey().getFirst(), 1)))
                .map(e -> e.getValue().stream().min(Comparator.naturalOrder()).orElse(now))
                .max(Comparator.naturalOrder()).orElse(now.minus(KNOWN));
    }

    private static List<Row<JobSummary>> running(List<Row<JobSummary>> jobs) {
        return jobs.stream().filter(j -> j.value().state() == JobState.RUNNING)
                .sorted(Comparator.comparing((Row<JobSummary> j) -> j.value().created())
                        .thenComparing(j -> j.value().id()))
                .limit(SOME).toList();
    }

    private static List<Row<ServerSummary>> notRetired(List<Row<ServerSummary>> servers) {
        return servers.stream().filter(s -> s.value().state() != ServerState.RETIRED).toList();
    }

    private static @Nullable Row<ServerSummary> oldestDrill(List<Row<ServerSummary>> servers) {
        return notRetired(servers).stream()
                .filter(s -> s.value().lastDrill() != null && s.value().lastDrill().lastGood() != null)
                .min(Comparator.comparing((Row<ServerSummary> s) -> s.value().lastDrill().lastGood())
                        .thenComparing(s -> s.value().name()))
                .orElse(null);
    }

    private static List<Row<ServerSummary>> longest(List<Row<ServerSummary>> servers) {
        return servers.stream().filter(s -> s.value().state() == ServerState.AT_RISK
                || s.value().state() == ServerState.UNPROTECTED || s.value().state() == ServerState.LOST)
                .sorted(Comparator.comparing((Row<ServerSummary> s) -> s.value().lastBackup(),
                        Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(s -> s.value().registered(), Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(s -> s.value().name()))
                .limit(SOME).toList();
    }

    private static SortedMap<String, Integer> versions(List<Row<ServerSummary>> servers) {
        SortedMap<String, Integer> counts = new TreeMap<>(FigureCounter::newestFirst);
        servers.stream().map(Row::value).filter(s -> s.state() != ServerState.RETIRED)
                .forEach(s -> counts.merge(s.agentVersion(), 1, Integer::sum));
        return counts;
    }

    /** By numbers where there are numbers, so that 0.10 is newer than 0.9. */
    private static int newestFirst(String one, String other) {
        String[] a = one.split("[.-]");
        String[] b = other.split("[.-]");
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            boolean numbers = a[i].matches("\\d{1,9}") && b[i].matches("\\d{1,9}");
            int order = numbers ? Integer.compare(Integer.parseInt(b[i]), Integer.parseInt(a[i]))
                    : b[i].compareTo(a[i]);
            if (order != 0) {
                return order;
            }
        }
        return other.compareTo(one);
    }

    private List<Figures.Day> days(List<Row<JobSummary>> jobs, Instant since) {
        LocalDate today = now.atZone(zone).toLocalDate();
        List<Figures.Day> days = new ArrayList<>();
        for (int back = DAYS - 1; back >= 0; back--) {
            LocalDate date = today.minusDays(back);
            JobScope scope = JobScope.ALL.on(date);
            List<Row<JobSummary>> of = jobs.stream().filter(j -> scope.test(j.value(), now, zone)).toList();
            days.add(new Figures.Day(date, by(JobState.class, of, JobSummary::state),
                    of.stream().mapToLong(j -> added(j.value())).sum(),
                    !date.atStartOfDay(zone).toInstant().isBefore(since)));
        }
        return days;
    }

    private static long added(JobSummary job) {
        return job.result() == null ? 0 : job.result().storedBytes();
    }

    private List<Figures.Vault> vaults(List<Row<JobSummary>> jobs, List<Row<VaultSummary>> vaults, Instant since) {
        Comparator<Row<VaultSummary>> order = Comparator.comparing(v -> v.value().name());
        return vaults.stream().sorted(order.thenComparing(v -> v.session().connection().name())).map(vault -> {
            Instant from = later(now.minus(Duration.ofDays(DAYS)), later(since, vault.value().created()));
            Duration over = Duration.between(from, now);
            long added = jobs.stream().filter(j -> j.session() == vault.session()
                    && j.value().vault().equals(vault.value().name()) && !j.value().created().isBefore(from))
                    .mapToLong(j -> added(j.value())).sum();
            boolean young = over.compareTo(Duration.ofDays(1)) < 0;
            VaultCares.Care care = cares.apply(vault);
            return new Figures.Vault(vault, added, young ? Duration.ZERO : over,
                    young ? null : full(vault.value(), care, added, over), care);
        }).toList();
    }

    private @Nullable LocalDate full(VaultSummary vault, VaultCares.@Nullable Care care, long added, Duration over) {
        Long quota = vault.quotaBytes();
        Long room = care == null ? null : care.room();
        long left = Math.min(quota == null ? Long.MAX_VALUE : quota - vault.storedBytes(),
                room == null ? Long.MAX_VALUE : room);
        if (left == Long.MAX_VALUE || added <= 0 || left <= 0) {
            return null;
        }
        double perDay = added / (over.toSeconds() / 86_400.0);
        double days = left / perDay;
        return days > FARTHEST_DAYS ? null : now.atZone(zone).toLocalDate().plusDays((long) days);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
