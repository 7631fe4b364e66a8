package org.holdfast.vault.http.internal.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.UUID;

import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.data.ObjectEntry;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.data.ObjectService;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Reply;

/** Gives out objects and lists of them, to whomever. */
final class ObjectReader {
    static final String BYTES = "application/octet-stream";

    private final ObjectService objects;

    ObjectReader(ObjectService objects) {
        this.objects = objects;
    }

    Reply read(Call call, UUID vault, UUID server) throws IOException {
        String name = call.path("name");
        if (!objects.readable(name)) {
            throw Refusal.notFound("object");
        }
        long size = size(vault, server, name);
        ByteRange range = ByteRange.of(call.header("Range").orElse(null), size);
        if (range.unsatisfiable()) {
            return Reply.bytes(BYTES, new byte[0]).status(416).header("Content-Range", "bytes */" + size);
        }
        Reply reply = Reply.stream(BYTES, range.length(),
                out -> objects.read(vault, server, name, range.from(), range.length(), out::write))
                .header("Accept-Ranges", "bytes");
        return !range.partial() ? reply
                : reply.status(206).header("Content-Range",
                        "bytes " + range.from() + "-" + (range.from() + range.length() - 1) + "/" + size);
    }

    private long size(UUID vault, UUID server, String name) throws IOException {
        long size = objects.size(vault, server, name);
        if (size < 0) {
            throw Refusal.notFound("object");
        }
        return size;
    }

    /** Tells the size only; this is for every object there is. */
    Reply look(Call call, UUID vault, UUID server) throws IOException {
        return Reply.stream(BYTES, size(vault, server, call.path("name")), out -> {
        });
    }

    Reply list(Call call, UUID vault, UUID server) {
        String prefix = call.query("prefix").orElse("");
        return Reply.stream(ObjectEntry.LINES, -1, out -> list(vault, server, prefix, out));
    }

    private void list(UUID vault, UUID server, String prefix, OutputStream out) throws IOException {
        try {
            objects.list(vault, server, prefix, info -> {
                try {
                    out.write(Json.bytes(new ObjectEntry(info.name(), info.size(), info.modified())));
                    out.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
