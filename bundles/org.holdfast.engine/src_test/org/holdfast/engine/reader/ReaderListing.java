package org.holdfast.engine.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the reader finds in a point, in the form in which {@code golden/make_tree.py} lists a tree. */
public final class ReaderListing {
    private static final int MULTI = 1;

    private ReaderListing() {
    }

    /**
     * Reads every recovery point of a vault, all content included.
     *
     * @return for each point, oldest first, its lines
     */
    public static List<List<String>> of(Path vault, String recoveryKey) throws IOException {
        var reader = new IndependentReader(vault, recoveryKey);
        var points = new ArrayList<List<String>>();
        for (IndependentReader.Point point : reader.points()) {
            points.add(list(reader, point));
        }
        return points;
    }

    private static List<String> list(IndependentReader reader, IndependentReader.Point point) throws IOException {
        var lines = new ArrayList<String>();
        Map<String, String> links = new HashMap<>();
        reader.walk(point, (path, entry) -> {
            String name = path.stream().map(ReaderListing::escape).collect(Collectors.joining("/"));
            var line = new StringBuilder(name);
            line.append(switch (entry.type()) {
                case 0100000 -> " file";
                case 0040000 -> " dir";
                case 0120000 -> " link";
                case 0010000 -> " fifo";
                case 0140000 -> " socket";
                case 0020000 -> " char";
                default -> " block";
            });
            line.append(" %04o %d:%d %d.%09d".formatted(entry.mode & 07777, entry.uid, entry.gid, entry.mtime,
                    entry.mtimeNanos));
            switch (entry.type()) {
                case 0100000 -> {
                    var content = new ByteArrayOutputStream();
                    reader.content(entry, content);
                    line.append(' ').append(content.size()).append(' ').append(Crypto.sha256(content.toByteArray()));
                }
                case 0120000 -> line.append(' ').append(escape(entry.target));
                case 0020000, 0060000 -> line.append(' ').append(entry.major).append(',').append(entry.minor);
                default -> line.append("");
            }
            if ((entry.flags & MULTI) != 0) {
                String first = links.putIfAbsent(entry.device + "/" + entry.inode, name);
                line.append(" same-as=").append(first == null ? name : first);
            }
            entry.attributes.forEach((key, value) -> line.append(' ').append(key).append('=')
                    .append(Packs.hex(value)));
            lines.add(line.toString());
        });
        return lines;
    }

    private static String escape(byte[] name) {
        var out = new StringBuilder();
        for (byte b : name) {
            int c = b & 0xff;
            out.append(c >= 0x21 && c <= 0x7e && c != '%' ? String.valueOf((char) c) : "%%%02X".formatted(c));
        }
        return out.toString();
    }
}
