package org.holdfast.protocol.agent;

/**
 * A question that the vault cannot read.
 *
 * @param sealed a {@link Signed} whose body is an {@link AskRequest}, as JSON, sealed for the agent's intake key (class
 *        {@code SealedBox} of the crypto bundle, context {@value #CONTEXT})
 */
public record AskOrder(byte[] sealed) {
    /** What the sealing of questions is bound to. */
    public static final String CONTEXT = "holdfast ask 1";
    /** What the sealing of answers is bound to. */
    public static final String ANSWER_CONTEXT = "holdfast answer 1";
    /** Longest sealed question in bytes. */
    public static final int MAX_BYTES = 64 * 1024;
    /** Longest sealed answer in bytes. */
    public static final int MAX_ANSWER_BYTES = 4 << 20;
}
