package org.holdfast.cli.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What was given on the command line, checked against the command's description. */
final class Arguments {
    private final Map<String, List<String>> values = new HashMap<>();
    private final Map<String, List<String>> operands = new HashMap<>();

    /** Takes an option; later calls for the same name replace earlier ones. A flag has no values. */
    void option(String name, List<String> given) {
        values.put(name, given);
    }

    void operand(String label, List<String> given) {
        operands.put(label, given);
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    String value(String option) {
        var given = values.get(option);
        return given == null || given.isEmpty() ? null : given.getLast();
    }

    List<String> values(String option) {
        return values.getOrDefault(option, List.of());
    }

    List<String> operands(String label) {
        return operands.getOrDefault(label, List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Arguments that && values.equals(that.values) && operands.equals(that.operands);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values, operands);
    }

    @Override
    public String toString() {
        return values + " " + operands;
    }
}
