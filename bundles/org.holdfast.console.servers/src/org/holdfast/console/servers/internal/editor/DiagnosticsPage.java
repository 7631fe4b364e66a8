package org.holdfast.console.servers.internal.editor;

import jakarta.inject.Inject;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FailureDialog;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.Fact;
import org.holdfast.console.ui.pages.FactTable;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.protocol.fleet.StartJob;

/** How the agent is: its facts, the check that it runs on demand, and what happened; all of it as text to send on. */
public final class DiagnosticsPage implements ServerPage {
    /**
     * Something that happened.
     *
     * @param time when
     * @param kind what kind of thing
     * @param icon of it
     * @param text what
     */
    private record Happening(Instant time, String kind, Icon icon, String text) {
    }

    private final ServerWords words;
    private final JobText jobs;
    private final ListRows<Happening> rows = new ListRows<>();
    private List<Fact> facts = List.of();
    private OpenServer server;
    private Bar bar;
    private FactTable table;
    private DataTable<Happening> events;
    private List<Subscription> watching = List.of();

    /** Called by the editor. */
    @Inject
    public DiagnosticsPage(ServerWords words) {
        this.words = words;
        jobs = new JobText(words.formats());
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        bar = ServerBar.of(parent, open).add("diagnostics.check", Messages.diagnostics_check, "job.run",
                this::cannotCheck, () -> check(parent))
                .add("diagnostics.copy", Messages.diagnostics_copy, "", () -> null,
                        () -> Ui.copy(parent.getDisplay(), text()));
        table = new FactTable(parent, "diagnostics.table", Messages.diagnostics_table);
        events = new DataTable<>(parent, SWT.MULTI, "diagnostics.events", Messages.diagnostics_events, List.of(
                Column.text("time", Messages.diagnostics_time, 24, h -> words.formats().time(h.time())),
                Column.<Happening>text("kind", Messages.jobs_kind, 16, Happening::kind).with(Happening::icon),
                Column.<Happening>text("text", Messages.diagnostics_what, 60, Happening::text).growing()));
        events.toolTip(Happening::text);
        events.setSource(rows);
        var live = server.session().live();
        watching = List.of(live.jobs().changes().add(l -> Ui.async(parent, this::update)),
                live.alerts().changes().add(l -> Ui.async(parent, this::update)));
    }

    private @Nullable String cannotCheck() {
        boolean running = JobText.of(server.row()).stream()
                .anyMatch(j -> j.kind() == JobKind.CHECK && !j.state().isFinal());
        return running ? Messages.diagnostics_running : null;
    }

    private void check(Composite parent) {
        var job = new StartJob(UUID.randomUUID().toString(), server.summary().id(), JobKind.CHECK, List.of(), null,
                null, null, null);
        server.session().api().jobs().start(server.summary().vault(), job)
                .whenComplete((started, thrown) -> Ui.async(parent, () -> {
                    if (thrown != null) {
                        new FailureDialog(parent.getShell(), Failure.of(thrown)).open();
                    }
                }));
    }

    @Override
    public void update() {
        ServerSummary s = server.summary();
        var list = new ArrayList<Fact>();
        list.add(new Fact(Messages.diagnostics_contact, s.lastContact() == null ? words.contact(s)
                : NLS.bind(Messages.job_when, words.contact(s), words.formats().preciseTime(s.lastContact())),
                s.connected() ? Icon.COMPLETED : Icon.INTERRUPTED));
        list.add(Fact.of(Messages.diagnostics_agent, s.agentVersion()));
        list.add(Fact.of(Messages.diagnostics_system, s.os()));
        list.add(Fact.of(Messages.properties_host, s.hostname()));
        list.add(Fact.of(Messages.properties_addresses, String.join(", ", s.addresses())));
        list.add(Fact.of(Messages.diagnostics_machine, s.machineId()));
        list.add(Fact.of(Messages.diagnostics_clock, clock(Duration.ofMillis(s.clockSkewMillis()))));
        JobSummary running = JobText.of(server.row()).stream()
                .filter(j -> j.kind() == JobKind.CHECK && !j.state().isFinal()).findFirst().orElse(null);
        if (running != null) {
            list.add(new Fact(Messages.diagnostics_checkNow, JobText.state(running.state()),
                    JobText.icon(running.state())));
        }
        list.addAll(jobs.facts(Messages.diagnostics_lastCheck, JobText.last(server.row(), JobKind.CHECK)));
        facts = list;
        table.show(list);
        if (rows.set(happenings(s))) {
            events.shapeChanged();
        }
        bar.update();
    }

    private String clock(Duration skew) {
        if (skew.abs().toSeconds() < 2) {
            return Messages.diagnostics_clockRight;
        }
        return NLS.bind(skew.isNegative() ? Messages.diagnostics_clockBehind : Messages.diagnostics_clockAhead,
                words.formats().duration(skew.abs()));
    }

    private List<Happening> happenings(ServerSummary s) {
        var all = new ArrayList<Happening>();
        for (AlertSummary alert : server.session().live().alerts().snapshot()) {
            if (s.id().equals(alert.serverId())) {
                all.add(new Happening(alert.lastSeen(), Messages.diagnostics_alert,
                        alert.severity() == Severity.CRITICAL ? Icon.ERROR : Icon.ALERT,
                        (alert.message() + ' ' + alert.advice()).strip()));
            }
        }
        for (JobSummary job : JobText.of(server.row())) {
            String problem = jobs.problem(job);
            Instant time = job.ended() != null ? job.ended() : job.started() != null ? job.started() : job.created();
            all.add(new Happening(time, JobText.kind(job.kind()), JobText.icon(job.state()),
                    problem.isEmpty() ? JobText.state(job.state())
                            : NLS.bind(Messages.diagnostics_job, JobText.state(job.state()), problem)));
        }
        all.sort(Comparator.comparing(Happening::time).reversed());
        return all;
    }

    /** Everything on the page, to be sent on. */
    private String text() {
        ServerSummary s = server.summary();
        return s.name() + " (" + s.id() + ")\n" + FactTable.text(facts) + "\n\n" + rows.list().stream()
                .map(h -> h.time() + "  " + h.kind() + "  " + h.text()).collect(Collectors.joining("\n"));
    }

    @Override
    public void focus() {
        table.table().enter();
    }

    @Override
    public void dispose() {
        watching.forEach(Subscription::close);
    }
}
