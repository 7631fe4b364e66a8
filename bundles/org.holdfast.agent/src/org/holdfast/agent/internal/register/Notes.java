package org.holdfast.agent.internal.register;

import java.util.Map;

import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.api.spi.keys.KeyNote;

/** What stands beside a passphrase. */
final class Notes {
    private Notes() {
    }

    static KeyNote of(Registration registration, String domain, SystemFacts facts) {
        return new KeyNote(registration.vault(), facts.hostname(), registration.serverId(),
                Map.of(KeyNote.SERVER, registration.serverId(), KeyNote.DOMAIN, domain, KeyNote.MADE_BY,
                        "holdfast-agent " + SystemFacts.VERSION),
                false);
    }
}
