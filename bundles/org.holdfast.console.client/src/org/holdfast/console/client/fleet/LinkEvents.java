package org.holdfast.console.client.fleet;

import java.time.Duration;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.client.EventListener;
import org.holdfast.client.ServerEvent;
import org.holdfast.client.VaultClient;

/**
 * What the stream of events of one attempt to connect tells: about itself to the link, the events to whoever the link
 * is for.
 *
 * @param link told how the stream is
 * @param attempt by which the link knows whether it still matters
 * @param client that the stream belongs to
 * @param user told the events
 */
record LinkEvents(Link link, int attempt, VaultClient client, Link.User user) implements EventListener {
    @Override
    public void event(ServerEvent event) {
        user.event(client, event);
    }

    @Override
    public void opened() {
        link.opened(attempt, client);
    }

    @Override
    public void lost(@Nullable HoldfastException why, Duration pause) {
        link.lost(attempt, why, pause);
    }

    @Override
    public void ended(HoldfastException why) {
        link.failed(attempt, why);
    }
}
