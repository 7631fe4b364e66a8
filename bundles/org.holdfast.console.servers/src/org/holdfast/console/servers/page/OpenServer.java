package org.holdfast.console.servers.page;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.ui.pages.Open;

/** The server that an editor shows. Implemented by the editor; to be used on the user interface thread. */
public interface OpenServer extends Open<ServerSummary> {
}
