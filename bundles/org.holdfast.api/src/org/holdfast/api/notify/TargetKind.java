package org.holdfast.api.notify;

import java.util.List;

/**
 * A kind of target that this vault knows.
 *
 * @param kind its name, such as {@code mail}
 * @param fields what has to be known of a target
 */
public record TargetKind(String kind, List<TargetField> fields) {
    /** Copies. */
    public TargetKind {
        fields = List.copyOf(fields);
    }
}
