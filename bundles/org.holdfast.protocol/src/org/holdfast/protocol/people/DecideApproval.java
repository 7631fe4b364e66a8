package org.holdfast.protocol.people;

/**
 * A decision about a request ({@code POST /api/v1/approvals/{id}/approve} or {@code /deny}).
 *
 * @param remark for others, at most 500 characters; missing: none
 */
public record DecideApproval(String remark) {
    /** What is missing gets its default. */
    public DecideApproval {
        remark = remark == null ? "" : remark;
    }
}
