package org.holdfast.agent.internal.jobs;

import java.util.Arrays;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;

/** Restores from this server's own points, or from another's when the vault and its passphrase allow it. */
public final class RestoreWork implements JobWork {
    private final Domains domains;
    private final Rates rates;

    /** @param rates for restores that are to be slow */
    public RestoreWork(Domains domains, Rates rates) {
        this.domains = domains;
        this.rates = rates;
    }

    @Override
    public JobResult run(JobContext job) {
        JobSpec.Restore what = job.spec().restore();
        if (what == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "Nothing is said about what to restore.", "");
        }
        char[] passphrase = job.passphrase();
        if (passphrase == null && what.keyLocation() != null) {
            passphrase = domains.passphrase(what.keyLocation());
        }
        if (passphrase == null && what.server() != null) {
            throw new HoldfastException(Problem.WRONG_PASSPHRASE, "The passphrase of the other server is missing.",
                    "Give it with the request.");
        }
        try (OpenVault vault = domains.open(what.server(), passphrase, "restore", job,
                rates.restoring(what.throttled()))) {
            var request = new RestoreRequest(what.point(), what.include().stream().map(RawPath::of).toList(),
                    what.target() == null ? null : RawPath.of(what.target()), what.ifExists(), what.owners(),
                    what.permissions(), what.dryRun());
            RestoreResult result = vault.restore(request, job, job.cancel());
            job.countAll(result.warnings());
            return new JobResult(vault.point(what.point()).id(), result.files(), result.bytes(), 0, 0,
                    result.unchanged(), 0, 0, 0, result.skipped(), -1, false);
        } finally {
            if (passphrase != null) {
                Arrays.fill(passphrase, '\0');
            }
        }
    }
}
