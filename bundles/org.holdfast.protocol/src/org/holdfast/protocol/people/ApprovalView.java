package org.holdfast.protocol.people;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Something that another person has to approve.
 *
 * @param id its id
 * @param action name of the call
 * @param target of what
 * @param vault name of the vault it concerns, empty for none
 * @param what is to be done, in words; the approval is for exactly that
 * @param state {@code pending}, {@code approved}, {@code denied}, {@code used}, {@code withdrawn} or {@code expired}
 * @param requestedBy who wants it
 * @param requested since when
 * @param expires until when it can be decided upon, or used once it was approved
 * @param decidedBy who decided, or null
 * @param decided when, or null
 * @param remark of who decided, may be empty
 */
public record ApprovalView(String id, String action, String target, String vault, String what, String state,
        String requestedBy, Instant requested, Instant expires, @Nullable String decidedBy, @Nullable Instant decided,
        String remark) {
}
