package org.holdfast.cli.internal.commands;

import java.time.ZoneId;

import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.cli.internal.output.Shapes;
import org.holdfast.cli.internal.output.Units;

/** Cells of a table about an entry of a recovery point. */
final class Entries {
    private Entries() {
    }

    static String mode(Entry entry) {
        char type = switch (entry.type()) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case SYMBOLIC_LINK -> 'l';
            case FIFO -> 'p';
            case SOCKET -> 's';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
        };
        return type + Units.mode(entry.mode());
    }

    static String owner(Entry entry) {
        var owner = entry.owner().isEmpty() ? Integer.toUnsignedString(entry.uid()) : entry.owner();
        var group = entry.group().isEmpty() ? Integer.toUnsignedString(entry.gid()) : entry.group();
        return owner + ":" + group;
    }

    static String size(Entry entry) {
        return entry.type() == EntryType.FILE ? Units.size(entry.size()) : "";
    }

    static String modified(Entry entry, ZoneId zone) {
        return Units.time(entry.modified(), zone);
    }

    static String change(Entry entry) {
        return entry.change() == Change.UNKNOWN || entry.change() == Change.UNCHANGED ? ""
                : Shapes.lower(entry.change());
    }

    static String name(Entry entry, boolean wholePath) {
        var name = wholePath ? entry.path().toString() : entry.name();
        return switch (entry.type()) {
            case DIRECTORY -> name.endsWith("/") ? name : name + "/";
            case SYMBOLIC_LINK -> name + " -> " + entry.linkTarget();
            default -> name;
        };
    }
}
