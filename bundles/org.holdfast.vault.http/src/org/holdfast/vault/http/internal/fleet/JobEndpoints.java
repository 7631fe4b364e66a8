package org.holdfast.vault.http.internal.fleet;

import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.protocol.agent.WarningDetail;
import org.holdfast.protocol.fleet.AcknowledgeAlert;
import org.holdfast.protocol.fleet.MuteAlert;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.vault.catalog.fleet.AlertTable;
import org.holdfast.vault.catalog.fleet.JobTable;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.fleet.Jobs;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Jobs and alerts. */
@Component(service = Endpoints.class)
public final class JobEndpoints implements Endpoints {
    private static final String JOBS = Lists.VAULT + "/jobs";
    private static final String JOB = JOBS + "/{job}";
    private static final String ALL = "/api/v1/alerts";

    private final Vaults vaults;
    private final Jobs jobs;
    private final Alerts alerts;

    /** Takes what it works with. */
    @Activate
    public JobEndpoints(@Reference Vaults vaults, @Reference Jobs jobs, @Reference Alerts alerts) {
        this.vaults = vaults;
        this.jobs = jobs;
        this.alerts = alerts;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("list-jobs", JOBS).person(Permissions.JOB_READ).summary("Lists the jobs of a vault.")
                        .lists(JobSummary.class, JobTable.LISTING.names())
                        .handle(call -> Lists.page(jobs.list(vault(call), call.list()))),
                Route.post("start-job", JOBS).person(Permissions.JOB_RUN).summary("Starts a job on a server.")
                        .takes(StartJob.class).gives(201, JobSummary.class).handle(this::start),
                Route.get("read-job", JOB).person(Permissions.JOB_READ)
                        .summary("Reads a job; whoever reads it counts as looking at it for a while.")
                        .gives(JobSummary.class).handle(call -> jobs.get(vault(call), call.path("job"))),
                Route.get("list-job-warnings", JOB + "/warnings").person(Permissions.JOB_READ)
                        .summary("Lists the warnings of a job, when its policy lets the vault know their names.")
                        .lists(WarningDetail.class, JobTable.WARNINGS.names())
                        .handle(call -> Lists.page(jobs.warnings(vault(call), call.path("job"), call.list()))),
                Route.post("cancel-job", JOB + "/cancel").person(Permissions.JOB_RUN).summary("Ends a job.")
                        .gives(JobSummary.class).handle(call -> jobs.cancel(vault(call), call.path("job"))),
                Route.post("pause-job", JOB + "/pause").person(Permissions.JOB_RUN).summary("Stops a job for now.")
                        .gives(JobSummary.class).handle(call -> jobs.pause(vault(call), call.path("job"))),
                Route.post("resume-job", JOB + "/resume").person(Permissions.JOB_RUN)
                        .summary("Goes on with a paused job.").gives(JobSummary.class)
                        .handle(call -> jobs.resume(vault(call), call.path("job"))),
                Route.get("list-alerts", Lists.VAULT + "/alerts").person(Permissions.ALERT_READ)
                        .summary("Lists the alerts of a vault.")
                        .lists(AlertSummary.class, AlertTable.LISTING.names())
                        .handle(call -> Lists.page(alerts.list(vault(call), call.list()))),
                Route.get("read-alert", Lists.VAULT + "/alerts/{alert}").person(Permissions.ALERT_READ)
                        .summary("Reads an alert.").gives(AlertSummary.class)
                        .handle(call -> alerts.get(vault(call), call.path("alert"))),
                acknowledge("acknowledge-alert", Lists.VAULT + "/alerts/{alert}", true),
                mute("mute-alert", Lists.VAULT + "/alerts/{alert}", true),
                Route.get("list-all-alerts", ALL).person(Permissions.ALERT_READ)
                        .summary("Lists the alerts of all vaults and of the installation.")
                        .lists(AlertSummary.class, AlertTable.LISTING.names())
                        .handle(call -> Lists.page(alerts.list(call.list()))),
                acknowledge("acknowledge-any-alert", ALL + "/{alert}", false),
                mute("mute-any-alert", ALL + "/{alert}", false));
    }

    private Reply start(Call call) {
        JobSummary job = jobs.start(vault(call), call.body(StartJob.class), call.person().name(),
                call.allows(Permissions.GRANT_MANAGE));
        return Reply.of(job).location("/api/v1/vaults/" + job.vault() + "/jobs/" + job.id());
    }

    private Route acknowledge(String name, String path, boolean inVault) {
        return Route.post(name, path + "/acknowledge").person(Permissions.ALERT_HANDLE)
                .summary("Says that somebody takes care of an alert.").takes(AcknowledgeAlert.class)
                .gives(AlertSummary.class).handle(call -> alerts.acknowledge(inVault ? vault(call) : anywhere(),
                        call.path("alert"), call.body(AcknowledgeAlert.class).remark(), call.person().name()));
    }

    private Route mute(String name, String path, boolean inVault) {
        return Route.post(name, path + "/mute").person(Permissions.ALERT_HANDLE)
                .summary("Lets an alert be silent until a time.").takes(MuteAlert.class).gives(AlertSummary.class)
                .handle(call -> alerts.mute(inVault ? vault(call) : anywhere(), call.path("alert"),
                        call.body(MuteAlert.class).until()));
    }

    private static @Nullable UUID anywhere() {
        return null;
    }

    private UUID vault(Call call) {
        return vaults.id(call.path("vault"));
    }
}
