package org.holdfast.client;

import java.io.IOException;

/**
 * Reads an answer. Called anew from the start when the connection broke and the call is repeated.
 *
 * @param <R> what is made of it
 */
@FunctionalInterface
public interface ResponseReader<R> {
    /** Reads it; a failure of the stream is passed on. */
    R read(Download answer) throws IOException;
}
