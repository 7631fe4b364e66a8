package org.holdfast.vault.http;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.ListRequest;

/**
 * One request by somebody who may make it, as an endpoint sees it. All it gives has been checked for form: text is
 * valid Unicode without NUL, bodies are within the bounds of the route, required properties are there.
 */
public interface Call {
    /** The route that matched. */
    Route route();

    /** Who calls. */
    Caller caller();

    /** The person who calls; only in routes for people. */
    Caller.Person person();

    /** The server that calls; only in routes for agents. */
    Caller.Agent agent();

    /** Network address of the caller, without port. */
    String address();

    /** A variable of the path, decoded. Variables are never empty. */
    String path(String variable);

    /** A parameter of the query, decoded. */
    Optional<String> query(String name);

    /**
     * A whole number of the query.
     *
     * @throws org.holdfast.vault.Refusal of kind INVALID when it is none or out of the range
     */
    long query(String name, long otherwise, long least, long most);

    /**
     * What is asked of a list: {@code limit}, {@code after}, {@code sort} and every {@code filter}.
     *
     * @throws org.holdfast.vault.Refusal of kind INVALID when the limit is none
     */
    ListRequest list();

    /** The body of a route that takes a record. */
    <T> T body(Class<T> type);

    /** The body of a route that takes bytes; bounded by the route, and in time. */
    InputStream stream();

    /** Length of the body in bytes as announced, -1 when it was not. */
    long length();

    /** A header. */
    Optional<String> header(String name);

    /**
     * The version the caller wants to change, from {@code If-Match}. Only in routes that are {@link Route#editable()}:
     * there the router has refused calls without.
     */
    long version();

    /**
     * Waits until a condition gives something, as {@link org.holdfast.vault.events.Signals#await}. Returns early
     * when the node goes down.
     */
    <T> @Nullable T await(String signal, Duration patience, Supplier<@Nullable T> condition);

    /** Whether the caller also has another permission than the one that the route asks for. */
    boolean allows(String permission);

    /** Says more about the change for the audit, in a few words and without secrets. */
    void audit(String detail);
}
