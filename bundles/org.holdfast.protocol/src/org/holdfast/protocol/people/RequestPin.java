package org.holdfast.protocol.people;

/**
 * Asks for a security PIN.
 *
 * @param password of the one who is signed in
 */
public record RequestPin(String password) {
    /** Without the password, so that no log has it. */
    @Override
    public String toString() {
        return "RequestPin[]";
    }
}
