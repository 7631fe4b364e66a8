package org.holdfast.console.client.diagnostics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts: those that are known by their files, and everything that looks like one. It rather takes
 * a harmless word too many than leave a token.
 */
final class Redaction {
    private static final String HIDDEN = "***";
    private static final int SHORTEST = 8;
    private static final List<Pattern> SHAPES = List.of(
            // bearer tokens and generated passwords: base64url
            Pattern.compile("(?=[\\w-]*[A-Z])(?=[\\w-]*[a-z])(?=[\\w-]*\\d)(?<![\\w-])[\\w-]{30,}"),
            Pattern.compile("(?=[\\w-]*[A-Z])(?=[\\w-]*[a-z])(?<![\\w-])[\\w-]{40,}"),
            // one-time secrets and recovery keys: groups of letters and digits
            Pattern.compile("(?<![\\w-])[A-Za-z0-9]{4,8}(-[A-Za-z0-9]{4,8}){4,}(?![\\w-])"));
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:password|passphrase|secret|token)\\w*[\"']?\\s*[:=]\\s*[\"']?)([^\\s\"',;]+)");
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer|basic)\\s+[^\\s\"',;]+");
    private static final Pattern VALUE = Pattern.compile("\"value\"\\s*:\\s*\"([^\"]+)\"");

    private final List<String> known = new ArrayList<>();

    /** @param files that hold secrets and nothing else; folders are looked through */
    Redaction(List<Path> files) {
        for (Path file : files) {
            try (var all = Files.walk(file)) {
                for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                    remember(Files.readString(each, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // What cannot be read has not been used by this console either.
            }
        }
    }

    private void remember(String text) {
        VALUE.matcher(text).results().forEach(m -> known.add(m.group(1)));
        text.lines().map(String::strip).filter(line -> line.length() >= SHORTEST).forEach(known::add);
    }

    String apply(String text) {
        String result = text;
        for (String secret : known) {
            result = result.replace(secret, HIDDEN);
        }
        result = BEARER.matcher(result).replaceAll("$1 " + HIDDEN);
        result = NAMED.matcher(result).replaceAll("$1" + HIDDEN);
        for (Pattern shape : SHAPES) {
            result = shape.matcher(result)
                    .replaceAll(m -> UUID.matcher(m.group()).matches() ? m.group() : HIDDEN);
        }
        return result;
    }
}
