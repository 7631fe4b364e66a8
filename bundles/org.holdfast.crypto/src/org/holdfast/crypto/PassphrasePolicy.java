package org.holdfast.crypto;

/**
 * What a new passphrase must be: 16 or more characters, and no more than 1024 bytes of UTF-8. Unlocking asks for
 * nothing, so that a stricter policy never locks anybody out.
 */
public final class PassphrasePolicy {

    /** Least number of characters (code points in normalisation form C). */
    public static final int MIN_CHARACTERS = 16;
    /** Greatest length in UTF-8, in bytes. */
    public static final int MAX_BYTES = 1024;

    /** What the policy says. */
    public enum Verdict {
        /** Good. */
        ACCEPTED,
        /** Fewer than {@value PassphrasePolicy#MIN_CHARACTERS} characters. */
        TOO_SHORT,
        /** More than {@value PassphrasePolicy#MAX_BYTES} bytes. */
        TOO_LONG
    }

    /**
     * The verdict and a sentence for people.
     *
     * @param verdict what the policy says
     * @param message one sentence, never with a part of the passphrase
     */
    public record Result(Verdict verdict, String message) {

        /** Whether the passphrase may be used. */
        public boolean accepted() {
            return verdict == Verdict.ACCEPTED;
        }
    }

    private PassphrasePolicy() {
    }

    /** Judges a new passphrase. */
    public static Result check(Passphrase passphrase) {
        if (passphrase.characters() < MIN_CHARACTERS) {
            return new Result(Verdict.TOO_SHORT, "the passphrase has " + passphrase.characters()
                    + " characters, at least " + MIN_CHARACTERS + " are required");
        }
        if (passphrase.utf8().length() > MAX_BYTES) {
            return new Result(Verdict.TOO_LONG, "the passphrase takes " + passphrase.utf8().length()
                    + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        return new Result(Verdict.ACCEPTED, "the passphrase is long enough");
    }
}
