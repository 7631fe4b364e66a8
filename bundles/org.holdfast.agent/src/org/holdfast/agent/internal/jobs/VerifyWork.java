package org.holdfast.agent.internal.jobs;

import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.vault.Damage;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VerifyResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all data of this server back from the vault, decrypts and compares it with what its names say. */
public final class VerifyWork implements JobWork {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyWork.class);

    /** The vault's own copy of a key; it gives that to nobody, so it is not there for an agent. */
    private static final String KEEPER = "keeper";

    private final Domains domains;
    private final Rates rates;

    /** @param rates reading is as fast as a restore may be */
    public VerifyWork(Domains domains, Rates rates) {
        this.domains = domains;
        this.rates = rates;
    }

    @Override
    public JobResult run(JobContext job) {
        try (OpenVault vault = domains.open(null, null, "verify", job, rates.restoring(false))) {
            VerifyResult result = vault.verify(true, job, job.cancel());
            List<Damage> damages = result.damages().stream().filter(d -> !d.object().equals(KEEPER)).toList();
            if (!damages.isEmpty()) {
                damages.forEach(d -> {
                    LOG.warn("Job {}: {} is damaged: {}", job.spec().id(), d.object(), d.detail());
                    job.warning(Failures.code(d.problem()));
                });
                throw new HoldfastException(Problem.OBJECT_DAMAGED,
                        damages.size() + " things are damaged or missing in the vault.",
                        "Back up again now: what is still here is stored anew; then look at the vault's store.");
            }
            return new JobResult(null, 0, result.bytesRead(), 0, 0, 0, 0, result.bytesRead(), 0, 0, -1, false);
        }
    }
}
