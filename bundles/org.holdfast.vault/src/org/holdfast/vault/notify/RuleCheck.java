package org.holdfast.vault.notify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

import org.holdfast.api.notify.NotificationRule;
import org.holdfast.vault.Refusal;

/** Whether a rule's values make sense. */
final class RuleCheck {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Duration LONGEST_GROUP = Duration.ofHours(24);
    private static final Duration SHORTEST_REPEAT = Duration.ofMinutes(5);
    private static final Duration LONGEST_REPEAT = Duration.ofDays(30);
    private static final int MOST = 100;

    private RuleCheck() {
    }

    /** @throws Refusal for the first value that cannot be */
    static void check(NotificationRule rule) {
        require(Words.NAME.matcher(rule.name()).matches(), "name", Words.NAME_RULE);
        require(!rule.targets().isEmpty(), "targets", "A rule names at least one target.");
        words("targets", rule.targets());
        words("vaults", rule.vaults());
        words("tags", rule.tags());
        words("codes", rule.codes());
        require(rule.codes().stream().allMatch(code -> CODE.matcher(code).matches()), "codes",
                "A code has up to 64 lower case letters, digits and hyphens.");
        require(!rule.group().isNegative() && rule.group().compareTo(LONGEST_GROUP) <= 0, "group",
                "Alerts are one message when they come up within up to 24 hours.");
        Duration repeat = rule.repeat();
        require(repeat == null || repeat.compareTo(SHORTEST_REPEAT) >= 0 && repeat.compareTo(LONGEST_REPEAT) <= 0,
                "repeat", "Alerts are told again after 5 minutes to 30 days.");
        require(rule.quiet().size() <= MOST, "quiet", "At most " + MOST + " are possible.");
        try {
            ZoneId.of(rule.zone());
        } catch (DateTimeException e) {
            throw Refusal.invalid("zone", "There is no such time zone.");
        }
    }

    private static void words(String field, List<String> words) {
        require(words.size() <= MOST, field, "At most " + MOST + " are possible.");
        require(words.stream().allMatch(word -> !word.isBlank() && word.length() <= 64 && word.indexOf('\0') < 0),
                field, "Each has 1 to 64 characters.");
    }

    private static void require(boolean holds, String field, String message) {
        if (!holds) {
            throw Refusal.invalid(field, message);
        }
    }
}
