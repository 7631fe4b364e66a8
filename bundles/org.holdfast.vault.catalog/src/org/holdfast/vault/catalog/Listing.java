package org.holdfast.vault.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.vault.catalog.internal.ListQuery;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * A list that is paged, filtered and sorted by the database. It says once which columns may be named from outside and
 * what they are in SQL; nothing else ever reaches a statement but as a bound value. Pages are cut by key and not by
 * offset: rows that come and go meanwhile neither repeat nor hide others. Immutable.
 */
public final class Listing {

    private final String select;
    private final String from;
    private final Map<String, Column> columns;
    private final List<String> order;
    private final String key;

    private Listing(Builder builder) {
        this.select = builder.select;
        this.from = builder.from;
        this.columns = Map.copyOf(builder.columns);
        this.order = List.copyOf(builder.order);
        this.key = builder.key;
        for (String name : order) {
            column(name.startsWith("-") ? name.substring(1) : name);
        }
        column(key);
    }

    /**
     * Begins a listing.
     *
     * @param select what the row mapper reads, as after {@code select}
     * @param from tables and joins, as after {@code from}
     */
    public static Builder of(String select, String from) {
        return new Builder(select, from);
    }

    /**
     * Reads a page.
     *
     * @param where a fixed condition, with named parameters; empty for none
     * @param parameters values of these parameters, such that Jdbi can bind them
     * @throws HoldfastException with {@link Problem#INVALID_REQUEST} for an unknown column, a value that does not fit
     *         its column, or a cursor that is not of this list and order
     */
    public <T> Page<T> page(Handle handle, String where, Map<String, ?> parameters, ListRequest request,
            RowMapper<T> mapper) {
        return new ListQuery(handle, this, where, parameters, request).page(mapper);
    }

    /** What follows {@code select}. */
    public String select() {
        return select;
    }

    /** What follows {@code from}. */
    public String from() {
        return from;
    }

    /** Name of the unique column that breaks ties of the order. */
    public String key() {
        return key;
    }

    /** The order when none is asked for. */
    public List<String> order() {
        return order;
    }

    /** Names of all columns, sorted; for documents. */
    public String[] names() {
        return columns.keySet().stream().sorted().toArray(String[]::new);
    }

    /**
     * A column by the name used outside.
     *
     * @throws HoldfastException with {@link Problem#INVALID_REQUEST} when there is none
     */
    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "this list has no column \"" + clip(name) + "\"",
                    "Columns are " + String.join(", ", columns.keySet().stream().sorted().toList()) + ".");
        }
        return column;
    }

    private static String clip(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "...";
    }

    /** Kinds of columns; they decide how values are read and compared. */
    public enum Type {
        /** Text, compared by code points. */
        TEXT,
        /** Whole numbers of up to 64 bits. */
        NUMBER,
        /** Points in time, RFC 3339. */
        TIME,
        /** True and false. */
        BOOLEAN,
        /** UUIDs. */
        ID
    }

    /**
     * A column that may be named from outside.
     *
     * @param sql the expression in SQL
     * @param type its kind
     * @param nullable whether it can be null; nulls are sorted before everything else
     */
    public record Column(String sql, Type type, boolean nullable) {
    }

    /** Collects the columns of a listing. */
    public static final class Builder {

        private final String select;
        private final String from;
        private final Map<String, Column> columns = new LinkedHashMap<>();
        private final List<String> order = new ArrayList<>();
        private @Nullable String key;

        private Builder(String select, String from) {
            this.select = select;
            this.from = from;
        }

        /** Adds a column that is never null. */
        public Builder column(String name, String sql, Type type) {
            columns.put(name, new Column(sql, type, false));
            return this;
        }

        /** Adds a column that may be null. */
        public Builder nullable(String name, String sql, Type type) {
            columns.put(name, new Column(sql, type, true));
            return this;
        }

        /** The column that is unique in this list, by its name. */
        public Builder key(String name) {
            this.key = name;
            return this;
        }

        /** The order when none is asked for: names, with a minus in front when descending. */
        public Builder order(String... names) {
            order.addAll(List.of(names));
            return this;
        }

        /** The listing. */
        public Listing build() {
            if (key == null) {
                throw new IllegalStateException("a listing needs a key");
            }
            return new Listing(this);
        }
    }
}
