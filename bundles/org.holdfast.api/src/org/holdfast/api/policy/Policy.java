package org.holdfast.api.policy;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;

/**
 * What servers should do by themselves. A policy is never changed in place: each edit is a new version, and a server
 * reports which one it follows. {@link PolicyCheck} tells whether the values make sense.
 *
 * @param name unique in its vault: 1-64 letters, digits, '.', '_' and '-', starts with a letter or digit
 * @param version counts up from 1 with each edit; 0 when it was not stored yet
 * @param description for people, at most 500 characters
 * @param items absolute paths to protect on servers that have no items of their own; may be empty
 * @param exclusions what to leave out of every item
 * @param plan when to run, or null for backups on demand only
 * @param retention which points to keep
 * @param bandwidth how fast to send
 * @param before runs before each backup, or null
 * @param after runs after each backup, however it ended, or null
 * @param level zstd level 1 to 19, or 0 for the default
 * @param changeDetection how to tell an unchanged file
 * @param reportPaths whether agents tell the vault the paths of warnings; otherwise it gets counts only
 * @param warningThreshold a backup with more warnings than this raises an alert; 0: with any
 * @param drills how often to prove that points can be restored; missing: {@link DrillRule#DEFAULT}
 */
public record Policy(String name, long version, String description, List<String> items, Exclusions exclusions,
        @Nullable RunPlan plan, RetentionRule retention, Bandwidth bandwidth, @Nullable Hook before,
        @Nullable Hook after, int level, ChangeDetection changeDetection, boolean reportPaths, int warningThreshold,
        DrillRule drills) {
    /** Copies; what is missing gets its default. */
    public Policy {
        name = name == null ? "" : name;
        description = description == null ? "" : description;
        items = items == null ? List.of() : List.copyOf(items);
        exclusions = exclusions == null ? Exclusions.NONE : exclusions;
        retention = retention == null ? RetentionRule.DEFAULT : retention;
        bandwidth = bandwidth == null ? Bandwidth.NONE : bandwidth;
        changeDetection = changeDetection == null ? ChangeDetection.DEFAULT : changeDetection;
        drills = drills == null ? DrillRule.DEFAULT : drills;
    }

    /** A policy to start with: daily at 22:00 within half an hour, with catch-up and the default retention. */
    public static Policy standard(String name) {
        var daily = new RunPlan(new Schedule.Daily(List.of(LocalTime.of(22, 0))), "", Duration.ofMinutes(30), true);
        return new Policy(name, 0, "", List.of(), Exclusions.NONE, daily, RetentionRule.DEFAULT, Bandwidth.NONE, null,
                null, 0, ChangeDetection.DEFAULT, false, 0, DrillRule.DEFAULT);
    }

    /** The same policy with another version. */
    public Policy withVersion(long other) {
        return new Policy(name, other, description, items, exclusions, plan, retention, bandwidth, before, after, level,
                changeDetection, reportPaths, warningThreshold, drills);
    }

    /** The same policy with another name. */
    public Policy withName(String other) {
        return new Policy(other, version, description, items, exclusions, plan, retention, bandwidth, before, after,
                level, changeDetection, reportPaths, warningThreshold, drills);
    }

    /** The same policy with other items. */
    public Policy withItems(List<String> other) {
        return new Policy(name, version, description, other, exclusions, plan, retention, bandwidth, before, after,
                level, changeDetection, reportPaths, warningThreshold, drills);
    }

    /** The same policy with another plan. */
    public Policy withPlan(@Nullable RunPlan other) {
        return new Policy(name, version, description, items, exclusions, other, retention, bandwidth, before, after,
                level, changeDetection, reportPaths, warningThreshold, drills);
    }

    /** The same policy with other drills. */
    public Policy withDrills(DrillRule other) {
        return new Policy(name, version, description, items, exclusions, plan, retention, bandwidth, before, after,
                level, changeDetection, reportPaths, warningThreshold, other);
    }
}
