package org.holdfast.vault.people;

import org.holdfast.protocol.people.ApprovalView;

/** Told of requests for approval. */
public interface ApprovalListener {
    /** Somebody waits for an approval. */
    void waiting(ApprovalView request);

    /** A request was decided upon, or is over. */
    void settled(String id);
}
