package org.holdfast.vault.catalog.nodes;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A run of a node.
 *
 * @param id of the run
 * @param name of the node, the same at each start
 * @param addresses where it is reached, with a comma between them
 * @param version of its program
 * @param schema of its catalogue: the number of the newest script it knows
 * @param started database time
 * @param lastContact database time
 * @param ended when it was stopped in order, or null
 * @param silentSeconds since it was last heard of, by the database's clock
 * @param servers whose agents poll it
 */
public record NodeRow(UUID id, String name, String addresses, String version, String schema, Instant started,
        Instant lastContact, @Nullable Instant ended, long silentSeconds, long servers) {
}
