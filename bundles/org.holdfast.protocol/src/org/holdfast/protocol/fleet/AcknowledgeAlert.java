package org.holdfast.protocol.fleet;

/**
 * Somebody takes care of an alert ({@code POST .../alerts/{id}/acknowledge}).
 *
 * @param remark what is to be known about it, at most 500 characters
 */
public record AcknowledgeAlert(String remark) {
    /** A missing remark is empty. */
    public AcknowledgeAlert {
        remark = remark == null ? "" : remark;
    }
}
