package org.holdfast.architecture.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What code may do. */
final class SourceRules {

    /**
     * A call that is banned, why, and where.
     *
     * @param inTests whether tests may not use it either
     */
    private record Ban(Pattern call, String reason, boolean inTests) {

        Ban(String call, String reason, boolean inTests) {
            this(Pattern.compile(call), reason, inTests);
        }
    }

    private static final List<Ban> BANS = List.of(
            new Ban("\\bsyncExec\\s*\\(", "blocks a thread on the user interface; use asyncExec and a future", true),
            new Ban("\\bThread\\s*\\.\\s*sleep\\s*\\(|\\bTimeUnit\\s*\\.\\s*\\w+\\s*\\.\\s*sleep\\s*\\(",
                    "wait for a condition", true),
            new Ban("\\bSystem\\s*\\.\\s*exit\\s*\\("
                    + "|\\bRuntime\\s*\\.\\s*getRuntime\\s*\\(\\s*\\)\\s*\\.\\s*(exit|halt)",
                    "ends the process under everybody else in it", true),
            new Ban("\\bnew\\s+Thread\\s*\\(", "use Thread.ofPlatform() or ofVirtual(), which name it", false),
            new Ban("\\bSystem\\s*\\.\\s*currentTimeMillis\\s*\\(|\\bnew\\s+Date\\s*\\(\\s*\\)",
                    "wall clock; take a java.time.Clock", false),
            new Ban("\\b(Instant|Local(Date|Time|DateTime)|(Offset|Zoned)DateTime|OffsetTime|Year|YearMonth)"
                    + "\\s*\\.\\s*now\\s*\\(\\s*\\)", "wall clock; take a java.time.Clock", false),
            new Ban("\\bClock\\s*\\.\\s*(system\\w*|tick\\w*)\\s*\\(", "wall clock; take a java.time.Clock", false),
            new Ban("\\.printStackTrace\\s*\\(", "nobody reads it; report or log", true),
            new Ban("\\bServiceTracker\\b|\\.getServiceReferences?\\s*\\(", "take the service by constructor", false));

    private static final Pattern PUBLIC_STATIC_STATE = Pattern.compile(
            "(?m)^\\s+(?:public\\s+static|static\\s+public)\\s+"
                    + "(?!final\\b|abstract\\b|synchronized\\b|class\\b|record\\b"
                    + "|interface\\b|enum\\b|sealed\\b|non-sealed\\b|volatile\\s+final\\b|<)"
                    + "[\\w.<>\\[\\], ?]+\\s+\\w+\\s*(?:=[^=]|;)");
    private static final Pattern SINGLETON =
            Pattern.compile("\\bstatic\\s+[\\w.<>]+\\s+(getDefault|getInstance)\\s*\\(");
    private static final Pattern MESSAGES_CLASS = Pattern.compile("\\bextends\\s+NLS\\b");

    private SourceRules() {
    }

    /** R8: no static state, no singletons. */
    static List<String> noStaticState(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            for (SourceFile source : bundle.sources()) {
                // The fields of a message class are filled once by the platform; it has no other way.
                if (!MESSAGES_CLASS.matcher(source.code()).find()) {
                    source.places(PUBLIC_STATIC_STATE)
                            .forEach(place -> found.add(bundle.name() + "/" + place + ": public static state"));
                }
                source.places(SINGLETON)
                        .forEach(place -> found.add(bundle.name() + "/" + place + ": a singleton"));
            }
        }
        return found;
    }

    /** R9: calls that are banned, except at the places that the allow-list names with a reason. */
    static Rule noBannedCalls(AllowList allowed) {
        return tree -> {
            List<String> found = new ArrayList<>();
            for (Bundle bundle : tree.bundles()) {
                check(bundle, bundle.sources(), allowed, false, found);
                check(bundle, bundle.tests(), allowed, true, found);
            }
            for (Bundle bundle : tree.testBundles()) {
                check(bundle, bundle.sources(), allowed, true, found);
                check(bundle, bundle.tests(), allowed, true, found);
            }
            return found;
        };
    }

    private static void check(Bundle bundle, List<SourceFile> sources, AllowList allowed, boolean tests,
            List<String> found) {
        for (SourceFile source : sources) {
            for (Ban ban : BANS) {
                if (tests && !ban.inTests()) {
                    continue;
                }
                source.places(ban.call()).stream()
                        .map(place -> bundle.name() + "/" + place)
                        .filter(place -> !allowed.allows(place, lineOf(source, place)))
                        .forEach(place -> found.add(place + ": " + lineOf(source, place) + " (" + ban.reason() + ")"));
            }
        }
    }

    private static String lineOf(SourceFile source, String place) {
        int line = Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
        return source.code().lines().skip(line - 1L).findFirst().orElseThrow().strip();
    }
}
