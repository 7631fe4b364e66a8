package org.holdfast.agent.internal.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

import org.holdfast.agent.internal.Parts;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.SafeFile;
import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.source.SourceProvider;

/**
 * Puts agents together that talk to vaults over HTTPS.
 *
 * @param keys safe places for passphrases
 * @param files source and target of files
 * @param clock of the system
 */
public record Composition(List<KeyHolder> keys, SourceProvider files, Clock clock) implements Environment.Maker {
    /** Copies. */
    public Composition {
        keys = List.copyOf(keys);
    }

    @Override
    public Parts parts(AgentHome home) {
        try {
            Path cache = home.cache();
            SafeFile.createDirectory(cache);
            return new Parts(new KeyHolders(keys),
                    new HttpConnector(HttpConnector.proxy(home.settings()), cache.resolve("objects")), files,
                    new SystemFacts(), clock, ZoneId.systemDefault());
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's folder cannot be used", e);
        }
    }
}
