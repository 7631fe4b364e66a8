package org.holdfast.console.policies.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.policy.DrillRule;
import org.holdfast.api.policy.Hook;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.vault.ChangeDetection;

/** In what two versions of a policy differ, in words. */
final class PolicyDiff {
    /**
     * One difference.
     *
     * @param what the setting
     * @param mine its value in the first one
     * @param theirs its value in the other one
     */
    record Line(String what, String mine, String theirs) {
    }

    private final PolicyWords words;
    private final List<Line> lines = new ArrayList<>();

    private PolicyDiff(PolicyWords words) {
        this.words = words;
    }

    /** The differences, in the order of the editor's pages. */
    static List<Line> between(PolicyWords words, Policy mine, Policy theirs) {
        var diff = new PolicyDiff(words);
        diff.compare(mine, theirs);
        return List.copyOf(diff.lines);
    }

    private void compare(Policy a, Policy b) {
        add(Messages.general_description, a.description(), b.description());
        add(Messages.items_paths, String.join("\n", a.items()), String.join("\n", b.items()));
        add(Messages.items_without, words.exclusions(a.exclusions()),
                words.exclusions(b.exclusions()));
        add(Messages.plan_title, words.plan(a.plan()), words.plan(b.plan()));
        add(Messages.keep_title, words.retention(a.retention()), words.retention(b.retention()));
        add(Messages.rate_title, words.bandwidth(a.bandwidth()) + restores(a), words.bandwidth(b.bandwidth())
                + restores(b));
        add(Messages.hook_before, hook(a.before()), hook(b.before()));
        add(Messages.hook_after, hook(a.after()), hook(b.after()));
        add(Messages.drill_title, drills(a.drills()), drills(b.drills()));
        add(Messages.general_level, Integer.toString(a.level()), Integer.toString(b.level()));
        add(Messages.general_same, detection(a.changeDetection()), detection(b.changeDetection()));
        add(Messages.general_reportPaths, PolicyWords.yes(a.reportPaths()), PolicyWords.yes(b.reportPaths()));
        add(Messages.general_warnings, Integer.toString(a.warningThreshold()),
                Integer.toString(b.warningThreshold()));
    }

    private void add(String label, String mine, String theirs) {
        if (!Objects.equals(mine, theirs)) {
            lines.add(new Line(label.replace("&", "").replaceAll("\\([A-Z]\\)", "").replaceAll("[::]$", ""), mine,
                    theirs));
        }
    }

    private String hook(@Nullable Hook hook) {
        return hook == null ? Messages.diff_none
                : String.join(" ", hook.command(), String.join(" ", hook.arguments()),
                        words.seconds(hook.timeout()), hook.onFailure().name().toLowerCase(
                                java.util.Locale.ROOT));
    }

    private static String drills(DrillRule rule) {
        return rule.wanted() ? NLS.bind(Messages.drill_words, new Object[] { rule.everyDays(), rule.percent(),
                rule.files(), rule.bytes() >> 20 }) : Messages.diff_none;
    }

    private static String detection(ChangeDetection c) {
        return PolicyWords.yes(c.changeTime()) + ", " + PolicyWords.yes(c.inode()) + ", "
                + PolicyWords.yes(c.readAll());
    }

    private static String restores(Policy policy) {
        return policy.bandwidth().throttleRestores() ? Messages.diff_restores : "";
    }
}
