package org.holdfast.console.recovery.internal;

import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.recover.PointMarks;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Tone;

/** Words, icons and colours for what a vault holds. */
public final class Wording {
    private final Formats formats;

    /** Words with sizes and times in these formats. */
    public Wording(Formats formats) {
        this.formats = formats;
    }

    /** The formats. */
    public Formats formats() {
        return formats;
    }

    /** How a point came to be. */
    public static String state(PointState state) {
        return switch (state) {
            case COMPLETED -> Messages.state_completed;
            case COMPLETED_WITH_WARNINGS -> Messages.state_warnings;
            case INTERRUPTED -> Messages.state_interrupted;
        };
    }

    /** Icon for {@link #state(PointState)}. */
    public static Icon icon(PointState state) {
        return switch (state) {
            case COMPLETED -> Icon.COMPLETED;
            case COMPLETED_WITH_WARNINGS -> Icon.WARNINGS;
            case INTERRUPTED -> Icon.INTERRUPTED;
        };
    }

    /** Colour for {@link #state(PointState)}. */
    public static Tone tone(PointState state) {
        return switch (state) {
            case COMPLETED -> Tone.OK;
            case COMPLETED_WITH_WARNINGS -> Tone.WARNING;
            case INTERRUPTED -> Tone.PARTIAL;
        };
    }

    /** How an entry compares with the point before; empty when there is nothing to say. */
    public static String change(Change change) {
        return switch (change) {
            case NEW -> Messages.change_new;
            case CHANGED -> Messages.change_changed;
            case REMOVED -> Messages.change_removed;
            case UNCHANGED, UNKNOWN -> "";
        };
    }

    /** Icon for {@link #change(Change)}, or null. */
    public static Icon icon(Change change) {
        return switch (change) {
            case NEW -> Icon.NEW;
            case CHANGED -> Icon.CHANGED;
            case REMOVED -> Icon.REMOVED;
            case UNCHANGED, UNKNOWN -> null;
        };
    }

    /** Icon for a kind of entry. */
    public static Icon icon(EntryType type) {
        return switch (type) {
            case DIRECTORY -> Icon.FOLDER;
            case FILE -> Icon.FILE;
            case SYMBOLIC_LINK -> Icon.LINK;
            case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> Icon.SPECIAL;
        };
    }

    /** What kind of entry it is. */
    public static String type(EntryType type) {
        return switch (type) {
            case DIRECTORY -> Messages.type_folder;
            case FILE -> Messages.type_file;
            case SYMBOLIC_LINK -> Messages.type_link;
            case FIFO -> Messages.type_fifo;
            case SOCKET -> Messages.type_socket;
            case CHARACTER_DEVICE, BLOCK_DEVICE -> Messages.type_device;
        };
    }

    /** Bytes of a file, number of entries of a folder, nothing for the rest. */
    public String size(Entry entry) {
        return switch (entry.type()) {
            case FILE -> formats.size(entry.size());
            case DIRECTORY -> entry.size() < 0 ? ""
                    : entry.size() == 1 ? Messages.size_oneEntry
                            : NLS.bind(Messages.size_entries, formats.count(entry.size()));
            default -> "";
        };
    }

    /** Name, with the target for a link. */
    public static String name(Entry entry) {
        return entry.linkTarget() == null ? entry.name() : entry.name() + " \u2192 " + entry.linkTarget();
    }

    /** Everything about an entry, for a tool tip. */
    public String describe(Entry entry) {
        String size = entry.type() == EntryType.FILE ? formats.exactSize(entry.size()) : size(entry);
        return NLS.bind(Messages.entry_toolTip,
                new Object[] { entry.path(), type(entry.type()) + (size.isEmpty() ? "" : ", " + size),
                        formats.preciseTime(entry.modified()), mode(entry.mode()), owner(entry.owner(), entry.uid()),
                        owner(entry.group(), entry.gid()) });
    }

    /** A point in one line. */
    public String describe(PointSummary point) {
        return Texts.bind(Messages.point_line,
                new Object[] { formats.time(point.time()), point.server(), state(point.state()),
                        formats.count(point.files()), formats.size(point.bytes()) });
    }

    /** Everything about a point, for a tool tip. */
    public String explain(PointSummary point) {
        return NLS.bind(Messages.point_toolTip,
                new Object[] { formats.preciseTime(point.time()), point.server(), state(point.state()),
                        items(point), point.id(), formats.duration(point.duration()) });
    }

    /** The same with what the vault server knows of it. */
    public String explain(PointSummary point, PointMarks.Mark mark) {
        var text = new StringBuilder(explain(point));
        if (mark.verified() != null) {
            text.append('\n').append(NLS.bind(Messages.mark_verifiedText, formats.time(mark.verified())));
            if (mark.isAged()) {
                text.append('\n').append(Messages.mark_agedText);
            }
        }
        if (mark.anomaly() != null) {
            text.append('\n').append(NLS.bind(Messages.mark_anomalyText, mark.anomaly()));
        }
        PointPin pin = mark.pin();
        if (pin != null) {
            text.append('\n').append(NLS.bind(Messages.mark_pinText, new Object[] { kept(pin), pin.by(),
                    formats.time(pin.since()) }));
            if (!pin.remark().isEmpty()) {
                text.append('\n').append(pin.remark());
            }
        }
        return text.toString();
    }

    /** Until when a pinned point is kept. */
    public String kept(PointPin pin) {
        return pin.until() == null ? Messages.pin_forEver : NLS.bind(Messages.pin_until, formats.date(pin.until()));
    }

    /** Until when a point is kept whatever the policy says; empty when only the policy decides. */
    public String kept(PointSummary point, PointMarks.Mark mark) {
        return mark.pin() != null ? kept(mark.pin())
                : point.keepUntil() != null ? NLS.bind(Messages.pin_until, formats.date(point.keepUntil())) : "";
    }

    /** What the vault server knows of a point, in a word; the worse first. */
    public static String mark(PointMarks.Mark mark) {
        return mark.anomaly() != null ? Messages.mark_anomaly
                : mark.isAged() ? NLS.bind(Messages.mark_aged, mark.days())
                        : mark.verified() != null ? Messages.mark_verified : "";
    }

    /** Icon for {@link #mark}, or null. */
    public static Icon icon(PointMarks.Mark mark) {
        return mark.anomaly() != null ? Icon.ALERT
                : mark.isAged() ? Icon.HISTORY : mark.verified() != null ? Icon.COMPLETED : null;
    }

    /** What was backed up. */
    public static String items(PointSummary point) {
        return point.items().stream().map(RawPath::toString).collect(Collectors.joining(", "));
    }

    /** Permissions the way ls shows them. */
    static String mode(int mode) {
        var out = new StringBuilder("rwxrwxrwx");
        for (int i = 0; i < 9; i++) {
            if ((mode & 0400 >> i) == 0) {
                out.setCharAt(i, '-');
            }
        }
        special(out, 2, (mode & 04000) != 0, 's');
        special(out, 5, (mode & 02000) != 0, 's');
        special(out, 8, (mode & 01000) != 0, 't');
        return out.toString();
    }

    private static void special(StringBuilder out, int at, boolean set, char letter) {
        if (set) {
            out.setCharAt(at, out.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }

    private static String owner(String name, int id) {
        return name.isEmpty() ? Integer.toString(id) : name;
    }
}
