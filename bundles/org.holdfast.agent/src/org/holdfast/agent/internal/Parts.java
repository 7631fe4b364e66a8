package org.holdfast.agent.internal;

import java.time.Clock;
import java.time.ZoneId;

import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.agent.internal.link.Connector;
import org.holdfast.api.spi.source.SourceProvider;

/**
 * What an agent is made of besides its own state.
 *
 * @param keys safe places for passphrases
 * @param connector makes connections to the vault
 * @param files source and target of files
 * @param facts what the system says about itself
 * @param clock of the system
 * @param zone of the server
 */
public record Parts(KeyHolders keys, Connector connector, SourceProvider files, SystemFacts facts, Clock clock,
        ZoneId zone) {
}
