package org.holdfast.console.client.fleet;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.client.Answer;
import org.holdfast.client.Call;
import org.holdfast.client.RemoteException;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.common.Page;

/** Makes calls on background threads with the client that a session has at the moment. */
final class Caller {
    private static final String API = "/api/v1";

    private final Supplier<VaultClient> client;
    private final Executor background;
    private final Consumer<RemoteException> signedOut;

    /**
     * @param client gives the client, or throws when there is none
     * @param signedOut told when the vault does not know the sign-in any more
     */
    Caller(Supplier<VaultClient> client, Executor background, Consumer<RemoteException> signedOut) {
        this.client = client;
        this.background = background;
        this.signedOut = signedOut;
    }

    /** A path below the API, encoded. */
    static String path(String... segments) {
        var path = new StringBuilder(API);
        for (String segment : segments) {
            path.append('/').append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return path.toString();
    }

    /** Does something with the client on a background thread. */
    <T> CompletableFuture<T> ask(Function<VaultClient, T> question) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return question.apply(client.get());
                } catch (RemoteException e) {
                    if (e.status() == 401) {
                        signedOut.accept(e);
                    }
                    throw e;
                }
            }, background);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e); // the console is going down
        }
    }

    <T> CompletableFuture<T> get(Class<T> type, String... segments) {
        return ask(c -> c.get(path(segments), type));
    }

    <T> CompletableFuture<Versioned<T>> read(Class<T> type, String... segments) {
        return ask(c -> versioned(c.send(Call.get(path(segments)), type)));
    }

    <T> CompletableFuture<Page<T>> page(ListQuery query, Class<T> type, String... segments) {
        return ask(c -> c.list(query.call(path(segments)), type));
    }

    <T> CompletableFuture<List<T>> all(ListQuery query, Class<T> type, String... segments) {
        return ask(c -> {
            List<T> items = new ArrayList<>();
            parts(c, query, type, page -> {
                items.addAll(page.items());
                return true;
            }, segments);
            return List.copyOf(items);
        });
    }

    /** Reads part after part; blocks. */
    static <T> void parts(VaultClient client, ListQuery query, Class<T> type, Function<Page<T>, Boolean> taker,
            String... segments) {
        ListQuery next = query;
        while (next != null) {
            Page<T> page = client.list(next.call(path(segments)), type);
            String cursor = page.next();
            next = taker.apply(page) && cursor != null ? query.after(cursor) : null;
        }
    }

    <T> CompletableFuture<T> post(Object body, Class<T> type, String... segments) {
        return ask(c -> c.send(Call.post(path(segments), body), type).body());
    }

    /** A POST without a body. */
    <T> CompletableFuture<T> press(Class<T> type, String... segments) {
        return ask(c -> c.send(Call.post(path(segments), new org.holdfast.client.Body.Nothing()), type).body());
    }

    <T> CompletableFuture<Versioned<T>> put(Object body, @Nullable String etag, Class<T> type, String... segments) {
        return ask(c -> {
            Call call = Call.put(path(segments), body);
            return versioned(c.send(etag == null ? call : call.ifMatch(etag), type));
        });
    }

    <T> CompletableFuture<Versioned<T>> patch(Object body, String etag, Class<T> type, String... segments) {
        return ask(c -> versioned(c.send(Call.patch(path(segments), body).ifMatch(etag), type)));
    }

    CompletableFuture<@Nullable Void> delete(@Nullable String etag, String... segments) {
        return ask(c -> {
            c.delete(path(segments), etag);
            return null;
        });
    }

    static <T> Versioned<T> versioned(Answer<T> answer) {
        String etag = answer.etag();
        return new Versioned<>(answer.body(), etag == null ? "" : etag);
    }
}
