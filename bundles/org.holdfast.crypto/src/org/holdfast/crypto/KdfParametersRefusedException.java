package org.holdfast.crypto;

/**
 * Parameters of the passphrase function are weaker than the format allows, larger than it allows, or need more memory
 * than this process may use. Weak ones are never accepted, whoever wrote them: they would turn a stolen slot into a
 * cheap guessing game.
 */
public final class KdfParametersRefusedException extends CryptoException {

    private static final long serialVersionUID = 1L;

    KdfParametersRefusedException(String message) {
        super(message);
    }
}
