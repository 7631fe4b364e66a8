package org.holdfast.vault.http;

import java.util.List;

/**
 * A group of routes. Provided as service components, of which the server takes all there are; or given as a list to a
 * node that is composed by hand. Routes are asked for once, when the server starts.
 */
public interface Endpoints {
    /** The routes of this group. */
    List<Route> routes();
}
