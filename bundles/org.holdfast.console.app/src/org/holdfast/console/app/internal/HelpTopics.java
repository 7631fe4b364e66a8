package org.holdfast.console.app.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The help texts: files of sections that begin with {@code == ID ID...} and a title. An id is that of a view, of a
 * dialog, or of a page of a wizard as {@code DIALOG/PAGE}.
 */
public final class HelpTopics {
    /** Shown where there is nothing more special. */
    public static final String GENERAL = "general";
    private static final String MARK = "== ";

    /**
     * One section.
     *
     * @param title one line
     * @param text paragraphs
     */
    public record Topic(String title, String text) {
    }

    private final Map<String, Topic> topics = new HashMap<>();

    /** The texts in a language, or in English. */
    public HelpTopics(Locale locale) {
        String file = locale.getLanguage().equals("ja") ? "/help/topics_ja.txt" : "/help/topics.txt";
        try (InputStream in = HelpTopics.class.getResourceAsStream(file)) {
            read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String all) {
        for (String section : ("\n" + all).split("\n" + MARK)) {
            List<String> lines = section.lines().toList();
            if (lines.size() > 1) {
                var topic = new Topic(lines.get(1).strip(),
                        String.join("\n", lines.subList(2, lines.size())).strip());
                for (String id : lines.getFirst().strip().split(" +")) {
                    topics.put(id, topic);
                }
            }
        }
    }

    /** The first of these that has a text, otherwise the general one. */
    public Topic find(List<String> ids) {
        return ids.stream().filter(topics::containsKey).findFirst().map(topics::get).orElse(topics.get(GENERAL));
    }

    /** Whether there is a text for this very thing. */
    public boolean has(String id) {
        return topics.containsKey(id);
    }
}
