package org.holdfast.api.policy;

/**
 * Why a field's value cannot stand.
 *
 * @param field path of the field as it is called on the wire, such as {@code plan.schedule.times} or {@code items[2]}
 * @param message one sentence for a person
 */
public record FieldProblem(String field, String message) {
}
