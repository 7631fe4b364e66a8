package org.holdfast.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.internal.Events;
import org.holdfast.client.internal.Transport;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.people.RequestPin;
import org.holdfast.protocol.people.SecurityPin;

import com.fasterxml.jackson.databind.JavaType;

/**
 * A caller of one vault server. Thread-safe; calls block their thread, which may be virtual, and an interrupt ends
 * them. Everything that goes wrong is a {@link HoldfastException}: {@link RemoteException} when the vault said no,
 * {@link Problem#STORE_UNAVAILABLE} when it could not be reached in the number of tries that the settings allow, {@link
 * Problem#ACCESS_DENIED} when it is not the expected vault, {@link Problem#CANCELLED} after an interrupt or {@link
 * #close}.
 */
public final class VaultClient implements AutoCloseable {
    /** Largest JSON answer in bytes. */
    private static final int MAX_JSON = 32 << 20;
    private static final String PIN_NEEDED = "pin-needed";

    private final ClientSettings settings;
    private final Transport transport;
    private final PinSource pins;

    /**
     * Makes no connection yet.
     *
     * @throws HoldfastException when certificates or keys cannot be used
     */
    public VaultClient(ClientSettings settings) {
        this(settings, PinSource.NONE);
    }

    /**
     * Makes no connection yet.
     *
     * @param pins asked when the vault wants a security PIN
     * @throws HoldfastException when certificates or keys cannot be used
     */
    public VaultClient(ClientSettings settings, PinSource pins) {
        this.settings = settings;
        this.pins = pins;
        transport = new Transport(settings);
    }

    /** What it was made with. */
    public ClientSettings settings() {
        return settings;
    }

    /** Reads a value. */
    public <T> T get(String path, Class<T> type) {
        return send(Call.get(path), type).body();
    }

    /** Reads part of a list. */
    public <T> Page<T> list(String path, Class<T> item) {
        return list(Call.get(path), item);
    }

    /** Reads part of a list. */
    public <T> Page<T> list(Call call, Class<T> item) {
        JavaType type = Json.mapper().getTypeFactory().constructParametricType(Page.class, item);
        Answer<Page<T>> answer = sendFor(call, type);
        return answer.body();
    }

    /** Makes or does something; {@code Void.class} when the answer has no body or it does not matter (null then). */
    public <T> @Nullable T post(String path, Object body, Class<T> type) {
        return send(Call.post(path, body), type).value();
    }

    /** Sets something. */
    public <T> @Nullable T put(String path, Object body, String etag, Class<T> type) {
        return send(Call.put(path, body).ifMatch(etag), type).value();
    }

    /** Changes part of something. */
    public <T> @Nullable T patch(String path, Object body, String etag, Class<T> type) {
        return send(Call.patch(path, body).ifMatch(etag), type).value();
    }

    /** Removes something. */
    public void delete(String path, @Nullable String etag) {
        Call call = Call.delete(path);
        send(etag == null ? call : call.ifMatch(etag), Void.class);
    }

    /** Sends any call whose answer is JSON, or {@code byte[].class}, or {@code Void.class} for none. */
    public <T> Answer<T> send(Call call, Class<T> type) {
        return sendFor(call, Json.mapper().constructType(type));
    }

    /** A one-time security PIN for the password of who is signed in. */
    public String securityPin(char[] password) {
        return send(Call.post("/api/v1/security/pin", new RequestPin(new String(password))).once(), SecurityPin.class)
                .body().pin();
    }

    private <T> Answer<T> sendFor(Call call, JavaType type) {
        try {
            return sendOnce(call, type);
        } catch (RemoteException e) {
            String pin = e.code().equals(PIN_NEEDED) ? pins.pin(this, String.valueOf(e.getMessage())) : null;
            if (pin == null) {
                throw e;
            }
            Call proven = call.header(SecurityPin.HEADER, pin);
            // The vault may know the key from the refused call.
            return sendOnce(call.method().equals("POST") ? proven.idempotencyKey(UUID.randomUUID().toString())
                    : proven, type);
        }
    }

    private <T> Answer<T> sendOnce(Call call, JavaType type) {
        return transport.send(call, answer -> new Answer<T>(answer.status(),
                answer.headers().firstValue("ETag").orElse(null),
                answer.headers().firstValue("Location").orElse(null), value(answer, type)));
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable T value(Download answer, JavaType type) throws IOException {
        InputStream in = answer.stream();
        if (type.hasRawClass(Void.class) || answer.status() == 204 || answer.status() == 304) {
            in.skip(MAX_JSON);
            return null;
        }
        byte[] bytes = in.readNBytes(MAX_JSON + 1);
        if (bytes.length > MAX_JSON) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The answer of the vault is too large.", "");
        }
        if (type.hasRawClass(byte[].class)) {
            return (T) bytes;
        }
        if (bytes.length == 0) {
            return null;
        }
        try {
            return Json.mapper().readValue(bytes, type);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The answer of the vault cannot be understood.",
                    "Check that the address is that of a vault, and the versions of both programs.", e);
        }
    }

    /**
     * Sends a call and reads its answer as a stream. An {@link IOException} of the reader counts as a broken
     * connection: a repeatable call is sent again and the reader starts anew.
     */
    public <R> R exchange(Call call, ResponseReader<R> reader) {
        return transport.send(call, reader);
    }

    /**
     * Receives events until the subscription is closed, reconnecting by itself.
     *
     * @param call a GET
     * @param lastId id of the last event known, empty for only new ones
     * @param sink called by one thread, in order
     * @param onEnd called when the vault refuses for good; nothing comes after that
     */
    public EventSubscription subscribe(Call call, String lastId, Consumer<ServerEvent> sink,
            Consumer<HoldfastException> onEnd) {
        return subscribe(call, lastId, new EventListener() {
            @Override
            public void event(ServerEvent event) {
                sink.accept(event);
            }

            @Override
            public void ended(HoldfastException why) {
                onEnd.accept(why);
            }
        });
    }

    /**
     * Receives events until the subscription is closed, reconnecting by itself.
     *
     * @param call a GET
     * @param lastId id of the last event known, empty for only new ones
     * @param listener told of events, and of how the stream itself fares
     */
    public EventSubscription subscribe(Call call, String lastId, EventListener listener) {
        return new Events(transport, call, lastId, listener);
    }

    /** Ends calls that are running; closing twice does nothing. */
    @Override
    public void close() {
        transport.close();
    }
}
