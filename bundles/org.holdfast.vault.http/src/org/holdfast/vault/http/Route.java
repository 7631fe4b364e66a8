package org.holdfast.vault.http;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;

/**
 * One thing that can be asked of a vault: method and path, who may, what goes in and out, and who does it. The router,
 * the OpenAPI document and the tests work from the same table of routes, so that none of them can differ. Immutable.
 */
public final class Route {
    private final String name;
    private final Method method;
    private final PathTemplate path;
    private final Access access;
    private final String summary;
    private final @Nullable Class<?> request;
    private final @Nullable Class<?> response;
    private final boolean list;
    private final List<String> columns;
    private final List<Parameter> parameters;
    private final int status;
    private final List<Integer> otherStatuses;
    private final long maxBody;
    private final boolean takesBytes;
    private final @Nullable String givesBytes;
    private final boolean versioned;
    private final boolean audited;
    private final RouteHandler handler;

    private Route(Builder builder, RouteHandler handler) {
        this.name = builder.name;
        this.method = builder.method;
        this.path = PathTemplate.parse(builder.path);
        this.access = Objects.requireNonNull(builder.access, () -> builder.name + " does not say who may");
        this.summary = builder.summary;
        this.request = builder.request;
        this.response = builder.response;
        this.list = builder.list;
        this.columns = List.copyOf(builder.columns);
        this.parameters = List.copyOf(builder.parameters);
        this.status = builder.status != 0 ? builder.status : defaultStatus(builder);
        this.otherStatuses = List.copyOf(builder.otherStatuses);
        this.maxBody = builder.maxBody;
        this.takesBytes = builder.takesBytes;
        this.givesBytes = builder.givesBytes;
        this.versioned = builder.versioned;
        this.audited = builder.audited != null ? builder.audited
                : builder.method.changes() && !(builder.access instanceof Access.Agent);
        this.handler = handler;
    }

    /**
     * Begins a route that reads.
     *
     * @param name unique among all routes, lower case with hyphens, a verb and a thing: {@code list-servers}
     * @param path begins with a slash; <code>{name}</code> stands for one segment, <code>{name...}</code> at the end
     *        for one or more
     */
    public static Builder get(String name, String path) {
        return new Builder(name, Method.GET, path);
    }

    /** Begins a route that makes or starts something; parameters as in {@link #get}. */
    public static Builder post(String name, String path) {
        return new Builder(name, Method.POST, path);
    }

    /** Begins a route that replaces something; parameters as in {@link #get}. */
    public static Builder put(String name, String path) {
        return new Builder(name, Method.PUT, path);
    }

    /** Begins a route that changes parts of something; parameters as in {@link #get}. */
    public static Builder patch(String name, String path) {
        return new Builder(name, Method.PATCH, path);
    }

    /** Begins a route that takes something away; parameters as in {@link #get}. */
    public static Builder delete(String name, String path) {
        return new Builder(name, Method.DELETE, path);
    }

    /** Begins a route that reads headers only; parameters as in {@link #get}. Other GET routes answer HEAD anyway. */
    public static Builder head(String name, String path) {
        return new Builder(name, Method.HEAD, path);
    }

    private static int defaultStatus(Builder builder) {
        return builder.response == null && builder.givesBytes == null ? 204 : 200;
    }

    /** Unique name, lower case with hyphens. */
    public String name() {
        return name;
    }

    /** The method. */
    public Method method() {
        return method;
    }

    /** The path with its variables. */
    public PathTemplate path() {
        return path;
    }

    /** Who may. */
    public Access access() {
        return access;
    }

    /** What it does, a short sentence for the document. */
    public String summary() {
        return summary;
    }

    /** The record in the body of requests, null when there is none. */
    public @Nullable Class<?> request() {
        return request;
    }

    /** The record in the body of answers, or of what is listed; null when there is none. */
    public @Nullable Class<?> response() {
        return response;
    }

    /** Whether the answer is a {@link org.holdfast.protocol.common.Page} of {@link #response()}. */
    public boolean isList() {
        return list;
    }

    /** Columns of a list by which it can be sorted and filtered. */
    public List<String> columns() {
        return columns;
    }

    /** Parameters of the query besides those of lists. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Status of the usual answer. */
    public int status() {
        return status;
    }

    /** Further statuses that are no problems. */
    public List<Integer> otherStatuses() {
        return otherStatuses;
    }

    /** The most bytes in the body of a request. */
    public long maxBody() {
        return maxBody;
    }

    /** Whether the body of requests is bytes rather than JSON. */
    public boolean takesBytes() {
        return takesBytes;
    }

    /** Media type of answers that are not JSON, null when they are. */
    public @Nullable String givesBytes() {
        return givesBytes;
    }

    /** Whether answers carry an {@code ETag}. */
    public boolean isVersioned() {
        return versioned;
    }

    /** Whether requests must say with {@code If-Match} which version they change. */
    public boolean editable() {
        return versioned && method.changes() && method != Method.POST;
    }

    /** Whether each call becomes an entry of the audit. */
    public boolean isAudited() {
        return audited;
    }

    /** Who does it. */
    public RouteHandler handler() {
        return handler;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    /**
     * A parameter of the query.
     *
     * @param name its name
     * @param description what it does, a short sentence
     */
    public record Parameter(String name, String description) {
    }

    /** Collects what there is to say of a route; {@link #handle} ends it. */
    public static final class Builder {
        private final String name;
        private final Method method;
        private final String path;
        private @Nullable Access access;
        private String summary = "";
        private @Nullable Class<?> request;
        private @Nullable Class<?> response;
        private boolean list;
        private List<String> columns = List.of();
        private List<Parameter> parameters = List.of();
        private int status;
        private List<Integer> otherStatuses = List.of();
        private long maxBody;
        private boolean takesBytes;
        private @Nullable String givesBytes;
        private boolean versioned;
        private @Nullable Boolean audited;

        private Builder(String name, Method method, String path) {
            this.name = name;
            this.method = method;
            this.path = path;
        }

        /** Anybody may. */
        public Builder open() {
            access = new Access.Open();
            return this;
        }

        /** Every person who is signed in may. */
        public Builder signedIn() {
            access = new Access.SignedIn();
            return this;
        }

        /** People with that permission may. */
        public Builder person(String permission) {
            access = new Access.Person(permission);
            return this;
        }

        /** Registered servers may. */
        public Builder agent() {
            access = new Access.Agent(false);
            return this;
        }

        /** Registered servers may, and those that still have to prove to be the one that was registered before. */
        public Builder unprovenAgent() {
            access = new Access.Agent(true);
            return this;
        }

        /** What it does, a short sentence. */
        public Builder summary(String text) {
            summary = text;
            return this;
        }

        /** The body is JSON of that record, up to {@value Json#MAX_BYTES} bytes. */
        public Builder takes(Class<?> type) {
            return takes(type, Json.MAX_BYTES);
        }

        /** The body is JSON of that record, up to so many bytes. */
        public Builder takes(Class<?> type, long most) {
            request = type;
            maxBody = most;
            return this;
        }

        /** The body is bytes, up to so many; the endpoint reads them from {@link Call#stream()}. */
        public Builder takesBytes(long most) {
            takesBytes = true;
            maxBody = most;
            return this;
        }

        /** The answer is JSON of that record. */
        public Builder gives(Class<?> type) {
            response = type;
            return this;
        }

        /** The answer is JSON of that record with another status than 200. */
        public Builder gives(int code, Class<?> type) {
            status = code;
            return gives(type);
        }

        /** The answer is a page of such records, which can be sorted and filtered by these columns. */
        public Builder lists(Class<?> item, String... sortable) {
            list = true;
            columns = List.of(sortable);
            return gives(item);
        }

        /** The answer is bytes. */
        public Builder givesBytes(String mediaType) {
            givesBytes = mediaType;
            return this;
        }

        /** The status of the usual answer. */
        public Builder status(int code) {
            status = code;
            return this;
        }

        /** Further statuses that are no problems. */
        public Builder alsoStatus(Integer... codes) {
            otherStatuses = List.of(codes);
            return this;
        }

        /** A parameter of the query. */
        public Builder parameter(String parameter, String description) {
            parameters = Stream.concat(parameters.stream(),
                    Stream.of(new Parameter(parameter, description))).toList();
            return this;
        }

        /**
         * The thing has versions: reading gives an {@code ETag} ({@link Reply#version}), and PUT, PATCH and DELETE need
         * {@code If-Match} ({@link Call#version()}).
         */
        public Builder versioned() {
            versioned = true;
            return this;
        }

        /** Whether calls are taken down in the audit; by default those of people that change something are. */
        public Builder audited(boolean yes) {
            audited = yes;
            return this;
        }

        /** Who does it; the route is complete. */
        public Route handle(RouteHandler handler) {
            return new Route(this, handler);
        }
    }
}
