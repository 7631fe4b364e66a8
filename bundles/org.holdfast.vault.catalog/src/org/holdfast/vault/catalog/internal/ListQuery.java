package org.holdfast.vault.catalog.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Column;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.Query;

/** One request to a {@link Listing}, as statements. */
public final class ListQuery {

    private static final int MAX_SORT = 4;
    private static final int MAX_FILTERS = 20;
    private static final Pattern FILTER = Pattern.compile("([A-Za-z][A-Za-z0-9_.]{0,60})(!=|~=|>=|<=|=)(.{0,400})",
            Pattern.DOTALL);

    private final Handle handle;
    private final Listing listing;
    private final ListRequest request;
    private final String where;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<Order> orders;

    /** Checks the whole request. */
    public ListQuery(Handle handle, Listing listing, String where, Map<String, ?> parameters, ListRequest request) {
        this.handle = handle;
        this.listing = listing;
        this.request = request;
        values.putAll(parameters);
        if (request.limit() < 1 || request.limit() > ListRequest.MAX_LIMIT) {
            throw invalid("the limit of a list is 1 to " + ListRequest.MAX_LIMIT + ", not " + request.limit());
        }
        if (request.filters().size() > MAX_FILTERS) {
            throw invalid("more than " + MAX_FILTERS + " filters");
        }
        orders = orders(isPostgres() ? " collate \"C\"" : "");
        List<String> conditions = new ArrayList<>();
        if (!where.isBlank()) {
            conditions.add("(" + where + ")");
        }
        conditions.addAll(filters());
        this.where = String.join(" and ", conditions);
    }

    /** Runs it. */
    public <T> Page<T> page(RowMapper<T> mapper) {
        long total = total();
        String condition = request.after() == null ? where : and(where, behind(request.after()));
        StringBuilder sql = new StringBuilder("select ").append(listing.select());
        for (int i = 0; i < orders.size(); i++) {
            sql.append(", ").append(orders.get(i).sql).append(" as order_").append(i);
        }
        sql.append(" from ").append(listing.from());
        if (!condition.isEmpty()) {
            sql.append(" where ").append(condition);
        }
        sql.append(" order by ").append(orders.stream().map(o -> o.sql + (o.descending ? " desc" : " asc"))
                .collect(Collectors.joining(", ")));
        sql.append(" limit ").append(request.limit() + 1);
        List<Row<T>> rows = new ArrayList<>();
        try (Query query = handle.createQuery(sql.toString())) {
            query.bindMap(values);
            ResultIterable<Row<T>> found = query.map((result, context) -> {
                List<String> place = new ArrayList<>();
                for (int i = 0; i < orders.size(); i++) {
                    place.add(Cursor.text(result, "order_" + i, orders.get(i).type));
                }
                return new Row<>(mapper.map(result, context), place);
            });
            found.forEach(rows::add);
        }
        boolean more = rows.size() > request.limit();
        if (more) {
            rows.removeLast();
        }
        String next = more ? Cursor.encode(signature(), rows.getLast().place) : null;
        return new Page<>(rows.stream().map(row -> row.item).toList(), next, total);
    }

    private long total() {
        try (Query query = handle.createQuery("select count(*) from " + listing.from()
                + (where.isEmpty() ? "" : " where " + where))) {
            return query.bindMap(values).mapTo(Long.class).one();
        }
    }

    /** The rows after a place: greater in the first column, or equal there and greater in the second, and so on. */
    private String behind(String cursor) {
        List<String> place = Cursor.decode(cursor, signature(), orders.size());
        List<String> cases = new ArrayList<>();
        StringBuilder equal = new StringBuilder();
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            String name = "after_" + i;
            values.put(name, Cursor.value(place.get(i), order.type));
            cases.add("(" + equal + order.sql + (order.descending ? " < :" : " > :") + name + ")");
            equal.append(order.sql).append(" = :").append(name).append(" and ");
        }
        return "(" + String.join(" or ", cases) + ")";
    }

    private List<Order> orders(String collation) {
        List<String> names = request.sort().isBlank() ? listing.order() : List.of(request.sort().split(",", -1));
        if (names.size() > MAX_SORT) {
            throw invalid("a list is sorted by at most " + MAX_SORT + " columns");
        }
        Set<String> seen = new LinkedHashSet<>();
        List<Order> result = new ArrayList<>();
        for (String name : names) {
            String plain = name.strip();
            boolean descending = plain.startsWith("-");
            plain = descending ? plain.substring(1) : plain;
            if (seen.add(plain)) {
                result.add(order(plain, collation, descending));
            }
        }
        if (seen.add(listing.key())) {
            result.add(order(listing.key(), collation, false));
        }
        return result;
    }

    private Order order(String name, String collation, boolean descending) {
        Column column = listing.column(name);
        String sql = comparable(column) + (column.type() == Type.TEXT ? collation : "");
        return new Order(name, sql, column.type(), descending);
    }

    /** Text is compared by code points there as well, whatever language the database was made for. */
    private boolean isPostgres() {
        try {
            return handle.getConnection().getMetaData().getDatabaseProductName().equals("PostgreSQL");
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not tell its name", e);
        }
    }

    /** Nulls have to be comparable, or they would fall out of every page but the first. */
    private static String comparable(Column column) {
        if (!column.nullable()) {
            return column.sql();
        }
        String least = switch (column.type()) {
            case TEXT -> "''";
            case NUMBER -> "-9223372036854775808";
            case TIME -> "timestamp with time zone '0001-01-01 00:00:00+00:00'";
            case BOOLEAN -> "false";
            case ID -> "cast('00000000-0000-0000-0000-000000000000' as uuid)";
        };
        return "coalesce(" + column.sql() + ", " + least + ")";
    }

    private List<String> filters() {
        Map<String, List<String>> equals = new LinkedHashMap<>();
        List<String> conditions = new ArrayList<>();
        int number = 0;
        for (String filter : request.filters()) {
            Matcher matcher = FILTER.matcher(filter);
            if (!matcher.matches()) {
                throw invalid("a filter is column=value, column!=value, column~=text, column>=value or column<=value");
            }
            Column column = listing.column(matcher.group(1));
            String name = "filter_" + number++;
            String operator = matcher.group(2);
            if (operator.equals("~=")) {
                values.put(name, "%" + escape(matcher.group(3)) + "%");
                conditions.add("lower(cast(" + column.sql() + " as varchar)) like lower(cast(:" + name
                        + " as varchar)) escape '!'");
                continue;
            }
            values.put(name, Cursor.value(matcher.group(3), column.type()));
            String sql = column.sql() + " " + (operator.equals("!=") ? "<>" : operator) + " :" + name;
            switch (operator) {
                case "=" -> equals.computeIfAbsent(matcher.group(1), n -> new ArrayList<>()).add(sql);
                case "!=" -> conditions.add(column.nullable() ? "(" + column.sql() + " is null or " + sql + ")" : sql);
                default -> conditions.add(sql);
            }
        }
        equals.values().forEach(all -> conditions.add("(" + String.join(" or ", all) + ")"));
        return conditions;
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /** What a cursor must have been made for. */
    private String signature() {
        return orders.stream().map(o -> (o.descending ? "-" : "") + o.name).collect(Collectors.joining(","));
    }

    private static String and(String one, String other) {
        return one.isEmpty() ? other : one + " and " + other;
    }

    static HoldfastException invalid(String message) {
        return new HoldfastException(Problem.INVALID_REQUEST, message, "");
    }

    private record Order(String name, String sql, Type type, boolean descending) {
    }

    private record Row<T>(T item, List<String> place) {
    }
}
