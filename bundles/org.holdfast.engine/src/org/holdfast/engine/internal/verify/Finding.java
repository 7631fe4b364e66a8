package org.holdfast.engine.internal.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Damage;

/** A damage while it is being looked into. One thread at a time. */
final class Finding {
    /** Most files named for one damage. */
    static final int MAX_FILES = 1000;

    private final String object;
    private final Problem problem;
    private final String detail;
    private final Set<String> points = new LinkedHashSet<>();
    private final List<Damage.DamagedFile> files = new ArrayList<>();

    Finding(String object, Problem problem, String detail) {
        this.object = object;
        this.problem = problem;
        this.detail = detail;
    }

    String object() {
        return object;
    }

    Problem problem() {
        return problem;
    }

    void hurts(String pointId) {
        points.add(pointId);
    }

    /** Notes a file that cannot be restored; the newest point must come first. */
    void hurts(String pointId, @Nullable RawPath path) {
        if (files.size() < MAX_FILES && files.stream().noneMatch(f -> java.util.Objects.equals(f.path(), path))) {
            files.add(new Damage.DamagedFile(pointId, path));
        }
    }

    /** Whether more files may be named. */
    boolean full() {
        return files.size() >= MAX_FILES;
    }

    Damage toDamage() {
        return new Damage(object, problem, detail, List.copyOf(points), List.copyOf(files));
    }
}
