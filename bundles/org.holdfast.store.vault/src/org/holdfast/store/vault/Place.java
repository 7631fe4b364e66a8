package org.holdfast.store.vault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Whose objects, and seen by whom. */
public sealed interface Place {
    /** The objects of the server whose certificate the client shows; the only ones that can be written. */
    record Own() implements Place {
    }

    /**
     * The objects of another server, read by a server that has a grant.
     *
     * @param server id
     */
    record Other(String server) implements Place {
    }

    /**
     * The objects of a server, read by a person.
     *
     * @param vault name of the vault
     * @param server id
     */
    record OfServer(String vault, String server) implements Place {
    }

    /** Path of the list of objects. */
    default String list() {
        return switch (this) {
            case Own own -> "/agent/v1/objects";
            case Other other -> "/agent/v1/objects?server=" + encoded(other.server());
            case OfServer of -> "/api/v1/vaults/" + encoded(of.vault()) + "/servers/" + encoded(of.server())
                    + "/objects";
        };
    }

    /** Path of an object. */
    default String object(String name) {
        String list = list();
        int query = list.indexOf('?');
        return query < 0 ? list + "/" + name : list.substring(0, query) + "/" + name + list.substring(query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
