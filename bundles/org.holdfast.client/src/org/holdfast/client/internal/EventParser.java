package org.holdfast.client.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import org.holdfast.client.ServerEvent;

/** Server-sent events, as in the HTML standard, section 9.2.6. */
final class EventParser {
    private static final int MAX_EVENT = 8 << 20;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Consumer<ServerEvent> sink;
    private String lastId;
    private String type = "";
    private final StringBuilder data = new StringBuilder();
    private boolean any;

    EventParser(String lastId, Consumer<ServerEvent> sink) {
        this.lastId = lastId;
        this.sink = sink;
    }

    /** Id of the newest event, empty when there was none. */
    String lastId() {
        return lastId;
    }

    /** Hands out events until the stream ends. */
    void read(InputStream in) throws IOException {
        type = "";
        data.setLength(0);
        any = false;
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        var line = new StringBuilder();
        boolean first = true;
        int before = 0;
        // Not by readLine, which would take a line of any length into memory.
        for (int c = reader.read(); c >= 0; before = c, c = reader.read()) {
            if (c == '\n' && before == '\r') {
                continue;
            }
            if (c == '\n' || c == '\r') {
                line(first && line.indexOf(BYTE_ORDER_MARK) == 0 ? line.substring(1) : line.toString());
                line.setLength(0);
                first = false;
            } else if (line.length() > MAX_EVENT) {
                throw tooLarge();
            } else {
                line.append((char) c);
            }
        }
    }

    private static IOException tooLarge() {
        return new IOException("An event of the vault is too large.");
    }

    private void line(String line) throws IOException {
        if (line.isEmpty()) {
            if (any) {
                sink.accept(new ServerEvent(lastId, type.isEmpty() ? "message" : type, data.toString()));
            }
            type = "";
            data.setLength(0);
            any = false;
            return;
        }
        int colon = line.indexOf(':');
        if (colon == 0) {
            return;
        }
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + (line.startsWith(" ", colon + 1) ? 2 : 1));
        switch (field) {
            case "event" -> type = value;
            case "id" -> lastId = value.indexOf('\0') < 0 ? value : lastId;
            case "data" -> {
                if (data.length() + value.length() > MAX_EVENT) {
                    throw tooLarge();
                }
                data.append(any ? "\n" : "").append(value);
                any = true;
            }
            default -> {
                return;
            }
        }
    }
}
