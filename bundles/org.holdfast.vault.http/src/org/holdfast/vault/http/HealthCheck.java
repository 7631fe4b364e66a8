package org.holdfast.vault.http;

/** Something a node needs in order to work, asked by monitoring. Provided as service components, or given as a list. */
public interface HealthCheck {
    /** Short name, lower case with hyphens. */
    String name();

    /**
     * Looks, within a few seconds.
     *
     * @throws Exception when it is not well; the message goes to the log only
     */
    void check() throws Exception;
}
