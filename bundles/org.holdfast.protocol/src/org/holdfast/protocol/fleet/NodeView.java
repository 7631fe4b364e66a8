package org.holdfast.protocol.fleet;

import java.time.Instant;
import java.util.List;

/**
 * A vault node.
 *
 * @param id of its run
 * @param name host and port; the same at each start
 * @param addresses where agents and people reach it
 * @param version of its program
 * @param schema the newest script of the catalogue that it knows
 * @param started when
 * @param lastContact when it last said that it is alive
 * @param alive whether that was lately
 * @param answering whether it is the one that answers this call
 * @param servers whose agents poll it
 * @param turns what it does for all nodes, or did last
 */
public record NodeView(String id, String name, List<String> addresses, String version, String schema, Instant started,
        Instant lastContact, boolean alive, boolean answering, long servers, List<String> turns) {
    /** Copies. */
    public NodeView {
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        turns = turns == null ? List.of() : List.copyOf(turns);
    }
}
