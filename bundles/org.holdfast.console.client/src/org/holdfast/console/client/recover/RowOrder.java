package org.holdfast.console.client.recover;

import java.text.Collator;
import java.util.Comparator;

import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;

/**
 * An order of directory contents.
 *
 * @param column what decides; names break ties
 * @param descending largest, newest or last name first
 */
public record RowOrder(Column column, boolean descending) {
    /** What can decide. */
    public enum Column {
        NAME, SIZE, MODIFIED, CHANGE
    }

    /** The usual order. */
    public static final RowOrder BY_NAME = new RowOrder(Column.NAME, false);

    /** Compares entries: folders always come before files. */
    Comparator<Entry> comparator() {
        Collator collator = Collator.getInstance();
        collator.setStrength(Collator.TERTIARY);
        Comparator<Entry> byName = Comparator.comparing(Entry::name, collator);
        Comparator<Entry> wanted = switch (column) {
            case NAME -> byName;
            case SIZE -> Comparator.comparingLong(Entry::size);
            case MODIFIED -> Comparator.comparing(Entry::modified);
            case CHANGE -> Comparator.comparing(Entry::change);
        };
        return Comparator.comparing((Entry e) -> e.type() != EntryType.DIRECTORY)
                .thenComparing(descending ? wanted.reversed() : wanted).thenComparing(byName);
    }
}
