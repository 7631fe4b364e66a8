package org.holdfast.keys.azure.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The secrets of Key Vaults. Values are in arrays that are wiped, as far as the libraries let it. */
public final class Secrets {
    private static final int MOST_PAGES = 400;

    private final Calls calls;

    Secrets(Calls calls) {
        this.calls = calls;
    }

    /**
     * What is known of a version of a secret, without its value.
     *
     * @param place exactly where
     * @param enabled whether it may be read
     * @param created when
     * @param tags beside it
     * @param recoveryLevel how long it can be brought back, in the words of Azure; empty when it was not told
     */
    public record Version(Place place, boolean enabled, Instant created, Map<String, String> tags,
            String recoveryLevel) {
    }

    /** Makes a version and returns where it is. */
    public Version set(Place place, char[] value, String contentType, Map<String, String> tags) throws IOException {
        byte[] body = body(value, contentType, tags);
        try {
            byte[] answer = calls.send(place, "set secrets", "PUT", path(place.at("")), body);
            try {
                return version(place, Calls.JSON.readTree(answer));
            } finally {
                Arrays.fill(answer, (byte) 0);
            }
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private static byte[] body(char[] value, String contentType, Map<String, String> tags) throws IOException {
        ObjectNode rest = Calls.JSON.createObjectNode().put("contentType", contentType);
        ObjectNode all = rest.putObject("tags");
        tags.forEach(all::put);
        rest.putObject("attributes").put("enabled", true);
        byte[] tail = Calls.JSON.writeValueAsBytes(rest);
        char[] escaped = new char[value.length * 6];
        int n = 0;
        for (char c : value) {
            if (c < ' ' || c == '"' || c == '\\') {
                for (char e : String.format("\\u%04x", (int) c).toCharArray()) {
                    escaped[n++] = e;
                }
            } else {
                escaped[n++] = c;
            }
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(escaped, 0, n));
        Arrays.fill(escaped, '\0');
        try (var out = new Wiped()) {
            out.write("{\"value\":\"".getBytes(StandardCharsets.US_ASCII));
            out.write(encoded.array(), 0, encoded.limit());
            out.write("\",".getBytes(StandardCharsets.US_ASCII));
            out.write(tail, 1, tail.length - 1);
            return out.toByteArray();
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }

    /** Forgets what was written to it. */
    private static final class Wiped extends ByteArrayOutputStream {
        Wiped() {
            super(32_768);
        }

        @Override
        public void close() {
            Arrays.fill(buf, (byte) 0);
        }
    }

    /**
     * Reads a value.
     *
     * @return the caller's to wipe
     * @throws java.nio.file.NoSuchFileException when there is none
     */
    public char[] get(Place place) throws IOException {
        byte[] answer = calls.send(place, "get secrets", "GET", path(place), null);
        try (JsonParser parser = Calls.JSON.getFactory().createParser(answer)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean value = parser.currentName().equals("value");
                JsonToken token = parser.nextToken();
                if (value && token == JsonToken.VALUE_STRING) {
                    int from = parser.getTextOffset();
                    return Arrays.copyOfRange(parser.getTextCharacters(), from, from + parser.getTextLength());
                }
                parser.skipChildren();
            }
        } finally {
            Arrays.fill(answer, (byte) 0);
        }
        throw new IOException("the answer of the Key Vault '" + place.host() + "' holds no secret");
    }

    /** Versions of a secret, newest first. */
    public List<Version> versions(Place place) throws IOException {
        List<Version> all = new ArrayList<>();
        pages(place, "list secrets", "/secrets/" + place.name() + "/versions", all);
        // Those of one second are in no order that was promised.
        all.sort(Comparator.comparing(Version::created).reversed());
        return all;
    }

    /** All secrets of a vault, as their newest versions. */
    public List<Version> all(Place vault) throws IOException {
        List<Version> all = new ArrayList<>();
        pages(vault, "list secrets", "/secrets", all);
        return all;
    }

    private void pages(Place place, String action, String path, List<Version> into) throws IOException {
        String next = path + "?maxresults=25&" + Calls.VERSION;
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = Calls.JSON.readTree(calls.send(place, action, "GET", next, null));
            for (JsonNode item : answer.path("value")) {
                into.add(version(place, item));
            }
            String link = answer.path("nextLink").asText("");
            if (link.isEmpty() || link.equals("null")) {
                return;
            }
            // Only its path: a token goes to this vault and nowhere else.
            java.net.URI uri = java.net.URI.create(link);
            next = uri.getRawPath() + "?" + uri.getRawQuery();
        }
        throw new IOException("the Key Vault '" + place.host() + "' has more than " + MOST_PAGES * 25 + " secrets");
    }

    /** Changes whether a version may be read, and adds tags. */
    public void update(Place place, boolean enabled, Map<String, String> more) throws IOException {
        Map<String, String> tags = new TreeMap<>();
        versions(place).stream().filter(v -> v.place().version().equals(place.version())).findFirst()
                .ifPresent(v -> tags.putAll(v.tags()));
        tags.putAll(more);
        ObjectNode body = Calls.JSON.createObjectNode();
        body.putObject("attributes").put("enabled", enabled);
        ObjectNode all = body.putObject("tags");
        tags.forEach(all::put);
        calls.send(place, "change secrets", "PATCH", path(place), Calls.JSON.writeValueAsBytes(body));
    }

    /** Brings a deleted secret back, with all its versions. */
    public void recover(Place place) throws IOException {
        calls.send(place, "recover secrets", "POST", "/deletedsecrets/" + place.name() + "/recover?" + Calls.VERSION,
                null);
    }

    private static String path(Place place) {
        return "/secrets/" + place.name() + (place.version().isEmpty() ? "" : "/" + place.version()) + "?"
                + Calls.VERSION;
    }

    private static Version version(Place vault, JsonNode item) {
        Map<String, String> tags = new TreeMap<>();
        item.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText("")));
        JsonNode attributes = item.path("attributes");
        Place there = Place.parse(item.path("id").asText(""), Place.SECRETS);
        // Its own word for where it is counts for the name alone.
        return new Version(vault.named(there.name()).at(there.version()), attributes.path("enabled").asBoolean(true),
                Instant.ofEpochSecond(attributes.path("created").asLong()), Map.copyOf(tags),
                attributes.path("recoveryLevel").asText(""));
    }
}
