package org.holdfast.protocol.people;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A vault credentials file that was given out; its token is not known any more.
 *
 * @param id of the file
 * @param policy name of the policy that servers start with, or null
 * @param tags that servers get
 * @param uses how many servers it registers
 * @param usesLeft for how many it still counts
 * @param created when
 * @param createdBy by whom
 * @param expires until when it counts
 * @param revoked when it was revoked, or null
 * @param state {@code active}, {@code expired}, {@code revoked} or {@code exhausted}
 */
public record CredentialsView(String id, @Nullable String policy, List<String> tags, int uses, int usesLeft,
        Instant created,
        String createdBy, Instant expires, @Nullable Instant revoked, String state) {
    /** Copies; what is missing is empty. */
    public CredentialsView {
        tags = tags == null ? List.of() : List.copyOf(tags);
    }
}
