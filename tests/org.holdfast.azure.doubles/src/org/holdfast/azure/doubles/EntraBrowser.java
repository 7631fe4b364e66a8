package org.holdfast.azure.doubles;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does with the pages of {@link EntraDouble} what a browser does, without a person. */
public final class EntraBrowser implements AutoCloseable {
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]*)\"");
    private static final Pattern INPUT = Pattern.compile("name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private final HttpClient client;
    private final List<URI> opened = new CopyOnWriteArrayList<>();

    /** One that trusts the double. */
    public EntraBrowser(EntraDouble entra) {
        client = HttpClient.newBuilder().sslContext(entra.tls().context())
                .followRedirects(HttpClient.Redirect.ALWAYS).build();
    }

    /** What was opened so far. */
    public List<URI> opened() {
        return List.copyOf(opened);
    }

    /** Opens a page, in the background as browsers do; the result is the text of the last page. */
    public CompletableFuture<String> open(URI page) {
        opened.add(page);
        return CompletableFuture.supplyAsync(() -> {
            try {
                HttpResponse<String> answer = client.send(HttpRequest.newBuilder(page).build(),
                        BodyHandlers.ofString());
                Matcher action = ACTION.matcher(answer.body());
                if (!action.find()) {
                    return answer.body();
                }
                StringBuilder form = new StringBuilder();
                Matcher input = INPUT.matcher(answer.body());
                while (input.find()) {
                    form.append(form.isEmpty() ? "" : "&").append(input.group(1)).append('=').append(URLEncoder
                            .encode(input.group(2).replace("&quot;", "\""), StandardCharsets.UTF_8));
                }
                return client.send(HttpRequest.newBuilder(URI.create(action.group(1)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString())).build(), BodyHandlers.ofString())
                        .body();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
