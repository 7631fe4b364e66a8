package org.holdfast.engine.internal.verify;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.Problem;
import org.holdfast.api.vault.Damage;

/** What is wrong. Thread-safe. */
final class Findings {
    private final List<Finding> list = new ArrayList<>();

    synchronized Finding add(String object, Problem problem, String detail) {
        var finding = new Finding(object, problem, detail);
        list.add(finding);
        return finding;
    }

    synchronized void remove(Finding finding) {
        list.remove(finding);
    }

    synchronized int size() {
        return list.size();
    }

    synchronized List<Damage> damages() {
        return list.stream().map(Finding::toDamage).toList();
    }
}
