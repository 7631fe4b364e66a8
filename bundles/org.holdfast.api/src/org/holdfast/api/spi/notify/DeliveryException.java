package org.holdfast.api.spi.notify;

import java.time.Duration;

import org.eclipse.jdt.annotation.Nullable;

/** A target has not taken a message. The message of this exception is for people and holds no secret. */
public final class DeliveryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean worthTrying;
    private final @Nullable Duration pause;

    private DeliveryException(String message, boolean worthTrying, @Nullable Duration pause,
            @Nullable Throwable cause) {
        super(message, cause);
        this.worthTrying = worthTrying;
        this.pause = pause;
    }

    /** It could not be reached, or cannot take it now. */
    public static DeliveryException notNow(String message, @Nullable Throwable cause) {
        return new DeliveryException(message, true, null, cause);
    }

    /** It asks to be left alone for a while. */
    public static DeliveryException notBefore(Duration pause, String message) {
        return new DeliveryException(message, true, pause, null);
    }

    /** It refuses this message, and would refuse it again. */
    public static DeliveryException refused(String message, @Nullable Throwable cause) {
        return new DeliveryException(message, false, null, cause);
    }

    /** Whether the same message may be taken later. */
    public boolean isWorthTrying() {
        return worthTrying;
    }

    /** How long the target asks to wait, or null. */
    public @Nullable Duration pause() {
        return pause;
    }
}
