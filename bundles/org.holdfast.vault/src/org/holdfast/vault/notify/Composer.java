package org.holdfast.vault.notify;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.MessageReason;
import org.holdfast.api.spi.notify.Notification;

/** Writes messages in the language of their target. Immutable. */
final class Composer {
    /** Alerts that a message tells of one by one. */
    static final int MOST = 50;

    private final Locale locale;
    private final Properties texts;
    private final DateTimeFormatter times;

    private Composer(String language, String zone) {
        locale = Locale.of(language);
        String file = language.equals("en") ? "messages.properties" : "messages_" + language + ".properties";
        texts = new Properties();
        try (Reader in = new InputStreamReader(Objects.requireNonNull(Composer.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        times = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss z", locale).withZone(ZoneId.of(zone));
    }

    /** A composer for a language and a time zone that have been checked. */
    static Composer of(String language, String zone) {
        return new Composer(language, zone);
    }

    /** A message for a test of a target. */
    Notification test(String id, Instant now, String target, String user) {
        return new Notification(id, now, MessageReason.TEST, Severity.INFO, locale, text("title.test"),
                text("text.test", target, user, times.format(now)) + "\n", 0, List.of());
    }

    /** @param alerts all of them, at least one */
    Notification message(String id, Instant now, MessageReason reason, List<AlertSummary> alerts) {
        List<AlertSummary> sorted = alerts.stream().sorted(Comparator.comparing(AlertSummary::severity).reversed()
                .thenComparing(AlertSummary::raised).thenComparing(AlertSummary::id)).toList();
        List<AlertSummary> first = sorted.subList(0, Math.min(MOST, sorted.size()));
        StringBuilder body = new StringBuilder();
        if (sorted.size() > 1) {
            body.append(text("text.many", headline(sorted.getFirst()), sorted.size())).append("\n\n");
        }
        first.forEach(alert -> describe(alert, body));
        if (sorted.size() > first.size()) {
            body.append(text("text.more", sorted.size() - first.size())).append('\n');
        }
        body.append(text("text.end", id)).append('\n');
        return new Notification(id, now, reason, sorted.getFirst().severity(), locale, title(reason, sorted),
                body.toString(), sorted.size(), first);
    }

    private String title(MessageReason reason, List<AlertSummary> alerts) {
        AlertSummary worst = alerts.getFirst();
        String lead = switch (reason) {
            case REMINDER, SETTLED -> text("reason." + Words.of(reason));
            case RAISED, TEST -> severity(worst.severity());
        };
        return text("title", lead, headline(worst), about(alerts)).replaceAll("\\p{Cntrl}", " ");
    }

    private String about(List<AlertSummary> alerts) {
        long servers = alerts.stream().map(AlertSummary::serverId).filter(Objects::nonNull).distinct().count();
        if (alerts.size() > 1) {
            return servers == alerts.size() ? text("about.servers", servers) : text("about.alerts", alerts.size());
        }
        AlertSummary only = alerts.getFirst();
        String server = only.server();
        String vault = only.vault();
        return server != null ? server : vault != null ? text("about.vault", vault) : text("about.installation");
    }

    private void describe(AlertSummary alert, StringBuilder out) {
        out.append(text("text.alert", severity(alert.severity()), headline(alert), about(List.of(alert))))
                .append('\n');
        line(out, "text.message", alert.message());
        line(out, "text.advice", locale.getLanguage().equals("en") && !alert.advice().isEmpty() ? alert.advice()
                : text("advice." + Words.of(alert.kind())));
        String vault = alert.vault();
        if (vault != null) {
            line(out, "text.vault", vault);
        }
        String code = alert.code();
        line(out, "text.code", Words.of(alert.kind()) + (code == null || code.isEmpty() ? "" : " / " + code));
        out.append("  ").append(text("text.since", times.format(alert.raised()), alert.count())).append('\n');
        Instant closed = alert.closed();
        if (closed != null) {
            line(out, "text.closed", times.format(closed));
        }
        line(out, "text.id", alert.id());
        out.append('\n');
    }

    private void line(StringBuilder out, String key, String value) {
        out.append("  ").append(text(key, value)).append('\n');
    }

    private String headline(AlertSummary alert) {
        return text("kind." + Words.of(alert.kind()));
    }

    private String severity(Severity severity) {
        return text("severity." + Words.of(severity));
    }

    private String text(String key, Object... values) {
        return new MessageFormat(texts.getProperty(key, key), Locale.ROOT).format(values);
    }
}
