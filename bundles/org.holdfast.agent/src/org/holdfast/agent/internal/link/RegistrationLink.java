package org.holdfast.agent.internal.link;

import org.holdfast.protocol.agent.Retirement;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.RegistrationAnswer;

/** What a server that has a certificate, but is not registered yet, says to its vault. */
public interface RegistrationLink extends AutoCloseable {
    /** The server's objects. */
    Stores stores();

    /** Says that the passphrase is stored and was read back; repeatable. */
    RegistrationAnswer complete(CompleteRegistration registration);

    /** Gives up: the vault forgets the server, unless it was registered before. */
    void abandon();

    /** Gives the server up: it keeps its points and may not connect any more. */
    void retire(Retirement retirement);

    @Override
    void close();
}
