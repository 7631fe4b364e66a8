package org.holdfast.protocol.people;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Asks for a vault credentials file ({@code POST /api/v1/vaults/{vault}/credentials}).
 *
 * @param policy name of the policy that servers start with, or null for the vault's default
 * @param tags that servers get, {@code key=value} each
 * @param days for how long it counts, 1 to 3650; 10 when null
 * @param uses how many servers it registers, 1 to 100000; 1 when null
 */
public record CreateCredentials(@Nullable String policy, List<String> tags, @Nullable Integer days,
        @Nullable Integer uses) {
    /** Copies; what is missing is empty. */
    public CreateCredentials {
        tags = tags == null ? List.of() : List.copyOf(tags);
    }
}
