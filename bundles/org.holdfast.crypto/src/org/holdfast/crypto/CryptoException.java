package org.holdfast.crypto;

/**
 * Root of everything this package reports about keys and ciphertexts. Messages say what is wrong in words fit for an
 * administrator and never contain key material, passphrases or plaintext.
 */
public abstract sealed class CryptoException extends RuntimeException
        permits AuthenticationFailedException, KdfParametersRefusedException, KeySlotDamagedException,
        KeySlotUnsupportedException, PassphraseRefusedException, RecoveryKeyFormatException, WrongDomainException,
        WrongPassphraseException {

    private static final long serialVersionUID = 1L;

    CryptoException(String message) {
        super(message);
    }

    CryptoException(String message, Throwable cause) {
        super(message, cause);
    }
}
