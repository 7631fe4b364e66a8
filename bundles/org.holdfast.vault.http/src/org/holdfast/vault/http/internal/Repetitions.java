package org.holdfast.vault.http.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.http.IdempotencyStore;
import org.holdfast.vault.http.Method;

/**
 * Requests with an {@code Idempotency-Key} (after the IETF draft draft-ietf-httpapi-idempotency-key-header): the first
 * one is done, repetitions get its answer. Answers may hold secrets that are told only once, so they are kept encrypted
 * with a key that follows from the caller's own idempotency key, of which only a hash is kept.
 */
final class Repetitions {
    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{16,128}");
    private static final int NONCE = 12;
    private static final Attempt NONE = new Attempt(null, "", null, null);

    private final IdempotencyStore store;

    Repetitions(IdempotencyStore store) {
        this.store = store;
    }

    /**
     * Looks whether this is a repetition.
     *
     * @throws Refusal when the key is malformed, was used for something else, or its first request is still running
     */
    Attempt begin(HttpCall call, List<String> path, byte[] body) {
        String key = call.header(HEADER).orElse(null);
        if (key == null || call.route().method() != Method.POST || !(call.caller() instanceof Caller.Person)) {
            return NONE;
        }
        if (!KEY.matcher(key).matches()) {
            throw Refusal.invalid(HEADER, "An idempotency key has 16 to 128 visible characters.");
        }
        String owner = call.caller().name() + "\n" + key;
        String id = HexFormat.of().formatHex(sha256("id", owner.getBytes(StandardCharsets.UTF_8)));
        byte[] secret = sha256("answer", owner.getBytes(StandardCharsets.UTF_8));
        String asked = HexFormat.of().formatHex(sha256(String.join("/", path), body));
        IdempotencyStore.Known known = store.begin(id, asked);
        if (known == null) {
            return new Attempt(store, id, secret, null);
        }
        if (!known.fingerprint().equals(asked)) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "idempotency-key-reused",
                    "This idempotency key was used for another request.", "Take a new key for each request.");
        }
        if (known.answer() == null) {
            throw new Refusal(Refusal.Kind.CONFLICT, "still-running",
                    "The first request with this idempotency key is still running.", "Ask again in a moment.");
        }
        return new Attempt(null, id, null, decode(decrypt(secret, known.answer())));
    }

    private static byte[] sha256(String purpose, byte[] data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(purpose.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encrypt(byte[] secret, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, secret, nonce, plain, 0);
        byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE, sealed.length);
        return all;
    }

    private static byte[] decrypt(byte[] secret, byte[] sealed) {
        return crypt(Cipher.DECRYPT_MODE, secret, Arrays.copyOf(sealed, NONCE), sealed, NONCE);
    }

    private static byte[] crypt(int mode, byte[] secret, byte[] nonce, byte[] bytes, int offset) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(128, nonce));
            return cipher.doFinal(bytes, offset, bytes.length - offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept answer cannot be opened", e);
        }
    }

    private static byte[] encode(Answers.Ready ready) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(ready.status());
            out.writeUTF(ready.type());
            out.writeInt(ready.headers().size());
            for (HttpField field : ready.headers()) {
                out.writeUTF(field.getName());
                out.writeUTF(field.getValue());
            }
            out.write(ready.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Answers.Ready decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int status = in.readInt();
            String type = in.readUTF();
            HttpFields.Mutable headers = HttpFields.build();
            for (int left = in.readInt(); left > 0; left--) {
                headers.put(in.readUTF(), in.readUTF());
            }
            headers.put("Holdfast-Repeated", "true");
            return new Answers.Ready(status, type, in.readAllBytes(), headers.asImmutable());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request that may be the first with its key, or a repetition. To be closed when it has been answered. */
    static final class Attempt implements AutoCloseable {
        private final @Nullable IdempotencyStore store;
        private final String id;
        private final byte @Nullable [] secret;
        private final Answers.@Nullable Ready known;
        private boolean finished;

        Attempt(@Nullable IdempotencyStore store, String id, byte @Nullable [] secret,
                Answers.@Nullable Ready known) {
            this.store = store;
            this.id = id;
            this.secret = secret;
            this.known = known;
        }

        /** The answer to the first request, null when this is the first. */
        Answers.@Nullable Ready known() {
            return known;
        }

        /** Keeps the answer. */
        void finish(Answers.Ready ready) {
            if (store != null && secret != null) {
                store.finish(id, encrypt(secret, encode(ready)));
                finished = true;
            }
        }

        /** Gives the key free when there was no answer to keep. */
        @Override
        public void close() {
            if (store != null && !finished) {
                store.release(id);
            }
        }
    }
}
