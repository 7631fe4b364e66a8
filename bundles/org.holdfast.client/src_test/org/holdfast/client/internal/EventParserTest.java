package org.holdfast.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.holdfast.client.ServerEvent;
import org.junit.jupiter.api.Test;

/** The rules and examples of the HTML standard, sections 9.2.5 and 9.2.6. */
class EventParserTest {
    private final List<ServerEvent> events = new ArrayList<>();
    private final EventParser parser = new EventParser("0", events::add);

    private List<ServerEvent> read(String text) throws IOException {
        parser.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return events;
    }

    private static ServerEvent message(String id, String data) {
        return new ServerEvent(id, "message", data);
    }

    @Test
    void takesTheThreeEndsOfLines() throws IOException {
        assertEquals(List.of(message("0", "a"), message("0", "b"), message("0", "c\nd")),
                read("data: a\n\ndata: b\r\rdata: c\r\ndata: d\r\n\r\n"));
    }

    @Test
    void readsTheExamplesOfTheStandard() throws IOException {
        assertEquals(List.of(message("0", "YHOO\n+2\n10")), read("data: YHOO\ndata: +2\ndata: 10\n\n"));
        events.clear();
        assertEquals(List.of(message("1", "first event"), message("", "second event"), message("", " third event")),
                read(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"));
        events.clear();
        assertEquals(List.of(message("", ""), message("", "\n")), read("data\n\ndata\ndata\n\ndata:"));
        events.clear();
        assertEquals(List.of(message("", "test"), message("", "test")), read("data:test\n\ndata: test\n\n"));
    }

    @Test
    void ignoresWhatTheStandardIgnores() throws IOException {
        assertEquals(List.of(new ServerEvent("7", "job", "x")),
                read("\ufeffid: 7\nid: a\0b\nretry: 10\nunknown: y\nevent: job\ndata: x\n\nevent: none\n\ndata: cut"));
        assertEquals("7", parser.lastId());
    }

    @Test
    void takesNoEndlessLineIntoMemory() {
        var endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) 'x');
                given += length;
                return length;
            }
        };

        assertThrows(IOException.class, () -> parser.read(endless));
        assertTrue(endless.given < 10 << 20, () -> endless.given + " bytes were read");
    }
}
